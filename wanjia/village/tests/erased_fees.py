"""What fees and customs keep of a home whose people are erased: a row of every model that can hold a word of them."""

from datetime import date

from wanjia.kernel.tests.tried import MONDAY
from wanjia.village.models import (
    Feast,
    FeeCharge,
    FeePayment,
    FeePurse,
    FeeRule,
    FeeRun,
    FeeWaiver,
    Stretch,
    StretchCheck,
    StretchKeeper,
)

DAY, FIRST = MONDAY.date(), date(2026, 10, 1)


def rows(world, person, mark):
    """Return {model: its row, or its fields}: the home asked to be let off by the person's name, paid with its name on the slip, sees to a stretch, held a feast."""
    home = person.memberships.get(to_on=None).household
    rule = FeeRule.objects.create(village=home.village, serial=1, basis="per_home", span="quarter", fen=6000, resolved="代表会议", resolved_on=FIRST, from_on=FIRST, drawn_at=MONDAY)
    run = FeeRun.objects.create(village=home.village, rule=rule, from_on=FIRST, until_on=date(2027, 1, 1), as_of=DAY, homes=1, exempt=0, due_fen=6000, drawn_at=MONDAY)
    charge = FeeCharge.objects.create(run=run, village=home.village, home=home, from_on=FIRST, heads=1, fen=6000, due_fen=6000, paid_fen=100)
    FeePurse.objects.create(village=home.village, fen=100)
    waiver = FeeWaiver(charge=charge, fen=100, reason=f"{mark}病了", state="waiver_asked", asked_on=DAY, asked_at=MONDAY, answer=f"{mark}家减一元")
    waiver.save(force_insert=True)
    payment = FeePayment(village=home.village, serial=1, charge=charge, fen=100, way="cash", words=f"{mark}转来", day=DAY, at=MONDAY)
    payment.save(force_insert=True)
    stretch = Stretch.objects.create(village=home.village, name="三组水池", opened_at=MONDAY)
    StretchKeeper.objects.create(stretch=stretch, home=home, from_on=DAY, given_at=MONDAY)
    check = StretchCheck(stretch=stretch, day=DAY, passed=False, lacks=["order"], words=f"{mark}家的柴", made_at=MONDAY)
    check.save(force_insert=True)
    feast = Feast(village=home.village, home=home, kind="wedding", day=DAY, tables=8, helpers=f"{mark}的叔叔", filed_at=MONDAY)
    feast.save(force_insert=True)
    return {FeeWaiver: waiver, FeePayment: payment, StretchCheck: check, Feast: feast}
