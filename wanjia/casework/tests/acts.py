"""How the acts of casework are done rightly, and how each of their refusals is met: what the house's generated tests try.

Rows of the other rooms still stand in tests/house/acts.py.
"""

from django.core.files.uploadedfile import SimpleUploadedFile

from wanjia.kernel.tests.tried import Felt, Tried
from wanjia.orgs.roles import Role

from ..handling import commands as handling
from ..urging import commands as urging
from . import clock_acts
from .factories import later
from .walk import DONE, need


def asked(world, what):
    """Somebody has entered already that the household takes its need back."""
    handling.ask_withdrawal(need_id=what["need_id"], words="家里不办了", by=type(world.visitor).objects.get(pk=world.visitor.pk), at=later(1))


def of_a_child(world, what):
    """The child of the home itself is the one who asked."""
    type(world.need()).objects.filter(pk=what["need_id"]).update(requester=world.register.child)


SEE_CONTENT = " ".join(role for role in Role.values if role not in ("administrator", "auditor"))
ACTS = {
    **clock_acts.ACTS,
    # assignment
    "casework.recall_need": Tried("clerk", lambda w: need(w, "assigned") | {"reason": "点错了单位"}, {"reason": "该由教体局办"}, at=later(hours=4),
                                  may="township_worker township_leader", spoil={
        "您的岗位没有收回交办的权限。": Felt(by="visitor"),
        "签收以前才能收回交办": Felt(state="accepted", at=later(2)),
        "这件诉求不是您的单位交办的,请由交办单位收回。": Felt(by="ledger"),
    }),
    # urging
    "casework.urge_need": Tried("clerk", lambda w: need(w, "assigned"), at=later(60), may="township_worker township_leader ledger_office inspector leader", spoil={
        "您的岗位没有催办的权限。": Felt(by="visitor"),
        "这件诉求不在您的辖区。": Felt(by="stranger"),
        "报办结以前才催办": Felt(state="done_reported"),
        "这件诉求就在您的单位手里,请直接办理。": Felt(state="returned"),
        "还没有到期,先不催办。": Felt(at=later(hours=4)),
        "今天已经催过了,请明天再催。": Felt(before=lambda w, what: urging.urge_need(**what, by=type(w.clerk).objects.get(pk=w.clerk.pk), at=later(60))),
    }),
    # ledger
    "casework.keep_ledger_view": Tried("clerk", lambda w: {"columns": ["number", "due"]}, {"columns": ["state"]}, may=SEE_CONTENT),
    # intake
    "casework.correct_need": Tried("visitor", lambda w: need(w, "registered") | {"summary": "父亲残疾,想办残疾证", "category": "disability"}, {"summary": "父亲残疾"}, spoil={
        "您的岗位没有登记诉求的权限。": Felt(by="nobody"),
        "这件诉求不在您的辖区。": Felt(by="stranger"),
        "登记的内容由登记的人更正。发现写错了,请告诉登记的人。": Felt(by="clerk"),
        "受理判定以前才能更正登记的内容": Felt(state="admitted"),
        "请用一句话写清楚困难是什么。": Felt(what={"summary": "  "}),
        "和登记的一样,没有要更正的。": Felt(what={"summary": "父亲残疾,想申请低保", "category": "aid"}),
    }),
    # callback
    "casework.show_phone": Tried("caller", lambda w: need(w, "done_reported", requester_phone="13800001111"), {}, at=later(5), may="callback_officer", spoil={
        "诉求人是未成年人,不显示孩子的电话。请联系监护人,或者上门当面问。": Felt(before=of_a_child),
    }),
    # handling
    "casework.add_note": Tried("handler", lambda w: need(w, "accepted") | {"words": "已联系村里核实"}, at=later(2), spoil={
        "您的岗位没有办理权限。": Felt(by="caller"),
        "签收以后、报办结以前才能写办理记录": Felt(state="closed", at=later(9)),
    }),
    "casework.add_evidence": Tried("handler", lambda w: need(w, "accepted") | {"words": "发放签字表在民政办"}, at=later(2), spoil={
        "这件诉求不在您的单位手里,也没有请您的单位协办。": Felt(by="teacher"),
    }),
    "casework.report_done": Tried("handler", lambda w: need(w, "in_progress") | DONE, {"outcome_text": "另一种结果"}, at=later(4), spoil={
        "您的岗位没有办理权限。": Felt(by="caller"),
        "只有主办单位才能报办结。": Felt(by="teacher"),
        "签收以后才能报办结": Felt(state="assigned"),
        "延期批准以后还没有告知诉求人,请先登记告知的日期和方式。": Felt(state="accepted", before=clock_acts.granted),
        "请添加佐证,或写明为什么没有佐证。": Felt(what={"no_evidence_reason": ""}),
        "这个文件不完整,读不出来,没有收下。请换一个文件;是照片的,请重新拍一张。": Felt(what={"file": SimpleUploadedFile("半张.jpg", b"\xff\xd8\xff\xe0")}),
    }),
    "casework.ask_withdrawal": Tried("visitor", lambda w: need(w, "admitted") | {"words": "家里自己解决了"}, at=later(1), spoil={
        "您的岗位没有登记撤回的权限。": Felt(by="inspector"),
        "这件诉求不在您的辖区。": Felt(by="stranger"),
        "责任人不能替群众撤回自己经办的诉求,请由登记人办理。": Felt(by="handler", state="in_progress", at=later(3)),
        "报办结以后不能再撤回": Felt(state="done_reported", at=later(5)),
        "已经登记过撤回申请,正等着别的单位向诉求人核实。": Felt(before=asked),
    }),
}  # fmt: skip
