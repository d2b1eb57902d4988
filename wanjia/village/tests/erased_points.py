"""What points keep of a home whose people are erased: a row of every model that can hold a word of them."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.village.booking.commands import book
from wanjia.village.models import PointAppeal, PointClaim, PointEntry, PointObjection, PointScheme
from wanjia.village.point_states import EntryKind

DAY = MONDAY.date()


def rows(world, person, mark):
    """Return {model: its row, or its fields}: the person's home swept and named itself, somebody objected by its name, a booking was reversed with its words."""
    home = person.memberships.get(to_on=None).household
    scheme = PointScheme.objects.create(village=home.village, serial=1, fen=100, cover=100, resolved="代表会议", resolved_on=DAY, drawn_at=MONDAY)
    item = scheme.items.create(clause=1, head="works", words="清扫", points=10)
    claim = PointClaim(village=home.village, home=home, item=item, points=10, day=DAY, words=f"{mark}家清扫", reason=f"{mark}没有来", proposed_at=MONDAY)
    claim.save(force_insert=True)
    objection = PointObjection(claim=claim, told_on=DAY, words=f"没看见{mark}", answer=f"{mark}来了", upheld=False, answered_on=DAY, told_at=MONDAY)
    objection.save(force_insert=True)
    told = {"posted_on": DAY, "told_on": DAY, "due_on": DAY + timedelta(days=7), "owner": world.visitor, "told_at": MONDAY}
    appeal = PointAppeal(village=home.village, home=home, claim=claim, words=f"{mark}家来了", **told)
    appeal.save(force_insert=True)
    PointAppeal.objects.filter(pk=appeal.pk).update(state="appeal_rejected", answer=f"{mark}没有来", answered_on=DAY)
    appeal.refresh_from_db()
    who = {"by": CLOCK, "at": MONDAY}
    first = book(EntryKind.AWARD, home, 10, claim=claim, **who)
    entry = book(EntryKind.REVERSAL, home, -10, reverses=first, words=f"{mark}家是另一户", **who)
    return {PointAppeal: appeal, PointClaim: claim, PointObjection: objection, PointEntry: entry}
