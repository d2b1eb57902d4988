"""What is asked of meetings: by what one may be counted, the months, quarters and years of a body with and without one, what waits, its roll."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wanjia.orgs import scope
from wanjia.policy import meetings as law
from wanjia.policy.calls import warned_days
from wanjia.policy.statuses import months_after

from ..duties import Duty
from ..models import GoverningBody, Meeting
from ..states import BodyKind, Came, Counting, MeetingState
from .rules import visible_meetings

SHOWN = {12: 12, 4: 8, 1: 5}  # how often a year: how many of its months, quarters, years are shown
RHYTHM = (BodyKind.COUNCIL, BodyKind.REPRESENTATIVES, BodyKind.VILLAGERS, BodyKind.COLLECTIVE)  # whose rhythm the law or the village's own rule sets


@dataclass(frozen=True)
class Span:
    """A month, a quarter or a year of a body: how many of these a year has, its first day, its words, the meetings that were called in it, and how it stands: held, failed, called, missed, or open (it is not over)."""

    per_year: int
    first: date
    words: str
    meetings: tuple
    state: str


def page_of_meeting(one):
    """Lead to a meeting's page."""
    return redirect("village:meeting", one.pk)


def countings(row, _actor, day):
    """Return [(value, words)] of how a body's meetings may be counted; all of them where the body is not known."""
    rule = law.in_force(row.kind, day) if row else None
    return [(one.value, one.label) for one in Counting if rule is None or one in rule.quorum]


def first_counting(row, actor, day):
    """Return the first of them."""
    return countings(row, actor, day)[0][0]


def first_day(row, _actor, day):
    """Return the earliest day of a meeting of which notice is given on a day."""
    rule = law.in_force(row.kind, day) if row else None
    return day + timedelta(days=rule.notice_days) if rule else day


def listed(actor):
    """The meetings in reach, those that are open or called first, then the latest."""
    return visible_meetings(actor).select_related("body__area", "chair__person")


def unmarked(meeting):
    """The lines of a roll of which nobody said anything yet: whoever was said to be away was marked."""
    return meeting.roll.filter(came=Came.AWAY, version=0)


def waiting(actor, day):
    """The meetings that wait for the actor: open, called and their day has come, closed and not signed."""
    mine = Meeting.objects.filter(scope.in_reach(actor, area="body__area_id", duty=Duty.KEEP_MEETINGS))
    return mine.filter(Q(state=MeetingState.OPENED) | Q(state=MeetingState.CALLED, day__lte=day) | Q(state=MeetingState.CLOSED, signed_at=None))


def _begun(per_year, day):
    """Return the first day of the month, quarter or year that a day lies in, and the first day after it."""
    n = 12 // per_year
    first = date(day.year, day.month - (day.month - 1) % n, 1)
    return first, months_after(first, n)


def _named(per_year, first):
    if per_year == 12:
        return f"{first:%Y-%m}"
    return f"{first.year}" if per_year == 1 else _("%(year)s 年第 %(n)s 季度") % {"year": first.year, "n": 1 + first.month // 3}


def spans(body, day):
    """Return the Spans of a body's rhythm up to a day's, the latest first: one without a meeting is a row too. None before it was founded, nor before there was a rule; nothing where it meets as needed."""
    rule = law.in_force(body.kind, day)
    per_year = rule.per_year if rule else 0
    found, (first, after) = [], _begun(per_year, day) if per_year in SHOWN else (day, day)
    while per_year in SHOWN and len(found) < SHOWN[per_year] and after > body.from_on and law.in_force(body.kind, after - timedelta(days=1)):
        found.append((first, after))
        first, after = _begun(per_year, first - timedelta(days=1))
    rows = list(Meeting.objects.filter(body=body, day__gte=found[-1][0], day__lt=found[0][1]).order_by("day")) if found else []
    return [_span(per_year, first, after, [row for row in rows if first <= row.day < after], day) for first, after in found]


def _span(per_year, first, after, rows, day):
    states = {row.state for row in rows}
    if MeetingState.CLOSED in states:
        state = "held"
    elif states & {MeetingState.CALLED, MeetingState.OPENED}:
        state = "called"
    elif after > day:
        state = "open"
    else:
        state = "failed" if MeetingState.FAILED in states else "missed"
    return Span(per_year, first, _named(per_year, first), tuple(rows), state)


def in_rhythm(actor, day):
    """The bodies in reach that stand and meet by a rhythm: councils by the month, representatives by the quarter, assemblies by the year."""
    return GoverningBody.objects.on(day).filter(scope.in_reach(actor, duty=Duty.SEE_VILLAGE), kind__in=RHYTHM).select_related("area").order_by("area_id", "kind", "group_name")


def alarmed(actor, day):
    """How many bodies of the actor's have no meeting held or called this month, quarter or year, when its last days have begun: what the desk says."""
    if not actor.has_duty(Duty.KEEP_MEETINGS):
        return 0
    due = Q(pk__in=[])
    for kind in RHYTHM:
        rule = law.in_force(kind, day)
        first, after = _begun(rule.per_year, day) if rule else (day, date.max)
        if rule and after - day <= timedelta(days=warned_days()[rule.per_year]):
            met = Meeting.objects.filter(day__gte=first, day__lt=after, state__in=(MeetingState.CALLED, MeetingState.OPENED, MeetingState.CLOSED))
            due |= Q(kind=kind) & ~Q(pk__in=met.values("body"))
    return GoverningBody.objects.on(day).filter(due, scope.in_reach(actor, duty=Duty.KEEP_MEETINGS)).count()
