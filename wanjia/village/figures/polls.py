"""Polls as figures count them: those published in the year up to a day, homes on their rolls, votes cast."""

from pathlib import Path

from wanjia.reporting.figures.dated import counted
from wanjia.reporting.figures.population import Population

from ..models import Poll
from ..poll_states import PollState
from ..polls.rules import visible_polls

HERE = Path(__file__).parent


def polls_on(rows, day, today):
    """Return the polls published in the year up to a day."""
    day = day or today
    return rows.filter(state=PollState.CLOSED, closed_on__year=day.year, closed_on__lte=day)


POPULATIONS = [Population("village_polls", HERE / "village_polls.toml", Poll, counted(Poll, visible_polls, "area_id"), "area_id", as_of=polls_on)]
