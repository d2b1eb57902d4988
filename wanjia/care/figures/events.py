"""Events, homes and children as three populations: each counted from rows of its own, none divided by another."""

from pathlib import Path

from django.db.models import Case, CharField, Value, When

from wanjia.orgs import scope
from wanjia.reporting.figures.population import Population

from ..children.rules import knows_all
from ..event_states import EventState
from ..events.queries import first_children, first_homes
from ..models import Event, EventChild, EventHome

HERE = Path(__file__).parent


def counted(model, place):
    """Return what finds the rows that an actor counts: those of the places where the duty is."""
    return lambda actor, *, duty: model.objects.filter(scope.in_place(actor, area=place, duty=duty))


def _when(rows, last, path=""):
    """Rows up to the day `last`, with f_when: "year" in the year of that day, else "before"."""
    within = Case(When(**{f"{path}day__year": last.year}, then=Value("year")), default=Value("before"), output_field=CharField())
    return rows.filter(**{f"{path}day__lte": last}).annotate(f_when=within)


def events_as_of(rows, day, today):
    """Events held up to `day` (None: now, which is on `today`); one that is entered later is counted on its own day."""
    return _when(rows.filter(state=EventState.HELD), day or today)


def homes_as_of(rows, day, today):
    """Homes that came to events held up to a day, with which row is the first of its home in its year."""
    return first_homes(_when(rows.filter(event__state=EventState.HELD, came=True), day or today, "event__"))


def children_as_of(rows, day, today):
    """Children that came, alike."""
    return first_children(_when(rows.filter(event__state=EventState.HELD), day or today, "event__"))


FACTS = {"when": ("when", "")}
FIRST = FACTS | {"first": ("first", "")}
POPULATIONS = [
    Population("events", HERE / "events.toml", Event, counted(Event, "area_id"), "area_id", facts=FACTS, as_of=events_as_of),
    Population("event_homes", HERE / "event_homes.toml", EventHome, counted(EventHome, "household__village_id"), "household__village_id", facts=FIRST, as_of=homes_as_of,
               whom="household", circle=knows_all),
    Population("event_children", HERE / "event_children.toml", EventChild, counted(EventChild, "child__village_id"), "child__village_id", facts=FIRST, as_of=children_as_of,
               whom="child", circle=knows_all),
]  # fmt: skip
