"""How the acts of casework are done rightly, and how each of their refusals is met: what the house's generated tests try.

Rows of the other rooms still stand in tests/house/acts.py.
"""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile

from wanjia.kernel.tests.tried import Felt, Tried
from wanjia.orgs.roles import Role

from ..assignment import commands as assignment
from ..handling import commands as handling
from ..models import Need
from ..sessions import commands as sessions
from ..urging import commands as urging
from . import clock_acts, handing_acts, honesty_acts, ladder_acts, matter_acts, protection_acts, together_acts
from .factories import MONDAY, area, later, unit, worker
from .walk import DONE, need


def within(part):
    """A Word file that holds this part."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("word/media/image1.bin", part)
    return SimpleUploadedFile("现场.docx", out.getvalue())


def asked(world, what):
    """Somebody has entered already that the household takes its need back."""
    handling.ask_withdrawal(need_id=what["need_id"], words="家里不办了", by=type(world.visitor).objects.get(pk=world.visitor.pk), at=later(1))


def of_a_child(world, what):
    """The child of the home itself is the one who asked."""
    type(world.need()).objects.filter(pk=what["need_id"]).update(requester=world.register.child)


CONTEST = {"reason": "按职责应由教育体育局办理", "rule": "县级部门权责清单"}


def contested(world, what, at=None):
    """Its holder has asked a session whose it is."""
    assignment.contest_need(need_id=what["need_id"], **CONTEST, by=anew(world, "handler"), at=at or later(2))


def contested_before(world, what):
    """A session was asked already, and left it where it was."""
    contested(world, what)
    when = {"by": anew(world, "clerk"), "at": later(2, hours=1)}
    session = sessions.call_session(**CALLED | {"on": later(2).date()}, **when)
    sessions.decide_item(item_id=session.items.get().pk, **DECISION, holder=world.civil, **when)


CALLED = {"on": MONDAY.date(), "place": "三楼会议室", "chair": "高领导", "kinds": ["returned", "contested", "ungraded", "hard"]}


def came(world, person="陈民政", **others):
    """Return who came for which unit: the bureau sends this person; others: units of the world by name."""
    return {str(world.civil.pk): person} | {str(getattr(world, name).pk): who for name, who in others.items()}


def anew(world, name):
    """Return the actor of that name, read anew."""
    return type(world.clerk).objects.get(pk=getattr(world, name).pk)


def called(world, state="admitted", **facts):
    """Call a session of 细沙乡 on which one need waits; return it."""
    need(world, state, **facts)
    return sessions.call_session(**CALLED, units=[world.civil, world.education], by=anew(world, "clerk"), at=later(hours=6))


def item(world, state="admitted", **facts):
    """Return the keyword that names the one item of a called session."""
    return {"item_id": called(world, state, **facts).items.get().pk}


def decided(world):
    """Return a session whose one item is decided, and who came is noted."""
    session = called(world)
    who = {"by": anew(world, "clerk"), "at": later(hours=7)}
    sessions.decide_item(item_id=session.items.get().pk, **DECISION, holder=world.civil, **who)
    sessions.note_attendance(session_id=session.pk, came=came(world), **who)
    return {"session_id": session.pk}


def held(world):
    """Return a session that is over and waits to be signed off."""
    what = decided(world)
    sessions.hold_session(**what, by=anew(world, "clerk"), at=later(hours=8))
    return what


def far_clerk(world):
    """A clerk of a township of another county."""
    away = area("530621000000", "鲁甸县", "county")
    return worker("yuanfang-xiang", "远方人", unit("文屏镇人民政府", "township", area("530621100000", "文屏镇", "township", away)), Role.TOWNSHIP_WORKER)


def number(world, state):
    """Return the number of another need of that state."""
    return Need.objects.get(pk=need(world, state)["need_id"]).number


def gone_elsewhere(world, what):
    """The need was graded and handed over without the session meanwhile."""
    one = sessions.SessionItem.objects.get(**{"pk" if "item_id" in what else "session": what.get("item_id") or what["session_id"]})
    who = {"need_id": one.need_id, "by": anew(world, "clerk"), "at": later(hours=7)}
    sessions.triage_need(**who, urgency="ordinary", difficulty="medium")
    sessions.assign_need(**who, holder=world.education)


DECISION = {"urgency": "ordinary", "difficulty": "medium", "measure": "纳入低保,先给临时救助"}
SEE_NO_NEEDS = (
    "administrator", "auditor", "labour_officer", "labour_analyst", "station_away", "care_officer", "helper", "schools_officer", "gate_officer", "headmaster",
    "bus_attendant", "mediator", "branch_secretary", "branch_organiser",
)  # fmt: skip
SEE_CONTENT = " ".join(role for role in Role.values if role not in SEE_NO_NEEDS)
ACTS = {
    **clock_acts.ACTS,
    **handing_acts.ACTS,
    **together_acts.ACTS,
    **ladder_acts.ACTS,
    **matter_acts.ACTS,
    **honesty_acts.ACTS,
    **protection_acts.ACTS,
    # assignment
    "casework.recall_need": Tried("clerk", lambda w: need(w, "assigned") | {"reason": "点错了单位"}, {"reason": "该由教体局办"}, at=later(hours=4),
                                  may="township_worker township_leader", spoil={
        "您的岗位没有收回交办的权限。": Felt(by="visitor"),
        "签收以前才能收回交办": Felt(state="accepted", at=later(2)),
        "这件诉求不是您的单位交办的,请由交办单位收回。": Felt(by="ledger"),
    }),
    "casework.contest_need": Tried("handler", lambda w: need(w, "assigned") | CONTEST, {"reason": "应由住建局办理危房"}, at=later(2), may="bureau_head bureau_worker", spoil={
        "您的岗位没有退回权限。": Felt(by="caller"),
        "这件诉求不在您的单位手里。": Felt(by="teacher"),
        "签收前后、还没有开始办理的才能提请会商裁定": Felt(state="in_progress", at=later(4)),
        "主办单位是会商定的,不能再提请裁定。有不同意见,请召集会商的单位补记在纪要上。": Felt(before=contested_before),
        "已经提请会商裁定,等会商议定。议定以前仍由本单位主办,期限照算。": Felt(before=contested),
        "还在退回时限里(最迟 %(day)s),请直接退回。": Felt(at=later(hours=5)),
        "“%(what)s”至少写 %(n)s 个字。": Felt(what={"rule": "无"}),
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
        "这件诉求不在您的单位手里。": Felt(by="teacher"),
    }),
    "casework.report_done": Tried("handler", lambda w: need(w, "in_progress") | DONE, {"outcome_text": "另一种结果"}, at=later(4), spoil={
        "您的岗位没有办理权限。": Felt(by="caller"),
        "只有主办单位才能报办结。": Felt(by="teacher"),
        "签收以后才能报办结": Felt(state="assigned"),
        "延期批准以后还没有告知诉求人,请先登记告知的日期和方式。": Felt(state="accepted", before=clock_acts.granted),
        "还有协办事项没有完:%(units)s。请等办完,或写明理由取消,再报办结。": Felt(state="accepted", before=together_acts.asks),
        "请添加佐证,或写明为什么没有佐证。": Felt(what={"no_evidence_reason": ""}),
        "文件里有 TIFF、HEIC、WebP 图片或者嵌入的对象,可能带着拍摄地点,没有收下。请把图片存成 JPG 再放进去,或者直接上传照片。": Felt(what={"file": within(b"II*\0")}),
        "这个文件不完整,读不出来,没有收下。请换一个文件;是照片的,请重新拍一张。": Felt(what={"file": SimpleUploadedFile("半张.jpg", b"\xff\xd8\xff\xe0")}),
    }),
    "casework.ask_withdrawal": Tried("visitor", lambda w: need(w, "admitted") | {"words": "家里自己解决了"}, at=later(1), spoil={
        "您的岗位没有登记撤回的权限。": Felt(by="inspector"),
        "这件诉求不在您的辖区。": Felt(by="stranger"),
        "责任人不能替群众撤回自己经办的诉求,请由登记人办理。": Felt(by="handler", state="in_progress", at=later(3)),
        "报办结以后不能再撤回": Felt(state="done_reported", at=later(5)),
        "已经登记过撤回申请,正等着别的单位向诉求人核实。": Felt(before=asked),
    }),
    # sessions
    "casework.call_session": Tried("clerk", lambda w: need(w, "admitted") and dict(CALLED), {"place": "二楼会议室"}, at=later(hours=6),
                                   may="township_worker ledger_office", spoil={
        "您的岗位没有召集会商的权限。": Felt(by="visitor"),
        "现在没有等着会商的诉求。": Felt(by="stranger"),
    }),
    "casework.draw_agenda": Tried("clerk", lambda w: {"session_id": called(w).pk} | (need(w, "admitted") and {"kinds": ["ungraded"]}), {"kinds": ["ungraded", "hard"]},
                                  at=later(hours=7), may="township_worker ledger_office", spoil={
        "您的岗位没有召集会商的权限。": Felt(by="visitor"),
        "这次会商不在您的辖区。": Felt(by="stranger"),
        "这次会商现在是“%(state)s”,不能再改。": Felt(before=lambda w, what: sessions.call_off_session(session_id=what["session_id"], reason="改期", by=anew(w, "clerk"), at=later(hours=7))),
        "没有新等着会商的诉求。": Felt(what={"kinds": ["returned"]}),
    }),
    "casework.add_item": Tried("clerk", lambda w: {"session_id": called(w).pk, "number": number(w, "triaged")}, {"number": "530625"},
                               at=later(hours=7), may="township_worker ledger_office"),
    "casework.note_attendance": Tried("clerk", lambda w: {"session_id": called(w).pk, "came": came(w, education="")}, {"came": {"x": "陈科长"}},
                                      at=later(hours=7), may="township_worker ledger_office", spoil={
        "参会单位请从本县的单位里选。": Felt(what=lambda w: {"came": {str(far_clerk(w).org.pk): "远方人"}}),
        "“%(name)s”来的人写得太长,只写姓名。": Felt(what=lambda w: {"came": came(w, "长" * 41)}),
        "请至少写明一个单位来的人。": Felt(what=lambda w: {"came": came(w, "")}),
    }),
    "casework.decide_item": Tried("clerk", lambda w: item(w) | DECISION | {"holder": w.civil}, {"measure": "先调查核实再定"}, at=later(hours=7),
                                  may="township_worker ledger_office", spoil={
        "会商定在 %(day)s,到那天再议。": Felt(before=lambda w, what: sessions.Session.objects.update(on=later(2).date())),
        "这个议题已经是“%(state)s”。": Felt(before=lambda w, what: sessions.SessionItem.objects.update(state="lapsed")),
        "不用再议,请看下一件": Felt(before=gone_elsewhere),
        "不同意见请写明是哪个单位、怎么说的。": Felt(what={"dissent": "不归我们管"}),
    }),
    "casework.put_off_item": Tried("clerk", lambda w: item(w) | {"reason": "要等住建局鉴定结果", "until": later(1).date()}, {"reason": "等民政局核对收入"}, at=later(hours=7),
                                   may="township_worker ledger_office", spoil={
        "会商定在 %(day)s,到那天再议。": Felt(before=lambda w, what: sessions.Session.objects.update(on=later(2).date())),
    }),
    "casework.keep_dissent": Tried("clerk", lambda w: item(w) | {"organisation": w.education, "words": "应由民政局主办"}, {"words": "没有经费来源"}, at=later(hours=7),
                                   may="township_worker ledger_office", spoil={
        "您的岗位没有召集会商的权限。": Felt(by="visitor"),
        "这次会商不在您的辖区。": Felt(by="stranger"),
        "这个议题没有议,不记不同意见。": Felt(before=lambda w, what: sessions.SessionItem.objects.update(state="lapsed")),
        "这次会商现在是“%(state)s”,纪要签发以前才能补记不同意见。": Felt(before=lambda w, what: sessions.call_off_session(
            session_id=sessions.Session.objects.get().pk, reason="改期", by=anew(w, "clerk"), at=later(hours=7))),
    }),
    "casework.hold_session": Tried("clerk", decided, {"session_id": "0190e0e0-0000-7000-8000-00000000000c"}, at=later(hours=8),
                                   may="township_worker ledger_office", spoil={
        "还有 %(n)s 件没有议定,不能结束:每一件都要定下主办单位和期限,或写明理由改到下次。": Felt(before=lambda w, what: need(w, "admitted") and sessions.draw_agenda(
            session_id=what["session_id"], kinds=["ungraded"], by=anew(w, "clerk"), at=later(hours=8))),
        "请先登记各单位谁来参会。": Felt(before=lambda w, what: sessions.Seat.objects.update(noted_at=None)),
    }),
    "casework.call_off_session": Tried("clerk", lambda w: {"session_id": called(w).pk, "reason": "县里有紧急会议"}, {"reason": "人没有到齐"}, at=later(hours=7),
                                       may="township_worker ledger_office", spoil={
        "已经议定 %(n)s 件,不能取消。没有议的请写明理由改到下次,再结束会商。": Felt(before=lambda w, what: sessions.decide_item(
            item_id=sessions.SessionItem.objects.get().pk, **DECISION, holder=w.civil, by=anew(w, "clerk"), at=later(hours=7))),
    }),
    "casework.sign_session": Tried("township_leader", held, {"session_id": "0190e0e0-0000-7000-8000-00000000000c"}, at=later(hours=9),
                                   may="township_leader ledger_office leader", spoil={
        "您的岗位没有签发会商纪要的权限。": Felt(by="visitor"),
        "这次会商不在您的辖区。": Felt(by=lambda w: worker("makou-lingdao", "马码口", w.elsewhere, Role.TOWNSHIP_LEADER)),
        "这次会商现在是“%(state)s”,结束以后才能签发纪要。": Felt(what=lambda w: {"session_id": called(w).pk}),
        "纪要由没有记录这次会商的人签发。": Felt(before=lambda w, what: sessions.Session.objects.update(kept_by=w.township_leader)),
    }),
}  # fmt: skip
