"""What each app brings to the floors below it and beside it: its `brings.py`, one list a kind. Lower floors ask, and know no app by name.

    PLACES = [Place("app:list", …)]  # in wanjia/<app>/brings.py

`gather("PLACES")` returns what all installed apps bring, from the ground floor up. An app that is not installed brings nothing,
and nothing below it notices. An app's pages (`views.py`) and its words of the command line (`cli.py`) are found by their file.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from django.conf import settings

# Each kind and what it is; a name in a brings.py that stands not here is a slip of the pen (tests/house/test_brings.py).
KINDS = {
    "PLACES": "entries of the menu: Place",
    "NOTICES": "how many of something wait for the reader: Notice",
    "QUEUES": "how many wait for the reader in the queues of the menu: user, day → {name of a Place: n, None where it is not counted}",
    "BESIDE": "what stands on a page of an app below: Beside",
    "FINDERS": "what the search box finds: Finder",
    "TONES": "the tones of states: pairs (state, tone)",
    "LISTS": "lists without a design of their own: List of the doors",
    "ROUTERS": "calls of the API: pairs (prefix, dotted name of a router)",
    "SUBJECTS": "how the journal names rows, and whose lines are sealed: Subject of the trail",
    "LINES": "lines of the journal that no declared act writes: Line",
    "UNTOLD": "rows whose acts once bore a household's words as their reason, which nobody is shown: labels of models",
    "HANDOVERS": "promises that somebody who leaves, or a unit that ends, holds: Family of the handing over",
    "FOLLOWERS": "what hangs on the working-day table: Follower of the working days",
    "TIES": "which homes an app's rows tie a unit to: unit → ids of homes, as a query",
    "OPENS_NEEDS": "who takes on what somebody needs: called with village=, person=, name=, phone=, kind=, summary=, story=, unit=, by=, at=, young= (a child's), again= (the number of one that is not settled); returns the need's number",
    "AFTER_NEEDS": "what follows when a need is withdrawn, or taken up again after that or after its end: called with its number=, stands= (False: withdrawn), by=, at=",
    "AFTER_PEOPLE": "what follows when people of the register move, die, are merged or parted, go away or come back, or their homes hold another status: called with their ids, day=, by=, at=",
    "AFTER_VISITS": "what becomes of what was voiced in a visit: After of the visits",
    "IMPORTS": "workbooks that can be brought in, whole: Import of the register",
    "AFTER_UPLOADS": "who goes on with an uploaded workbook after each act on it: called with the upload and by=",
    "TIMERS": "what goes on by the clock, with the day's sweep: called with at=",
    "TICKS": "what the worker does every few minutes: pairs (task of django_tasks that takes nothing, moment → whether it has anything to do)",
    "MESSAGES": "what units are told outside the house: About of the channels",
    "RETAINED": "classes of records that a list of two people disposes of: Retained of the orgs",
    "RESTORED": "what an app does to a copy that comes back from an earlier day, before anybody sees it: called with by=, at=",
    "PRUNED": "what has served its time: pairs (word, moment → rows before it)",
    "DIGESTS": "rows whose digest is kept elsewhere than in the row's own fields: pairs (model, row → digest)",
    "SPEAKING": "which rows speak of people by their words alone: pairs (model, kernel.brings.Spoken → keys)",
    "CHECKS": "what is kept twice and must agree: Check",
    "PAPERS": "papers about one kind of row: Papers of reporting",
    "BULLETINS": "notices of an area and a month: Bulletin of reporting",
    "BOARD": "what stands on the public board of a village: Section of reporting",
    "EXPORTS": "what leaves as a sheet: Sheet of the exports",
    "POPULATIONS": "what figures count: Population of the figures",
    "SATCHEL": "which pages somebody takes along where there is no signal: (user, day) → [Carried]",
    "DEMO": "what the demo county plants and counts: Planting",
    "PLANNED": "what engines plan for an app: Planned of solving", "SCHOOL_DAYS": "which sites go by a school's own days: sites, day → {key: weekday} (schools.year.sites)",
    "SIMULATED": "what an app lives in a simulated year: Year → one with live, night, judge, know, turn_over, counts",
}


@dataclass(frozen=True)
class Line:
    """What a line of the journal is called on its page, with its matter, and by which duty it was done (none: by the place alone)."""

    act: str
    words: object
    duty: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Check:
    """One part of `wanjia check`: what is kept twice is worked out again.

    faults(day) → (what, column, is, should) of each difference; waits: they are work that goes on, no faults; sealed: columns whose
    texts are told by their digests; counted: (name, words, () → how many there are to check).
    """

    kind: str
    faults: Callable[[Any], Iterable[tuple[Any, ...]]]
    rank: int = 0
    waits: bool = False
    sealed: tuple[str, ...] = ()
    counted: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Spoken:
    """Whom an erasure seeks: the keys of the person's records, their folded names and numbers, whether a text holds one of these."""

    people: set[Any]
    strings: set[str]
    names: Callable[..., Any]


@dataclass(frozen=True)
class Planting:
    """What an app plants in the demo county.

    workbooks: [(template, path)], imported as a user would, by rank; shown: ids of the figures that are printed;
    live(area code, say) → lives the days up to yesterday by the app's own commands; count(area code) → rows of figures.
    """

    workbooks: tuple[Any, ...] = ()
    live: Callable[..., Any] | None = None
    shown: tuple[Any, ...] = ()
    count: Callable[..., Any] | None = None


@cache
def gather(kind: str) -> list[Any]:
    """Return everything brought under one kind, a list, from the ground floor up. Raises KeyError for a kind that nobody asks for."""
    if kind not in KINDS:
        raise KeyError(kind)
    return [one for module in parts("brings") for one in getattr(module, kind, ())]


def ranked(kind: str) -> list[Any]:
    """Return everything brought under one kind by its rank."""
    return sorted(gather(kind), key=lambda one: one.rank)


def parts(name: str) -> Iterator[ModuleType]:
    """Yield the module `name` of every installed app of ours that has one, from the ground floor up."""
    for app in settings.WANJIA_APPS:
        if find_spec(f"{app}.{name}"):
            yield import_module(f"{app}.{name}")
