"""What is true of a need on a day, as columns; and a definition's `where` over them, as a Q."""

from datetime import timedelta

from django.db.models import F, OuterRef, Q, Subquery

from wanjia.casework.models import Step
from wanjia.indicators.definitions import state_sets
from wanjia.kernel.calendar import day_start

SETTLED = ("solved", "aid_given")


FACTS = {
    "f_state": ("state", "state_after"),
    "f_reasonable": ("reasonable", "reasonable"),
    "f_outcome": ("outcome", "outcome"),
    "f_confirmed": ("confirmed", "confirmed"),
    "f_due": ("due_on", "due_on"),
    "f_handler": ("handler_id", "handler_id"),
    "f_failed": ("callback_failed", "callback_failed"),
}


def on_day(needs, day):
    """Return `needs` with the facts of the end of `day` as f_… columns; needs recorded later fall out.

    needs: a queryset of Need; day: None for now. The facts come from the last line of each timeline up to that day.
    """
    if day is None:
        return needs.annotate(**{fact: F(now) for fact, (now, _then) in FACTS.items()})
    end = day_start(day + timedelta(days=1))
    last = Step.objects.filter(need=OuterRef("pk"), happened_at__lt=end).order_by("-n")
    # One join to the last line, and every fact read from that join: the line is looked for once a need, not once a fact.
    past = needs.filter(recorded_at__lt=end).filter(steps=Subquery(last.values("pk")[:1]))
    return past.annotate(**{fact: F(f"steps__{then}") for fact, (_now, then) in FACTS.items()})


def condition(item, day):
    """Return the Q over f_… columns that a definition's `where` asks."""
    asked = Q()
    for fact, wanted in item.where.items():
        asked &= _condition(fact, wanted, day)
    return asked


def _condition(fact, wanted, day):
    settled = Q(f_state__in=state_sets()["reported"], f_outcome__in=SETTLED)
    match fact:
        case "state":
            return Q(f_state__in=state_sets()[wanted] if isinstance(wanted, str) else wanted)
        case "not_state":
            return ~Q(f_state__in=wanted)
        case "not_settled":
            return ~settled
        case "overdue":
            return Q(f_due__lt=day)
        case "unowned":
            return Q(f_handler=None)
        case "ledger_callback":
            return ~Q(ledger_callback="")
        case "callback_failed":
            return Q(f_failed=wanted == "yes")
        case "age":
            youngest, oldest = (day - timedelta(days=days) for days in wanted)
            return Q(recorded_on__lte=youngest, recorded_on__gte=oldest)
        case _:
            return Q(**{f"f_{fact}__in": wanted})
