"""How the acts of rosters are done rightly, and how each of their refusals is met."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.orgs.models import Line, Tier
from wanjia.orgs.roles import Role
from wanjia.registry.tests.factories import unit, worker
from wanjia.solving.models import Standing
from wanjia.solving.runs import commands as runs

from ..models import DutySwap, GateDuty, Guard, GuardAbsence, Term
from ..rostering import commands
from ..rostering.questions import of_duty
from .acts_guards import left
from .acts_year import DAY, far, of_another_school, who
from .gate_factories import duty, ground, guard

NO_DRAW, NO_EDIT, NO_ABSENCE = "您的岗位没有排护学岗的权限。", "您的岗位没有调整护学岗排班的权限。", "您的岗位没有登记护学人员请假的权限。"
ELSEWHERE, OLD, BEGUN, ENDED = "这个岗不在您管的学校。", "这一版排班已经不用了。", "这一岗已经开始,不能再换。", "这一岗已经结束,不能再改。"
NOT_MINE = "这个人不由您登记。"
NEAR = "schools_officer gate_officer"
DAYS_ON = MONDAY + timedelta(days=9)
NOT_THESE = "这两岗不能换:要是同一份排班、同一方、都还没开始、两个人的岗。"


def drawing(world):
    """A month is asked for; no process starts."""
    runs.start_process = lambda *_words: None
    ground(world)
    return {"area": world.county, "month": "2026-11"}


def given(world):
    """A duty is given to a teacher who has none that morning."""
    one = duty(world)
    return {"gate_duty_id": one.pk, "guard": free(world, one)}


def free(world, one):
    """A teacher whom no rule keeps from a duty."""
    able = next(each for each in of_duty(one, MONDAY).options(one) if each.price is not None and not each.stands_here)
    return Guard.objects.get(pk=able.guard)


def two(world):
    """Two duties of two teachers that may be exchanged."""
    one = duty(world)
    for other in GateDuty.objects.filter(plan=one.plan, party="teacher", guard__isnull=False, day__gt=one.day, day__lt=one.day + timedelta(days=9)).exclude(guard=one.guard).order_by("day"):
        try:
            commands._exchange(one, other, MONDAY)
        except commands.Refused:
            continue
        return {"gate_duty_id": one.pk, "other": other}
    raise AssertionError("no two duties may be exchanged")


def swapping(world):
    """The exchange is asked for."""
    return two(world) | {"both": True, "reason": "家里有事"}


def asked(world):
    """The exchange waits."""
    swap = commands.ask_swap(**swapping(world), **who(world, "headmaster"))
    return {"duty_swap_id": swap.pk, "agree": True}


def away(world, **facts):
    """A teacher cannot come on Wednesday."""
    return {"guard_id": duty(world).guard_id, "from_on": DAY + timedelta(days=2), "until_on": DAY + timedelta(days=2), "why": "ill", "way": "phone"} | facts


def absence(world):
    """The absence is told."""
    return {"guard_absence_id": commands.tell_away(**away(world), **who(world, "headmaster")).pk}


def replaced(_world, _what):
    """Another version stands."""
    Standing.objects.all().delete()


def open_seat(_world, what):
    """Nobody holds the duty."""
    GateDuty.objects.filter(pk=what["gate_duty_id"]).update(guard=None)


def kept_away(_world, what):
    """He to whom the duty is to be given cannot come that day."""
    GuardAbsence.objects.create(guard=what["guard"], from_at=MONDAY, until_at=MONDAY + timedelta(days=5), why="ill", way="phone", recorded_at=MONDAY)


def other_kept_away(_world, what):
    """The other of two cannot come on the day of the first."""
    GuardAbsence.objects.create(guard=what["other"].guard, from_at=MONDAY, until_at=MONDAY + timedelta(days=5), why="ill", way="phone", recorded_at=MONDAY)


def again(world, what):
    """Somebody asked already."""
    commands.ask_swap(**what, **who(world, "gates"))


SEEN = {NO_EDIT: Felt(by="caller"), ELSEWHERE: Felt(by=lambda w: another_headmaster(w)), OLD: Felt(before=replaced)}


def another_headmaster(world):
    """Who answers for another school."""
    return worker("linxiaozhang", "邻校长", unit("细沙乡第二小学", Tier.TOWNSHIP, world.xisha, Line.EDUCATION), Role.HEADMASTER)


ACTS = {
    "schools.draw_roster": Tried("gates", drawing, {"month": "2026-12"}, may=NEAR, spoil={
        NO_DRAW: Felt(by="handler"), "这个地方不在您的辖区。": Felt(what=lambda w: {"area": far()}), "月份写成 2026-11 这样。": Felt(what={"month": "11月"}),
        "今天不在学期里,先登记学期。": Felt(what={"month": "学期"}, before=lambda w, what: Term.objects.all().delete()),
        "从哪天起要在这段时间里,而且不早于明天:今天和以前的排班不动。": Felt(what={"since": DAY - timedelta(days=1)}),
    }),
    "schools.give_duty": Tried("headmaster", given, {"guard": None}, may=NEAR, spoil={
        **SEEN, ENDED: Felt(at=DAYS_ON), "这个人不在这所学校护学,或者不是这一方的。": Felt(what=lambda w: {"guard": guard(w, "老邹", "guard")}), "不能派他:%(why)s": Felt(before=kept_away),
    }),
    "schools.hold_duty": Tried("headmaster", lambda w: {"gate_duty_id": duty(w).pk}, {"gate_duty_id": "00000000-0000-0000-0000-000000000000"}, may=NEAR, spoil={**SEEN, ENDED: Felt(at=DAYS_ON)}),
    "schools.ask_swap": Tried("headmaster", swapping, {"reason": "出差"}, may=NEAR, spoil={
        **SEEN, BEGUN: Felt(at=DAYS_ON), "这一岗没有排到人,不用换。": Felt(before=open_seat), "这一岗已经有一个换岗在等批准。": Felt(before=again), "双方都同意才能换岗。": Felt(what={"both": False}),
        NOT_THESE: Felt(what=lambda w: {"other": duty(w, party="guard")}), "不能换岗:%(why)s": Felt(before=other_kept_away),
    }),
    "schools.decide_swap": Tried("gates", asked, {"agree": False, "answer": "人手不够"}, may=NEAR, spoil={
        **SEEN, BEGUN: Felt(at=DAYS_ON), "这个换岗已经有结果了。": Felt(before=lambda w, what: DutySwap.objects.update(state="swap_declined")), "自己提的换岗,由别人批准。": Felt(by="headmaster"),
        "不批准的写明原因。": Felt(what={"agree": False}),
    }),
    "schools.tell_away": Tried("headmaster", away, {"why": "leave"}, may=NEAR, spoil={
        NO_ABSENCE: Felt(by="caller"), NOT_MINE: Felt(by=of_another_school), "这个人已经退出护学。": Felt(before=left), "结束要在开始以后。": Felt(what={"until_on": DAY}),
        "这段时间已经过去了。": Felt(what={"from_on": DAY - timedelta(days=3), "until_on": DAY - timedelta(days=2)}), "几点要写成 07:30 这样。": Felt(what={"from_at": "早上"}),
    }),
    "schools.take_back": Tried("headmaster", absence, {"guard_absence_id": "00000000-0000-0000-0000-000000000000"}, may=NEAR, spoil={
        NO_ABSENCE: Felt(by="caller"), NOT_MINE: Felt(by=of_another_school), "这次请假已经过去或者销假了。": Felt(at=DAYS_ON),
    }),
    "schools.mend_absence": Tried("headmaster", lambda w: absence(w) | {"way": "fewest"}, {"way": "best"}, may=NEAR, spoil={
        NO_EDIT: Felt(by="caller"), NOT_MINE: Felt(by=lambda w: another_headmaster(w)), "这次请假没有留下还没开始的空岗。": Felt(at=DAYS_ON),
        "排班刚刚变了,请再看一遍两个办法。": Felt(what={"seen": "99"}),
    }),
    "schools.look_round": Tried("clock", lambda w: ground(w) and {}, {}, may="", spoil={"空岗由系统按时看,不由人代看。": Felt(by="gates")}),
}  # fmt: skip
