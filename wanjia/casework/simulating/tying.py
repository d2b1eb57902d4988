"""What a coordinator finds to be one matter, or not; what is done for all of it at once. Each need stays one."""

from datetime import timedelta

from ..models import Need
from .book import IN_HANDS, RUNNING
from .county import HOME

MANY = 40  # of the newest needs of a township, among which somebody looks
DONE = {"outcome": "solved", "outcome_text": "几户一起办好", "answered_way": "face", "no_evidence_reason": "材料在业务系统里"}


def tie(county):
    """Some townships a day: two or three needs put together, one more joined, one taken out, two said to be two, all reported at once."""
    for seat in sorted(county.seats):
        if not county.chance(0.3):
            continue
        there = [one for one in county.standing(*RUNNING, "done_reported", "closed") if one.village[:9] == seat][-MANY:]
        if len(there) > 3:
            _join(county, seat, there)
            _change(county, seat)


def _join(county, seat, there):
    kind = "same" if county.chance(0.7) else "related"
    free = [one for one in there if (one.matter if kind == "same" else one.related) is None]
    if len(free) < 4:
        return
    some, clerk = county.dice.sample(free, county.dice.choice((2, 2, 3))), county.clerk(there[0].village)
    matter = county.do("group_needs", clerk, numbers="、".join(one.number for one in some), kind=kind)
    if matter is None:
        return
    at = county.now()
    county.matters[matter.pk] = (kind, seat, {one.pk for one in some})
    for one in some:
        county.book.tie(one, at, clerk, matter=matter.pk, kind=kind)
    first, other = county.dice.sample(free, 2)
    if county.chance(0.4) and frozenset((first.pk, other.pk)) not in county.apart and county.do("keep_apart", clerk, numbers=f"{first.number} {other.number}"):
        county.apart.add(frozenset((first.pk, other.pk)))
        for one in (first, other):
            county.book.line(one, "apart", county.now(), clerk)


def _change(county, seat):
    standing = [pk for pk, (_kind, where, needs) in county.matters.items() if where == seat and not any(county.book.of[one].spoilt for one in needs)]
    if not standing:
        return
    pk = county.dice.choice(standing)
    kind, _seat, needs = county.matters[pk]
    clerk, one = county.clerk(next(county.book.of[need].village for need in needs)), county.book.of[county.dice.choice(sorted(needs, key=str))]
    if kind == "same" and county.chance(0.5):
        _report(county, pk, needs)
    elif county.chance(0.3) and county.do("leave_matter", clerk, matter_id=pk, need=Need.objects.get(pk=one.pk), reason="看过,不是一回事"):
        needs.discard(one.pk)
        gone = [one, *(county.book.of[need] for need in needs if len(needs) < 2)]
        for left in gone:
            county.book.untie(left, county.now(), clerk, kind=kind)
        if len(needs) < 2:
            del county.matters[pk]


def _report(county, pk, needs):
    """The unit that holds some of them reports once; what cannot take it is named and stays."""
    held = [county.book.of[need] for need in sorted(needs, key=str)]
    ready = [one for one in held if one.state in ("accepted", "in_progress") and one.told and not one.still and county.signer(one.holder)]
    if not ready:
        return
    unit = ready[0].holder
    mine, worker = [one for one in ready if one.holder == unit], county.signer(unit)
    said = county.do("report_matter", worker, matter_id=pk, answered_on=county.day, **DONE)
    if said is None:
        return
    if said["done"] != sorted(one.number for one in mine):
        county.violate("一并报办结报多了或报少了 / reported for all: too many or too few", mine[0], f"报了 {said['done']},应当报 {sorted(one.number for one in mine)}")
        return
    for one in mine:
        county.book.report_done(one, county.now(), worker, outcome="solved")


def tie_over_townships(county):
    """Two needs of two townships put together: nobody there sees both."""
    there = county.standing(*IN_HANDS)
    one = county.dice.choice(there) if there else None
    other = one and next((two for two in there if two.village[:9] != one.village[:9]), None)
    if other:
        county.do("group_needs", county.clerk(one.village), lawful=False, numbers=f"{one.number} {other.number}")


def tie_twice(county):
    """A need that stands in a matter put into a second one."""
    there = [one for one in county.standing(*IN_HANDS) if one.matter]
    one = county.dice.choice(there) if there else None
    other = one and next((two for two in county.standing(*IN_HANDS) if two.village[:9] == one.village[:9] and two.matter is None), None)
    if other:
        county.do("group_needs", county.clerk(one.village), lawful=False, numbers=f"{one.number} {other.number}")


def may_voice(county, one):
    """Tell whether the slip of this need may voice another for its home: none of the home's so voiced waits, and not three in thirty days."""
    since = county.year.clock.moment - timedelta(days=30)
    mine = [two for two in county.at_home.get(one.home, ()) if two.by_slip]
    return all(two.state != "registered" for two in mine) and sum(two.lines[0].at > since for two in mine) < 3


def voice_too_soon(county):
    """A second need by the slip before anybody has judged the first."""
    waits = [one for one in county.standing("registered") if one.by_slip and one.slip]
    if waits:
        county.do("voice_from_away", HOME, lawful=False, about={"need_id": waits[0].pk}, category="water", summary="家里的水管又断了")


