"""Meetings as figures count them: those of the year up to a day, who was due and came, decisions and their filing, notices and objections; each as of a day."""

from datetime import timedelta
from pathlib import Path

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import ExtractMonth

from wanjia.kernel.calendar import day_start
from wanjia.policy import meetings as law
from wanjia.reporting.figures.dated import counted, facts, holds
from wanjia.reporting.figures.population import Population

from ..agenda.rules import visible_items
from ..deciding.rules import visible_filings, visible_notices, visible_objections
from ..meetings.rules import visible_meetings, visible_roll
from ..models import AgendaItem, Filing, Meeting, MeetingSeat, Objection, PublicNotice
from ..states import DECIDED, VOTED, BodyKind, Came, MeetingState, Outcome

HERE = Path(__file__).parent


def _end(day):
    return day_start(day + timedelta(days=1))


def meetings_on(rows, day, today):
    """Return the meetings of the year up to a day: of a council, held, too few; `month`: the first that its council held in a month, so that months are counted once."""
    day = day or today
    held = Q(state=MeetingState.CLOSED, closed_at__lt=_end(day))
    earlier = Meeting.objects.filter(held, body=OuterRef("body"), day__year=day.year, day__lte=day, day__month=OuterRef("in_month"))
    earlier = earlier.filter(Q(day__lt=OuterRef("day")) | Q(day=OuterRef("day"), pk__lt=OuterRef("pk")))
    council = Q(body__kind=BodyKind.COUNCIL)
    return rows.filter(day__year=day.year, day__lte=day).annotate(in_month=ExtractMonth("day")).annotate(
        f_council=holds(council), f_held=holds(held), f_failed=holds(Q(state=MeetingState.FAILED, closed_at__lt=_end(day))), f_month=holds(held & council & ~Exists(earlier)),
    )  # fmt: skip


def roll_on(rows, day, today):
    """Return the seats on the rolls of the meetings of the year that were over by a day, and whether each was there."""
    day = day or today
    over = Q(meeting__state__in=(MeetingState.CLOSED, MeetingState.FAILED), meeting__closed_at__lt=_end(day))
    return rows.filter(over, meeting__day__year=day.year, meeting__day__lte=day).annotate(f_came=holds(Q(came=Came.PRESENT)), f_excused=holds(Q(came=Came.EXCUSED)))


def decisions_on(rows, day, today):
    """Return what was voted on in the year up to a day: passed, filed by then, within the days that are asked, put up, carried out by then."""
    day = day or today
    passed = Q(state__in=DECIDED)
    filed = passed & Q(filing__filed_on__lte=day, filing__filed_at__lt=_end(day))
    within = timedelta(days=law.publication(day).file_within_days)
    up = Exists(PublicNotice.objects.filter(item=OuterRef("pk"), from_on__lte=day, posted_at__lt=_end(day)))
    return rows.filter(state__in=VOTED, decided_on__year=day.year, decided_on__lte=day, decided_at__lt=_end(day)).annotate(
        f_passed=holds(passed), f_filed=holds(filed), f_timely=holds(filed & Q(filing__filed_on__lte=F("decided_on") + within)), f_posted=holds(passed & Q(up)), f_done=holds(Q(done_on__lte=day)),
    )  # fmt: skip


def filings_on(rows, day, today):
    """Return the decisions filed in the year up to a day, and whether the township had answered by then."""
    day = day or today
    return rows.filter(year=day.year, filed_on__lte=day, filed_at__lt=_end(day)).annotate(f_answered=holds(Q(answered_at__lt=_end(day))))


def notices_on(rows, day, today):
    """Return the notices put up in the year up to a day, and whether each was taken down for an objection or a correction by then."""
    day = day or today
    return rows.filter(from_on__year=day.year, from_on__lte=day, posted_at__lt=_end(day)).annotate(f_withdrawn=holds(Q(withdrawn_on__lte=day)))


def objections_on(rows, day, today):
    """Return the objections of the year up to a day: answered by then, upheld."""
    day = day or today
    answered = Q(answered_at__lt=_end(day))
    return rows.filter(told_on__year=day.year, told_on__lte=day, told_at__lt=_end(day)).annotate(f_answered=holds(answered), f_upheld=holds(answered & Q(outcome=Outcome.UPHELD)))


def _population(name, model, visible, area, as_of, *told):
    return Population(name, HERE / f"{name}.toml", model, counted(model, visible, area), area, few=told, facts=facts(*told), as_of=as_of)


POPULATIONS = [
    _population("village_meetings", Meeting, visible_meetings, "body__area_id", meetings_on, "council", "held", "failed", "month"),
    _population("village_roll", MeetingSeat, visible_roll, "meeting__body__area_id", roll_on, "came", "excused"),
    _population("village_decisions", AgendaItem, visible_items, "body__area_id", decisions_on, "passed", "filed", "timely", "posted", "done"),
    _population("village_filings", Filing, visible_filings, "area_id", filings_on, "answered"),
    _population("public_notices", PublicNotice, visible_notices, "area_id", notices_on, "withdrawn"),
    _population("objections", Objection, visible_objections, "notice__area_id", objections_on, "answered", "upheld"),
]
