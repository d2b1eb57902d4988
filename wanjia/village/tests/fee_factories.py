"""A small world of fees and customs: 大同村 collects sixty yuan a quarter from each home; the Wang home owes, pays, asks to be let off; sees to a stretch; files a wedding."""

from datetime import date, timedelta

from wanjia.kernel.calendar import today
from wanjia.kernel.tests.tried import MONDAY

from ..customs.commands import check_stretch, file_feast, give_stretch, open_stretch
from ..fee_states import RuleState, RunState, WaiverState
from ..fees.commands import check_run, draw_fee_run
from ..models import Feast, FeastCap, FeeCharge, FeePayment, FeeRule, FeeRun, FeeSpend, FeeWaiver, Stretch
from ..purse.commands import approve_spend, ask_waiver, draw_spend, take_payment

DAY = today(MONDAY)
MET = {"resolved": "2026 年第三季度村民代表会议第 4 项", "resolved_on": date(2026, 9, 20)}
FIRST = date(2026, 10, 1)


def who(user, at=MONDAY):
    """Who does it, and when."""
    return {"by": type(user).objects.get(pk=user.pk), "at": at}


def rule(world, state=RuleState.IN_FORCE, **facts):
    """Sixty yuan a quarter and home; those on minimum support pay nothing, those who are all away half. Drawn up by one, adopted by another."""
    found = FeeRule.objects.filter(village=world.datong, state=state).first()
    if found is not None:
        return found
    serial = FeeRule.objects.filter(village=world.datong).count() + 1
    held = {"adopted_at": MONDAY, "adopted_by": world.clerk} if state == RuleState.IN_FORCE else {}
    given = {"village": world.datong, "serial": serial, "basis": "per_home", "span": "quarter", "fen": 6000, "from_on": FIRST, "drawn_at": MONDAY, "drawn_by": world.register.yang, **MET, **held}
    one = FeeRule.objects.create(**given | facts)
    one.clauses.create(ground="minimum", percent=100, words="低保户不收")
    one.clauses.create(ground="empty_home", percent=50, words="全家外出的减半")
    if state != RuleState.DRAFT:
        FeeRule.objects.filter(pk=one.pk).update(state=state)
        one.refresh_from_db()
    return one


def run(world, state=RunState.DRAWN):
    """The last quarter of the year is worked out by one, and checked by another."""
    rule(world)
    one = FeeRun.objects.filter(village=world.datong).exclude(state=RunState.DROPPED).first() or draw_fee_run(village=world.datong, month="2026-10", **who(world.register.yang))
    if state == RunState.CHARGED and one.state == RunState.DRAWN:
        one = check_run(fee_run_id=one.pk, **who(world.clerk))
    return one


def charge(world):
    """What the Wang home is due; another's where a world let the Wangs off by their status."""
    run(world, RunState.CHARGED)
    return FeeCharge.objects.filter(home=world.register.home, due_fen__gt=0).first() or FeeCharge.objects.order_by("-due_fen", "home__number").first()


def payment(world, yuan="20"):
    """The Wang home paid a part."""
    return FeePayment.objects.filter(reverses=None).first() or take_payment(fee_charge_id=charge(world).pk, yuan=yuan, way="cash", **who(world.register.yang))


def waiver(world):
    """The Wang home asks to be let off."""
    one = charge(world)
    return FeeWaiver.objects.filter(state=WaiverState.ASKED).first() or ask_waiver(fee_charge_id=one.pk, yuan="30", reason="今年房子漏雨,刚修过", **who(world.register.yang))


def spend(world, yuan="12.50", voucher="0417", approved=False):
    """A load of refuse is to be carried away."""
    found = FeeSpend.objects.filter(village=world.datong, voucher=voucher).first()
    one = found or draw_spend(village=world.datong, yuan=yuan, what="10 月垃圾清运车费", payee="细沙运输队", voucher=voucher, day=DAY, **who(world.register.yang))
    if approved and one.state == "spend_drawn":
        payment(world)
        one = approve_spend(fee_spend_id=one.pk, **who(world.clerk))
    return one


def stretch(world, kept=True):
    """A stretch before the Wang home's door."""
    one = Stretch.objects.filter(village=world.datong).first() or open_stretch(village=world.datong, name="三组水池到大路口", group_name="三组", **who(world.register.yang))
    if kept and not one.keepers.exists():
        give_stretch(stretch_id=one.pk, home=world.register.home, **who(world.register.yang))
    return one


def check(world):
    """It was found with firewood on the road."""
    one = stretch(world)
    if not one.checks.exists():
        check_stretch(stretch_id=one.pk, lacks=["order"], words="路口有一堆柴", **who(world.register.yang))
    return one.checks.first()


def cap(world, state=RuleState.IN_FORCE, **facts):
    """Not more than ten tables. Drawn up by one, adopted by another."""
    found = FeastCap.objects.filter(village=world.datong, state=state).first()
    if found is not None:
        return found
    serial = FeastCap.objects.filter(village=world.datong).count() + 1
    held = {"from_on": DAY - timedelta(days=10), "adopted_at": MONDAY, "adopted_by": world.clerk} if state == RuleState.IN_FORCE else {}
    given = {"village": world.datong, "serial": serial, "tables": 10, "words": "红白喜事不超过十桌,请邻居帮忙不请厨师", "drawn_at": MONDAY, "drawn_by": world.register.yang, **MET, **held}
    one = FeastCap.objects.create(**given | facts)
    if state != RuleState.DRAFT:
        FeastCap.objects.filter(pk=one.pk).update(state=state)
        one.refresh_from_db()
    return one


def feast(world):
    """The Wang home marries off a daughter."""
    return Feast.objects.filter(called_off_on=None).first() or file_feast(home=world.register.home, kind="wedding", day=DAY + timedelta(days=3), tables=12, helpers="红白理事会", **who(world.register.yang))


__all__ = ["DAY", "FIRST", "MET", "cap", "charge", "check", "feast", "payment", "rule", "run", "spend", "stretch", "waiver", "who"]
