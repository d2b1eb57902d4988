"""Craftsmen, who learns with them, bookings and ventures as figures count them; each as of a day."""

from datetime import timedelta
from pathlib import Path

from django.db.models import Exists, OuterRef, Q

from wanjia.kernel.calendar import day_start
from wanjia.reporting.figures.dated import counted, facts, holds
from wanjia.reporting.figures.population import Population

from ..craft_states import BookingState
from ..crafts.rules import visible_bookings, visible_craftsmen, visible_pairs
from ..models import CraftBooking, Craftsman, MentorPair, Venture
from ..ventures.queries import in_season
from ..ventures.rules import visible_ventures

HERE = Path(__file__).parent


def _up(rows, day):
    return rows.filter(shown_on__lte=day).filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=day))


def _end(day):
    return day_start(day + timedelta(days=1))


def craftsmen_on(rows, day, today):
    """Return the craftsmen who were shown on a day, with whether somebody learned with them then."""
    day = day or today
    learning = MentorPair.objects.filter(craftsman=OuterRef("pk"), from_on__lte=day, begun_at__lt=_end(day)).filter(Q(to_on=None) | Q(to_on__gt=day))
    return _up(rows, day).annotate(f_teaches=holds(Exists(learning)))


def pairs_on(rows, day, today):
    """Return the pairs that began up to a day, with whether the learner learned still, and has an income by it as was known then."""
    day = day or today
    rows = rows.filter(from_on__lte=day, begun_at__lt=_end(day))
    return rows.annotate(f_running=holds(Q(to_on=None) | Q(to_on__gt=day)), f_earns=holds(Q(to_on__lte=day, earns=True)))


def bookings_on(rows, day, today):
    """Return the bookings that were asked for in the year up to a day, with whether he came, or nothing came of it, by then."""
    day = day or today
    rows = rows.filter(asked_on__year=day.year, asked_on__lte=day)
    settled = Q(settled_on__lte=day)
    return rows.annotate(f_held=holds(settled & Q(state=BookingState.HELD)), f_failed=holds(settled & Q(state=BookingState.FAILED)))


def ventures_on(rows, day, today):
    """Return the ventures that were shown on a day, with whether it was in their months."""
    day = day or today
    return _up(rows, day).annotate(f_in_season=holds(in_season(day)))


def _of(name, model, visible, place, as_of, *asked):
    return Population(name, HERE / f"{name}.toml", model, counted(model, visible, place), place, few=asked, facts=facts(*asked), as_of=as_of)


POPULATIONS = [
    _of("craftsmen", Craftsman, visible_craftsmen, "village_id", craftsmen_on, "teaches"),
    _of("mentor_pairs", MentorPair, visible_pairs, "craftsman__village_id", pairs_on, "running", "earns"),
    _of("craft_bookings", CraftBooking, visible_bookings, "village_id", bookings_on, "held", "failed"),
    _of("ventures", Venture, visible_ventures, "village_id", ventures_on, "in_season"),
]
