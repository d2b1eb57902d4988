"""Inspections as figures count them: hazards told of in the year, rounds begun in it, the places on their lists; each as of a day."""

from datetime import timedelta
from pathlib import Path

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from wanjia.kernel.calendar import day_start
from wanjia.policy import inspecting as policy
from wanjia.reporting.figures.dated import counted, facts, holds
from wanjia.reporting.figures.population import Population

from ..dating import of_year
from ..inspecting.rules import visible_hazards
from ..inspection_states import HazardState
from ..models import Hazard, HazardDelay, InspectionRound, Recheck, RoundVenue
from ..rounds.rules import visible_stops
from ..venues.rules import visible_rounds
from .counting import listed_by

HERE = Path(__file__).parent


def hazards_on(rows, day, today):
    """Return the hazards told of in the year up to a day, with whether each was closed by then, overdue, and on the ledger; as it was known on that day: what was found in December and told in January is of the new year."""
    day = day or today
    end = day_start(day + timedelta(days=1))
    passed_later = Exists(Recheck.objects.filter(hazard=OuterRef("pk"), passed=True, recorded_at__gte=end))
    closed, mended = Q(closed_on__lte=day) & ~Q(passed_later), Q(mended_on__isnull=False, mended_on__lte=day) & (Q(mended_at=None) | Q(mended_at__lt=end))
    put_off_later = HazardDelay.objects.filter(hazard=OuterRef("pk"), put_at__gte=end).order_by("put_at").values("was_on")[:1]  # then it was due as the first of these says
    late = (~mended & Q(due_then__lt=day)) | (mended & Q(due_then__lt=day - timedelta(days=policy.in_force(day).recheck_days)))  # as the list of what is late says it
    looked = Exists(Recheck.objects.filter(hazard=OuterRef("pk"), day__lte=day, recorded_at__lt=end))
    rows = rows.annotate(due_then=Coalesce(Subquery(put_off_later), F("due_on")))
    return rows.filter(of_year(day, "inspection__recorded_at", "found_on"), found_on__lte=day, inspection__recorded_at__lt=end).annotate(
        f_closed=holds(closed), f_handed=holds(closed & Q(state=HazardState.TRANSFERRED)), f_rechecked=looked, f_late=holds((Q(closed_on=None) | ~closed) & late), f_climbed=holds(Q(need_at__lt=end)),
    )  # fmt: skip


def rounds_on(rows, day, today):
    """Return the rounds that began in the year up to a day, with whether each was complete by then, or past its last day."""
    day = day or today
    end = day_start(day + timedelta(days=1))
    open_then = Q(closed_at=None) | Q(closed_at__gte=end)
    return rows.filter(from_on__year=day.year, begun_at__lt=end).annotate(f_complete=holds(Q(closed_at__lt=end)), f_late=holds(open_then & Q(until_on__lt=day)))


def stops_on(rows, day, today):
    """Return the places that were on the lists of these rounds by then, with whether each was looked at by then, or left out with a reason."""
    day = day or today
    end = day_start(day + timedelta(days=1))
    return rows.filter(listed_by(end), round__from_on__year=day.year, round__begun_at__lt=end).annotate(f_looked=holds(Q(inspection__day__lte=day, inspection__recorded_at__lt=end)), f_reason=holds(Q(left_out_at__lt=end)))


HAZARDS = ("closed", "late", "climbed", "handed", "rechecked")
POPULATIONS = [
    Population("hazards", HERE / "hazards.toml", Hazard, counted(Hazard, visible_hazards, "inspection__stop__venue__area_id"), "inspection__stop__venue__area_id", few=HAZARDS, facts=facts(*HAZARDS),
               as_of=hazards_on),
    Population("rounds", HERE / "rounds.toml", InspectionRound, counted(InspectionRound, visible_rounds, "area_id"), "area_id", few=("complete", "late"),
               facts=facts("complete", "late"), as_of=rounds_on),
    Population("stops", HERE / "stops.toml", RoundVenue, counted(RoundVenue, visible_stops, "venue__area_id"), "venue__area_id", few=("looked", "reason"),
               facts=facts("looked", "reason"), as_of=stops_on),
]  # fmt: skip
