"""The table of a school's week: each seat a line, each day a cell, from due seats and the roster that stands."""

from collections import defaultdict
from datetime import date, timedelta

from django.http import Http404

from ..plan_states import Party
from .rules import is_over
from .standing import Cover

WEEK = timedelta(days=7)


def week_of(text, day):
    """Return the Monday of the week that a page asks for. Raises Http404 for no day."""
    try:
        found = date.fromisoformat(text) if text else day
    except ValueError:
        raise Http404 from None
    return found - timedelta(days=found.weekday())


def table_of(school, monday, at=None):
    """Return the table of a school's week: the days, and for each seat its cells, a duty or a gap's reason; at: what has ended by then is nobody's to fill."""
    cover = Cover([school], monday, monday + WEEK)
    why = {gap.seat.key: gap.why for gap in cover.gaps}
    every = [*cover.seats, *cover.offered]
    days = sorted({one.day for one in every})
    lines = defaultdict(dict)
    for seat in every:
        lines[seat.from_at, seat.to_at, seat.going, seat.post.name, _rank(seat.party), seat.n][seat.day] = (cover.duties.get(seat.key), why.get(seat.key), seat, at is not None and is_over(seat, at))
    rows = [
        {"from_at": line[0], "to_at": line[1], "going": line[2], "post": line[3], "party": Party(list(Party)[line[4]]).label, "cells": [cells.get(day) for day in days]}
        for line, cells in sorted(lines.items())
    ]  # fmt: skip
    return {"days": days, "rows": rows, "gaps": len(cover.gaps), "seats": len(cover.seats)}


def _rank(party):
    return [one.value for one in Party].index(party)
