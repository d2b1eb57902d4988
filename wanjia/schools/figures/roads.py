"""Operations on the road and patrols as figures count them: those of the year up to a day; several forces that walk together are one patrol."""

from datetime import timedelta
from pathlib import Path

from django.db.models import Count, Exists, OuterRef, Q

from wanjia.kernel.calendar import day_start
from wanjia.reporting.figures.dated import counted, facts, holds
from wanjia.reporting.figures.population import Population

from ..dating import of_year
from ..models import Patrol, PatrolForce, RoadCount, RoadOperation, RoadReport
from ..patrols.rules import visible_patrols
from ..road_states import OFFENCES, PatrolState, RoadState
from ..roads.rules import visible_operations

HERE = Path(__file__).parent


def operations_on(rows, day, today):
    """Return the operations of the year up to a day that were not called off, with whether counts were told by then, corrected, with offences in what stood then, near a school."""
    day = day or today
    end = day_start(day + timedelta(days=1))
    told = RoadReport.objects.filter(operation=OuterRef("pk"), told_at__lt=end)
    later = RoadReport.objects.filter(operation=OuterRef("report__operation"), number__gt=OuterRef("report__number"), told_at__lt=end)
    found = RoadCount.objects.filter(report__operation=OuterRef("pk"), report__told_at__lt=end, kind__in=[kind.value for kind in OFFENCES], n__gt=0).exclude(Exists(later))
    return rows.filter(of_year(day, "made_at"), day__lte=day, made_at__lt=end).exclude(state=RoadState.CALLED_OFF).annotate(
        f_told=Exists(told), f_offences=Exists(found), f_near=holds(Q(near__isnull=False)), f_corrected=Exists(told.filter(number__gt=1)),
    )  # fmt: skip


def patrols_on(rows, day, today):
    """Return the patrols of the year up to a day, with whether each was walked by then, excused, neither; whether several forces walk it, whether it looks after a notice, whether something was found."""
    day = day or today
    end = day_start(day + timedelta(days=1))
    walked, missed = Q(state=PatrolState.WALKED, told_at__lt=end), Q(state=PatrolState.MISSED, told_at__lt=end)
    forces = PatrolForce.objects.filter(patrol=OuterRef("pk")).order_by().values("patrol").annotate(n=Count("pk")).filter(n__gt=1)
    return rows.filter(day__year=day.year, day__lte=day, made_at__lt=end).annotate(
        f_walked=holds(walked), f_missed=holds(missed), f_silent=holds(~walked & ~missed), f_joint=Exists(forces), f_for_notice=holds(Q(notice__isnull=False)),
        f_found=Exists(Patrol.objects.filter(pk=OuterRef("pk"), findings__step__taken_at__lt=end)),
    )  # fmt: skip


ROADS, PATROLS = ("told", "offences", "near", "corrected"), ("walked", "missed", "silent", "joint", "for_notice", "found")
POPULATIONS = [
    Population("road_operations", HERE / "road_operations.toml", RoadOperation, counted(RoadOperation, visible_operations, "area_id"), "area_id", few=ROADS, facts=facts(*ROADS), as_of=operations_on),
    Population("patrols", HERE / "patrols.toml", Patrol, counted(Patrol, visible_patrols, "area_id"), "area_id", few=PATROLS, facts=facts(*PATROLS), as_of=patrols_on),
]  # fmt: skip
