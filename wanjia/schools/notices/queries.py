"""What is asked of notices: whom one is sent to, which stand on a day, what waits for whom, the next number."""

from datetime import timedelta

from django.db.models import Count, Q

from wanjia.orgs import scope
from wanjia.orgs.locks import hold
from wanjia.orgs.models import Line, Organisation
from wanjia.orgs.serials import next_serial
from wanjia.policy import restricting as policy

from ..duties import Duty
from ..inspection_states import VenueKind
from ..models import NoticeReceipt, SafetyNotice, Venue
from ..notice_states import NoticeState
from ..venues.rules import own_units
from . import rules

MOST = 200


def bases(_row=None, _actor=None, day=None):
    """Return [(code, words)] of what a notice may rest on, none first."""
    return [(one.code, one.words) for one in policy.in_force(day).bases]


def sent_to(one, day):
    """The places that a notice is sent to: all of its kinds in its area, nobody picks them."""
    return Venue.objects.on(day).filter(kind__in=one.covers(), area__code__startswith=one.area.stem).order_by("area_id", "name", "pk")


def standing(day):
    """The notices that hold on a day, or will: issued, not lifted, their last day not over."""
    return SafetyNotice.objects.filter(state=NoticeState.ISSUED, until_on__gte=day)


def holding(day):
    """The notices that hold on a day."""
    return standing(day).filter(from_on__lte=day)


def open_receipts(day):
    """Who was not reached yet by notices that are not over."""
    return NoticeReceipt.objects.filter(notice__in=standing(day), told_at=None)


def alarmed(actor, day):
    """How many were not reached by notices of the own units that begin soon or hold already: what the desk says."""
    if not actor.has_duty(Duty.LEAD_ROUNDS):
        return 0
    soon = day + timedelta(days=policy.in_force(day).alarm_days)
    return open_receipts(day).filter(rules.of_units(own_units(actor, duty=Duty.LEAD_ROUNDS), "notice__"), notice__from_on__lte=soon).count()


def drafts(actor):
    """The notices of own units that wait to be issued."""
    return SafetyNotice.objects.filter(state=NoticeState.DRAFT, issuer__in=own_units(actor, duty=Duty.LEAD_ROUNDS))


def mine(actor, day):
    """Who is still to be reached by the actor: in the own area, or by a notice of the own unit; what begins first stands first."""
    near = scope.in_reach(actor, duty=Duty.INSPECT) | rules.of_units(own_units(actor, duty=Duty.INSPECT), "notice__")
    return open_receipts(day).filter(near).select_related("notice__issuer", "venue__area", "area").order_by("notice__from_on", "notice_id", "area_id", "venue__name", "group", "pk")


def queue(actor, day):
    """Return {name of the place: how many wait for the actor}: drafts to issue, places and groups to reach."""
    found = {}
    if actor.has_duty(Duty.INSPECT):
        found["schools:receipts"] = mine(actor, day).order_by().values("pk")[:MOST].count()
    if actor.has_duty(Duty.LEAD_ROUNDS):
        found["schools:notices"] = drafts(actor).count()
    return found


def with_counts(rows):
    """Give notices what their list shows: sent to, served, excused with a reason."""
    served, out = Count("receipts", filter=Q(receipts__served_on__isnull=False), distinct=True), Count("receipts", filter=~Q(receipts__excused=""), distinct=True)
    return rows.select_related("area", "issuer").annotate(n=Count("receipts", distinct=True), served=served, out=out)


def next_number(unit, year):
    """Return the next number of a notice of a unit and year; whoever issues others meanwhile waits."""
    hold(f"notices of|{unit.pk}|{year}")
    return next_serial(SafetyNotice.objects.filter(issuer=unit, year=year))


def police(receipt, day):
    """The police of a county, to whom a step is handed over."""
    return Organisation.objects.on(day).filter(area__code__startswith=receipt.area_id[:6], line=Line.POLICE).order_by("area_id", "name")


def kinds_of(one):
    """Return the words of the kinds of places that a notice is sent to."""
    return [VenueKind(kind).label for kind in one.covers()]


def basis_of(one):
    """Return what a notice rests on, as it is printed: the law and the paper; "" where it asks."""
    found = policy.in_force(one.from_on).basis(one.basis) if one.basis else None
    return f"{found.words}({one.paper})" if found else one.paper
