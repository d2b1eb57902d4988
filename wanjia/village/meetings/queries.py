"""What is asked of meetings: by what one may be counted, the twelve months of a council, what waits, its roll."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.shortcuts import redirect

from wanjia.orgs import scope
from wanjia.policy import meetings as law
from wanjia.policy.statuses import months_after

from ..duties import Duty
from ..models import GoverningBody, Meeting
from ..states import BodyKind, Counting, MeetingState
from .rules import visible_meetings

LAST_WEEK = 7  # days of a month in which its council is asked for


@dataclass(frozen=True)
class Month:
    """One month of a council: its first day, the meetings that were called in it, and how it stands: held, failed, called, missed, or open (it is not over)."""

    first: date
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


def waiting(actor, day):
    """The meetings that wait for the actor: open, called and their day has come, closed and not signed."""
    mine = Meeting.objects.filter(scope.in_reach(actor, area="body__area_id", duty=Duty.KEEP_MEETINGS))
    return mine.filter(Q(state=MeetingState.OPENED) | Q(state=MeetingState.CALLED, day__lte=day) | Q(state=MeetingState.CLOSED, signed_at=None))


def months(body, day, n=12):
    """Return the last `n` Months of a body up to a day's, the latest first: a month without a meeting is a row too. None before it was founded."""
    firsts, first = [], day.replace(day=1)
    while len(firsts) < n and months_after(first, 1) > body.from_on:
        firsts.append(first)
        first = (first - timedelta(days=1)).replace(day=1)
    rows = list(Meeting.objects.filter(body=body, day__gte=firsts[-1], day__lt=months_after(firsts[0], 1)).order_by("day")) if firsts else []
    return [_month(one, [row for row in rows if one <= row.day < months_after(one, 1)], day) for one in firsts]


def _month(first, rows, day):
    states = {row.state for row in rows}
    if MeetingState.CLOSED in states:
        state = "held"
    elif states & {MeetingState.CALLED, MeetingState.OPENED}:
        state = "called"
    elif months_after(first, 1) > day:
        state = "open"
    else:
        state = "failed" if MeetingState.FAILED in states else "missed"
    return Month(first, tuple(rows), state)


def councils(actor, day, *, duty=Duty.SEE_VILLAGE):
    """The councils in reach that stand."""
    return GoverningBody.objects.on(day).filter(scope.in_reach(actor, duty=duty), kind=BodyKind.COUNCIL).select_related("area").order_by("area_id", "group_name")


def alarmed(actor, day):
    """How many councils of the actor's have no meeting held or called this month, when its last week has begun: what the desk says."""
    first = day.replace(day=1)
    if not actor.has_duty(Duty.KEEP_MEETINGS) or months_after(first, 1) - day > timedelta(days=LAST_WEEK):
        return 0
    met = Meeting.objects.filter(day__gte=first, day__lt=months_after(first, 1), state__in=(MeetingState.CALLED, MeetingState.OPENED, MeetingState.CLOSED)).values("body")
    return councils(actor, day, duty=Duty.KEEP_MEETINGS).exclude(pk__in=met).count()
