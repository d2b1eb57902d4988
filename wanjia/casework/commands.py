"""The two writes that every act on a need is made of: a step on its way, and a change of owner."""

from wanjia.kernel import journal
from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.policy.triage import step_days

from .models import Holding, Step
from .states import NEED

# What each line of the timeline remembers, so that a figure can be counted for any past day.
FACTS = ("holder_id", "reasonable", "outcome", "confirmed", "urgency", "difficulty", "due_on", "handler_id", "callback_failed")


def advance(need, name, *, by, at, happened_at=None, saving=(), words="", **detail):
    """Move `need` along the table, journal it, and append the line of its timeline.

    happened_at: when it happened, if the paper says another time than `at`, when it was recorded.
    """
    journal.move(need, NEED, name, by=by, at=at, saving=saving, reason=words, area_code=need.village_id, **detail)
    return note_step(need, name, by=by, at=at, happened_at=happened_at, words=words)


def note_step(need, act, *, by, at, happened_at=None, words=""):
    """Append one line to the timeline of `need`, with what is true now."""
    return Step.objects.create(
        need=need,
        happened_at=happened_at or at,
        recorded_at=at,
        act=act,
        state_after=need.state,
        words=str(words)[:500],
        by_id=by.id,
        by_name=by.name,
        by_org=by.org,
        by_org_name=by.org_name,
        **{fact: getattr(need, fact) for fact in FACTS},
    )


def hand_over(need, organisation, *, by, at, happened_at=None):
    """Make `organisation` the one owner of `need`: end the live holding, begin the next. The caller saves `holder`."""
    moment = happened_at or at
    Holding.objects.filter(need=need, to_at=None).update(to_at=moment)
    Holding.objects.create(need=need, organisation=organisation, assigned_by=by.org, from_at=moment)
    need.holder = organisation


def end_holding(need, *, at):
    """End the live holding of a need that is no longer open. `holder` and `due_on` stay as they were last, for the record."""
    Holding.objects.filter(need=need, to_at=None).update(to_at=at)
    need.step_due_on = None


def step_due(step, at, calendar=None):
    """Return the day by which the next step must be done."""
    return (calendar or WorkingCalendar.load()).add(today(at), step_days(step)).on
