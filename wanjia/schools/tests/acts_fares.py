"""How the acts of fares and of drawn lines are done rightly, and how each of their refusals is met."""

from datetime import date

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried

from ..fares import commands as fares
from ..models import BusFare, BusTrip, Operator, Settlement
from ..riding import commands as riding
from ..routes import commands as routes
from .acts_buses import (
    DAY,
    ELSEWHERE,
    ENDED,
    NEAR,
    NO_DUTY,
    POINT,
    SHUT,
    START,
    at_gate,
    far_officer,
    line,
    on,
    operator,
    runs,
    who,
)


def fared(world):
    """Five yuan a ride, half of it the home's."""
    return BusFare.objects.get_or_create(operator=operator(world), to_on=None, defaults={"full": 500, "share": 50, "source": "县财政", "from_on": START})[0]


def settling(world):
    """October is over: the child rode once."""
    fared(world)
    riding.unload_trip(**at_gate(world), **who(world, "attendant"))
    riding.close_trip(bus_trip_id=BusTrip.objects.get().pk, looked=True, **who(world, "attendant"))
    BusTrip.objects.update(day=date(2026, 10, 30))
    return {"operator_id": operator(world).pk, "month": "2026-10"}


def settled(world):
    """And is drawn up."""
    return {"settlement_id": fares.settle_month(**settling(world), **who(world)).pk}


def one_open(world, _what):
    """A trip of the month nobody ended."""
    of = line(world)
    BusTrip.objects.create(line=of, day=date(2026, 10, 29), bus=of.bus, driver=of.driver, attendant=of.attendant, opened_at=MONDAY)


SIGNED = "这个月已经签过。"
FARES = {
    "schools.set_fare": Tried("schools", lambda w: runs(w, yuan="5", share=50, source="县财政", from_on=DAY), {"share": 40}, may=NEAR, spoil={
        **SHUT, ENDED: Felt(before=on(Operator, to_on=DAY)), "金额写成 3.50 这样,到分为止。": Felt(what={"yuan": "五块"}),
        "这一天所在的月份已经月结,票价从以后的月份起。": Felt(before=lambda w, what: settled(w), what={"from_on": date(2026, 10, 1)}), "新票价要从现行票价以后的日子起。": Felt(before=lambda w, what: fared(w), what={"from_on": START}),
    }),
    "schools.settle_month": Tried("schools", settling, {"month": "2026-09"}, may=NEAR, spoil={
        **SHUT, "月份写成 2026-11 这样。": Felt(what={"month": "2026-13"}), "这个月还没有过完。": Felt(what={"month": "2026-11"}),
        "还有 %(n)s 趟车没有收车,收了再算。": Felt(before=one_open), "这个月没有人坐过车。": Felt(what={"month": "2026-09"}),
        "%(day)s 没有票价,先登记票价。": Felt(before=on(BusFare, from_on=DAY)),
        SIGNED: Felt(before=lambda w, what: fares.settle_month(**what, **who(w)) and Settlement.objects.update(state="month_signed")),
    }),
    "schools.sign_settlement": Tried("township_leader", settled, {"settlement_id": None}, may="schools_officer leader township_leader", spoil={
        NO_DUTY: Felt(by="caller"), ELSEWHERE: Felt(by=far_officer), SIGNED: Felt(before=on(Settlement, state="month_signed")), "谁算的月结,要另一个人核对签字。": Felt(by="schools"),
        "合计和明细对不上,请重算。": Felt(before=on(Settlement, rides=9)),
    }),
}  # fmt: skip
ROUTES = {
    "schools.plan_routes": Tried("schools", lambda w: runs(w, day=DAY, yard="28.2288,103.6378"), {"yard": "28.3,103.6"}, may=NEAR, spoil={
        **SHUT, ENDED: Felt(before=on(Operator, to_on=DAY)), POINT: Felt(what={"yard": "车站旁边"}), "已有一版正在计算。可以等它算完,或者先停下来。": Felt(before=lambda w, what: routes.plan_routes(**what, **who(w))),
    }),
}
ACTS = FARES | ROUTES
