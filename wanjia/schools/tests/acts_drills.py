"""How the acts of lessons and drills of riding are done rightly, and how each of their refusals is met."""

from datetime import date, timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.schools.models import BusDrill, School, Term

from .acts_buses import NEAR, NO_RIDERS, of_a_neighbour
from .factories import school, term

DAY = MONDAY.date()


def telling(world, **facts):
    """A drill was held at the school today."""
    term(world)
    return {"school_id": school(world).pk, "kind": "bus_drill", "day": DAY, "came": 28, "words": "从安全门撤离"} | facts


def drill(world, **facts):
    """It stands."""
    given = {"kind": "bus_drill", "day": DAY, "came": 28, "words": "从安全门撤离", "recorded_at": MONDAY} | facts
    return BusDrill.objects.get_or_create(school=school(world), term=term(world), kind=given.pop("kind"), day=given.pop("day"), defaults=given)[0]


def back(_world, _what):
    """It was taken back already."""
    BusDrill.objects.update(taken_back_at=MONDAY, taken_back_because="记错了")


ACTS = {
    "schools.tell_drill": Tried("headmaster", telling, {"came": 30}, may=NEAR, spoil={
        NO_RIDERS: Felt(by="caller"), "这所学校不由您管。": Felt(by=of_a_neighbour), "这所学校已经停办。": Felt(before=lambda w, what: School.objects.update(to_on=DAY)),
        "日子要在学校登记以后、今天以前。": Felt(what={"day": DAY + timedelta(days=1)}), "这一天不在学期里。": Felt(before=lambda w, what: Term.objects.update(from_on=date(2027, 1, 1))),
        "这一天的这一项已经登记过。": Felt(before=lambda w, what: drill(w)),
    }),
    "schools.take_back_drill": Tried("headmaster", lambda w: {"bus_drill_id": drill(w).pk, "reason": "记错了学校"}, {"reason": "记错了日子"}, may=NEAR, spoil={
        "您的岗位没有登记乘车安全教育的权限。": Felt(by="caller"), "这所学校的乘车安全教育不由您登记。": Felt(by=of_a_neighbour), "这一条已经撤销。": Felt(before=back),
    }),
}  # fmt: skip
