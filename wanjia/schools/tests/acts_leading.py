"""How the acts of leaders' days are done rightly, and how each of their refusals is met."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.orgs.models import Line, Tier
from wanjia.orgs.roles import Role
from wanjia.registry.tests.factories import unit, worker

from ..leading import commands
from ..models import LeaderDay
from ..year import commands as year
from .acts_year import DAY, far, of_another_school, who
from .factories import school
from .gate_factories import ground, guard

SOON = DAY + timedelta(days=3)
NO_DUTY, NO_MARK, ELSEWHERE = "您的岗位没有安排领导带班的权限。", "您的岗位没有登记领导带班的权限。", "这所学校不在您的范围。"
NEAR = "schools_officer gate_officer"


def leader(world, name="何副局长"):
    """A leader of the police."""
    return guard(world, name, "police", unit=world.office, school=None, leads=True)


def proposing(world):
    """A feast is reinforced, and somebody leads."""
    ground(world)
    leader(world)
    year.tell_day(area=world.county, day=SOON, kind="reinforced", words="庙会", **who(world))
    return {"area": world.county, "month": "2026-11"}


def waits(world):
    """A day is proposed."""
    commands.propose_leader_days(**proposing(world), **who(world, "gates"))
    return {"leader_day_id": LeaderDay.objects.get().pk}


def agreed(world):
    """It is agreed to."""
    one = waits(world)
    commands.agree_leader_day(**one, guard=leader(world), **who(world, "gates"))
    return one


def leads_elsewhere(world, what):
    """The leader is at another school that day."""
    other = school(world, unit=unit("细沙乡第二小学", Tier.TOWNSHIP, world.xisha, Line.EDUCATION))
    LeaderDay.objects.create(school=other, day=SOON, guard=what["guard"], proposed_at=MONDAY)


ACTS = {
    "schools.propose_leader_days": Tried("gates", proposing, {"month": "2026-12"}, may=NEAR, spoil={
        NO_DUTY: Felt(by="handler"), ELSEWHERE: Felt(what=lambda w: {"area": far()}), "月份写成 2026-11 这样。": Felt(what={"month": "11月"}),
        "这个月没有还缺带班领导的加强日,或者没有登记带班领导。": Felt(what={"month": "2026-12"}),
    }),
    "schools.agree_leader_day": Tried("gates", lambda w: waits(w) | {"guard": leader(w)}, {"guard": None}, may=NEAR, spoil={
        NO_DUTY: Felt(by="caller"), ELSEWHERE: Felt(by=lambda w: abroad(w)), "这一天已经定了。": Felt(before=lambda w, what: LeaderDay.objects.update(agreed_at=MONDAY)),
        "这一天已经过去了。": Felt(at=MONDAY + timedelta(days=9)), "这个人不是带班领导。": Felt(what=lambda w: {"guard": guard(w)}),
        "他这一天已经在别的学校带班。": Felt(what=lambda w: {"guard": leader(w, "段副局长")}, before=leads_elsewhere),
    }),
    "schools.hold_leader_day": Tried("headmaster", lambda w: agreed(w) | {"held": True}, {"held": False}, at=MONDAY + timedelta(days=3), may="gate_officer", spoil={
        NO_MARK: Felt(by="caller"), ELSEWHERE: Felt(by=of_another_school), "这一天还没有定。": Felt(before=lambda w, what: LeaderDay.objects.update(agreed_at=None)), "还没到这一天。": Felt(at=MONDAY),
    }),
}  # fmt: skip


def abroad(world):
    """An officer in charge of gates in another county."""
    return worker("yuanhuxue", "远护学", unit("东川区公安局", Tier.COUNTY, far()), Role.GATE_OFFICER)
