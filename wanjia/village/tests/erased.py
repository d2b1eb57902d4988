"""What the village keeps of somebody who is erased: a row of every model that can hold a word of the person (office/tests/erased_world.py plants them)."""

from datetime import date

from wanjia.kernel.tests.tried import MONDAY
from wanjia.village.models import AgendaItem, BodySeat, Meeting, MeetingSeat, Objection, PublicNotice

from . import (
    erased_appraisal,
    erased_branch,
    erased_bylaws,
    erased_crafts,
    erased_fees,
    erased_levies,
    erased_mediation,
    erased_money,
    erased_points,
)
from .factories import body

DAY = MONDAY.date()
ROOMS = (erased_points, erased_bylaws, erased_mediation, erased_fees, erased_branch, erased_money, erased_crafts, erased_levies)


def rows(world, person, mark):
    """Return {model: its row, or its fields}: the person sat in the council, was excused from a meeting with a reason, brought an item and objected by name."""
    one = body(world)
    seat = BodySeat.objects.create(body=one, person=person, office="member", from_on=date(2026, 1, 5), seated_at=MONDAY)
    held = Meeting.objects.create(body=one, day=DAY, place="院坝", told_on=date(2026, 10, 20), counting="seats", called_at=MONDAY)
    item = AgendaItem(body=one, source="villager", kind="hot", title="修路", words="修到三组", proposed_on=DAY, proposed_at=MONDAY, brought_by=mark)
    item.save(force_insert=True)
    notice = PublicNotice.objects.create(item=item, area=one.area, where="公开栏", words="修到三组", from_on=DAY, until_on=date(2026, 11, 20), posted_at=MONDAY)
    objection = Objection(
        notice=notice, name=mark, words=f"{mark}家门口不能占", way="paper", told_on=DAY, told_at=MONDAY, outcome="explained", answer=f"{mark}家门口不占", answered_for="监督委员会",
        answered_on=DAY, answered_at=MONDAY,
    )  # fmt: skip
    objection.save(force_insert=True)
    found = {BodySeat: seat, MeetingSeat: {"meeting": held, "seat": seat, "came": "excused"}, AgendaItem: item, Objection: objection}
    for room in ROOMS:
        found |= room.rows(world, person, mark)
    return found | erased_appraisal.rows(world, person, mark, one)
