"""Faults of the figures."""

import dataclasses
from unittest.mock import patch

from wanjia.indicators import definitions
from wanjia.reporting.figures import queries as figures
from wanjia.reporting.notices import commands as printing

from .planting import after, fault


def redefined(name, **change):
    """Let one figure ask something else."""
    true = definitions._kept

    def bent(kind, population):
        found = true(kind, population)
        return {**found, name: dataclasses.replace(found[name], **change)} if name in found else found

    bent.cache_clear = true.cache_clear
    yield patch.object(definitions, "_kept", bent)
    yield patch.object(definitions, "_tree", definitions._tree.__wrapped__)


@fault("a withdrawn need counts as reasonable")
def withdrawn_counted():
    yield from redefined("needs.reasonable", where={"reasonable": ["yes", "partly"], "not_state": ["declined"]})


@fault("what is late stops being late once it is reported done")
def late_not_counted():
    yield from redefined("needs.overdue", where={"state": "working", "due_on_before": "day"})


@fault("a share counts what its whole does not")
def share_beyond_its_whole():
    yield from redefined("needs.settled", where={"outcome": "settled"})


@fault("a household's slip counts as a callback")
def slip_counted_as_callback():
    yield from redefined("needs.confirmed", where={"reasonable": ["yes", "partly"], "state": "reported", "confirmed": ["solved"]})


@fault("the list behind a figure forgets to ask whose it is")
def list_differs():
    yield after(figures, "rows_of_all", lambda rows, ids, *_args, **_what: rows.exclude(returns__gt=0) if ids == ["needs.open"] else rows)


@fault("a past day is read by the clock of today")
def past_from_today():
    yield patch("wanjia.reporting.figures.facts.last_lines", lambda of, _day, _known, _until: of.lines.objects.filter(state_after="closed") | of.lines.objects.filter(n=1))


@fault("a notice counts what happened after its month")
def notice_counts_on():
    yield patch("wanjia.reporting.notices.freezing.moment_of", lambda paper: paper.printed_at)


@fault("a notice printed again gets another number")
def notice_numbered_again():
    yield patch.object(printing, "Paper", _Forgetful(printing.Paper))


class _Forgetful:
    """A table in which nothing is found again."""

    def __init__(self, true):
        self.objects = _Found(true.objects)


class _Found:
    def __init__(self, true):
        self.true = true

    def filter(self, **_what):
        return self.true.none()

    def create(self, **what):
        return self.true.create(**what)
