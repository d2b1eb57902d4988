"""What was true of each need on a day, as columns; and a definition's question over them, as a Q.

A past day can be asked in two ways (ADR 67): what was so on that day as we know it now, and what the office had on its books
at a moment (`known_at`). Both read the last line of each timeline, by its number and never by the clock.
"""

from datetime import timedelta

from django.db.models import F, OuterRef, Subquery

from wanjia.casework import counting
from wanjia.casework.models import Step
from wanjia.kernel.calendar import day_start

# Facts that acts change: column of the need, column of the timeline's line. All other facts stay as they were recorded.
FACTS = {
    "state": ("state", "state_after"),
    "reasonable": ("reasonable", "reasonable"),
    "outcome": ("outcome", "outcome"),
    "confirmed": ("confirmed", "confirmed"),
    "confirmed_by": ("confirmed_by", "confirmed_by"),
    "due_on": ("due_on", "due_on"),
    "late_since": ("late_since", "late_since"),
    "handler": ("handler_id", "handler_id"),
    "callback_failed": ("callback_failed", "callback_failed"),
}


def column(fact):
    """Return what a fact is called over `on_day`."""
    return f"f_{fact}" if fact in FACTS else fact


def on_day(needs, day, known_at=None, until=None):
    """Return `needs` with the facts of the end of `day` as f_… columns; needs without a line by then fall out.

    needs: a queryset of Need; day: None for now; known_at: only lines that were on the books at that moment; until: a moment of
    the day instead of its end.
    """
    if day is None:
        return needs.annotate(**{column(fact): F(now) for fact, (now, _then) in FACTS.items()})
    # One join to the last line, and every fact read from that join: the line is looked for once a need, not once a fact.
    past = needs.filter(steps=Subquery(last_lines(day, known_at, until).filter(need=OuterRef("pk")).order_by("-n").values("pk")[:1]))
    return past.annotate(f_line=F("steps__pk"), f_n=F("steps__n"), **{column(fact): F(f"steps__{then}") for fact, (_now, then) in FACTS.items()})


def last_lines(day, known_at=None, until=None):
    """Return the lines that had happened by the end of `day` or by `until` (and were on the books at `known_at`)."""
    end = day_start(day + timedelta(days=1))
    lines = Step.objects.filter(happened_at__lt=end) if until is None else Step.objects.filter(happened_at__lte=until)
    return lines if known_at is None else lines.filter(recorded_at__lte=known_at)


def condition(item, day):
    """Return the Q over `on_day` that a definition asks."""
    return counting.q_of(item.tree, day, column)
