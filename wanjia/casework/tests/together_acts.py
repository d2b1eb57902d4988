"""How the acts of lead and helpers are done rightly, and how each of their refusals is met (acts.py takes these rows)."""

from datetime import date

from wanjia.kernel.tests.tried import Felt, Tried
from wanjia.orgs.models import User
from wanjia.orgs.roles import Role

from ..assignment.commands import accept_need, assign_need
from ..models import Need, SubTask
from ..together import commands as together
from .factories import later, worker
from .walk import bring, need

# Promised for the 16th of November.
DUE = date(2026, 11, 10)
ASK = {"words": "核实三个孩子的学籍", "due_on": DUE}
BACK = {"reason": "学籍由学校所在地核实", "rule": "义务教育法第十二条"}
AGREED = {"on": later(2).date(), "words": "教体局补学籍,民政局一并答复"}


def fresh(user):
    """Read a person anew, as the doors do."""
    return User.objects.get(pk=user.pk)


def asked(world, **how):
    """The bureau of civil affairs leads and asks the one of education; return the keyword of the sub-task."""
    what = {"unit": world.education} | ASK | how
    return {"task_id": together.ask_unit(**need(world, "accepted"), **what, by=fresh(world.handler), at=later(2)).pk}


def asks(world, what):
    """The lead has asked for a part of this need that is not done."""
    together.ask_unit(need_id=what["need_id"], unit=world.education, **ASK, by=fresh(world.handler), at=later(2))


def helping(world, **how):
    """The other way round: education leads, and civil affairs is asked."""
    one = bring(world, "triaged")
    assign_need(need_id=one.pk, holder=world.education, by=fresh(world.clerk), at=later(hours=3))
    accept_need(need_id=one.pk, by=fresh(world.teacher), at=later(1))
    what = {"unit": world.civil} | ASK | how
    return {"task_id": together.ask_unit(need_id=one.pk, **what, by=fresh(world.teacher), at=later(2)).pk}


def taken(world, **how):
    """Civil affairs has taken it on."""
    what = helping(world, **how)
    together.take_help(**what, by=fresh(world.handler), at=later(2))
    return what


def sent_back(world):
    """Education has sent back what it was asked."""
    what = asked(world)
    together.send_help_back(**what, **BACK, by=fresh(world.teacher), at=later(3))
    return what


def refused_before(world):
    """Education has sent back just this, by its rule."""
    task = SubTask.objects.get(pk=sent_back(world)["task_id"])
    return {"need_id": task.need_id}


def off(world, what):
    """It is called off meanwhile."""
    SubTask.objects.filter(pk=what["task_id"]).update(state="off", ended_at=later(2))


def reported(world, what):
    """The lead stands behind its own report meanwhile."""
    Need.objects.update(state="done_reported")


def at_the_table(world, what):
    """It was agreed at a consultation."""
    one = together.Consultation.objects.create(need=Need.objects.get(), on=later(2).date(), words="当场答应的", at=later(2), by_name="周教体")
    SubTask.objects.update(agreed=one)


def signed(world, what):
    """It was agreed at a consultation, and the helper has said so itself."""
    at_the_table(world, what)
    together.agree_help(task_id=what["task_id"], by=fresh(world.handler), at=later(2))


def unsigned(world):
    """Civil affairs is said to have taken it on at a consultation."""
    what = helping(world)
    at_the_table(world, what)
    return what


def of_a_child(world, what):
    """The child of the home itself is the one who asked."""
    Need.objects.update(requester=world.register.child)


NO_DUTY, NOT_MINE, NOT_ASKED = "您的岗位没有办理权限。", "这件诉求不在您的单位手里。", "这项协办不是请您的单位办的。"
LEAD = {NO_DUTY: Felt(by="caller"), NOT_MINE: Felt(by="teacher"), "签收以后、报办结以前才能请别的单位协办": Felt(state="assigned")}


def child_named(world, name="words"):
    """The words name the child of the home."""
    world.home.memberships.exists() or world.register.child.memberships.update(household=world.home)
    return {name: f"看看{world.register.child.name}的学籍"}


BUREAU = "bureau_worker bureau_head"
ACTS = {
    "casework.ask_unit": Tried(
        "handler", lambda w: need(w, "accepted") | ASK | {"unit": w.education}, {"words": "核实入学情况"}, at=later(2), may=BUREAU, spoil={
            **LEAD,
            "“%(what)s”至少写 %(n)s 个字。": Felt(what={"words": "看"}),
            "%(unit)s已经按规定退回过这一项。要再请它,请写明有什么不同,或者先协商、提请会商。": Felt(what=refused_before, at=later(4)),
        }),
    "casework.note_consultation": Tried(
        "handler", lambda w: need(w, "accepted") | AGREED | {"units": [w.education]}, {"words": "再碰一次头再定"}, at=later(2), may=BUREAU, spoil={
            **LEAD,
            "协商日期不早于登记日,不晚于今天。": Felt(what={"on": later(9).date()}),
            "请选参加协商的单位。": Felt(what={"units": []}),
            "%(unit)s没有参加这次协商。请先勾上它,或者用“请协办”。": Felt(what=lambda w: {"unit1": w.township, "words1": "到户看一次", "due1": DUE}),
            "第 %(n)s 行请写明哪个单位、做什么(至少 4 个字)。": Felt(what={"words1": "到户看一次"}),
        }),
    "casework.take_help": Tried("handler", helping, {"task_id": "0190e0e0-0000-7000-8000-00000000000c"}, at=later(2, hours=1), may=BUREAU, spoil={
        "您的岗位没有签收权限。": Felt(by="caller"),
        NOT_ASKED: Felt(by="teacher"),
        "不用再接": Felt(before=off),
    }),
    "casework.send_help_back": Tried("handler", lambda w: helping(w) | BACK, {"rule": "县级部门权责清单"}, at=later(2, hours=1), may=BUREAU, spoil={
        "您的岗位没有退回权限。": Felt(by="caller"),
        NOT_ASKED: Felt(by="teacher"),
        "不能再退": Felt(before=off),
        "这项协办是协商时定下的,您的单位已经确认过,不能退。办不了的,请和主办单位再协商。": Felt(before=signed),
        "退给主办单位要在 1 个工作日以内(最迟 %(day)s),现在已经过了。请办理,或请主办单位取消。": Felt(at=later(8)),
    }),
    "casework.agree_help": Tried("handler", unsigned, {"task_id": "0190e0e0-0000-7000-8000-00000000000c"}, at=later(2, hours=1), may=BUREAU, spoil={
        "您的岗位没有签收权限。": Felt(by="caller"),
        NOT_ASKED: Felt(by="teacher"),
        "没有等您的单位确认的协商。": Felt(before=lambda w, what: SubTask.objects.update(agreed=None)),
        "不用再确认": Felt(before=off),
    }),
    "casework.report_help": Tried("handler", lambda w: helping(w) | {"words": "三个孩子都有学籍"}, {"words": "都查过了"}, at=later(3), may=BUREAU, spoil={
        NO_DUTY: Felt(by="caller"),
        NOT_ASKED: Felt(by="teacher"),
        "不用再报": Felt(before=off),
    }),
    "casework.give_help_again": Tried(
        "handler", lambda w: sent_back(w) | {"unit": w.township, "due_on": DUE}, {"due_on": date(2026, 11, 9)}, at=later(3, hours=1), may=BUREAU, spoil={
            NO_DUTY: Felt(by="caller"), NOT_MINE: Felt(by="teacher"),
            "签收以后、报办结以前才能请别的单位协办": Felt(before=reported),
            "不用改请别的单位": Felt(before=off),
            "协办单位退回以后才改请别的单位。要换,请先取消这一项。": Felt(before=lambda w, what: SubTask.objects.update(state="asked")),
        }),
    "casework.call_help_off": Tried("handler", lambda w: asked(w) | {"reason": "村里已经核实了"}, {"reason": "诉求人自己补了"}, at=later(3), may=BUREAU, spoil={
        NO_DUTY: Felt(by="caller"), NOT_MINE: Felt(by="teacher"),
        "不用取消": Felt(before=off),
    }),
    "casework.urge_help": Tried(
        "handler", lambda w: asked(w, due_on=later(2).date()), at=later(3), may=f"township_worker township_leader ledger_office {BUREAU} inspector leader", spoil={
            "您的岗位没有催办的权限。": Felt(by="caller"),
            "这件诉求不在您的单位手里,也不在您的辖区。": Felt(by="stranger"),
            "这项协办就在您的单位手里,请直接办理。": Felt(by=lambda w: worker("jiaoti-ducha", "尤督查", w.education, Role.INSPECTOR)),
            "不用催": Felt(before=off),
            "还没有到期,先不催办。": Felt(before=lambda w, what: SubTask.objects.update(due_on=DUE)),
            "今天已经催过了,请明天再催。": Felt(before=lambda w, what: together.urge_help(**what, by=fresh(w.clerk), at=later(3))),
        }),
    "casework.see_number": Tried("handler", lambda w: taken(w, calls=True), {"task_id": "0190e0e0-0000-7000-8000-00000000000c"}, at=later(3), may=BUREAU, spoil={
        NO_DUTY: Felt(by="caller"), NOT_ASKED: Felt(by="teacher"),
        "接下以后才能看电话": Felt(before=lambda w, what: SubTask.objects.update(state="asked")),
        "这项协办不用直接联系诉求人。要问诉求人的,请主办单位去问。": Felt(before=lambda w, what: SubTask.objects.update(calls=False)),
        "诉求人是未成年人,不显示孩子的电话。请联系监护人,或者上门当面问。": Felt(before=of_a_child),
    }),
}  # fmt: skip
