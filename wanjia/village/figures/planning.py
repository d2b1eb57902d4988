"""The plan's items as figures count them: of plans in force on a day, with which were accepted and which were late; as of a day."""

from datetime import timedelta
from pathlib import Path

from django.db.models import Q

from wanjia.kernel.calendar import day_start
from wanjia.reporting.figures.dated import counted, facts, holds
from wanjia.reporting.figures.population import Population

from ..models import PlanWork
from ..plan_states import PlanState
from ..planning.rules import visible_works

HERE = Path(__file__).parent


def works_on(rows, day, today):
    """Return the items of plans in force on a day, with whether each was accepted by then, and whether it was late and not accepted."""
    day = day or today
    end = day_start(day + timedelta(days=1))
    rows = rows.filter(plan__from_on__lte=day, plan__state__in=(PlanState.IN_FORCE, PlanState.ENDED)).filter(Q(plan__to_on=None) | Q(plan__to_on__gt=day))
    done = Q(accepted_at__isnull=False, accepted_at__lt=end)
    return rows.annotate(f_done=holds(done), f_late=holds(Q(due_on__lt=day) & ~done))


POPULATIONS = [
    Population("plan_works", HERE / "plan_works.toml", PlanWork, counted(PlanWork, visible_works, "plan__village_id"), "plan__village_id", few=("done", "late"), facts=facts("done", "late"), as_of=works_on),
]  # fmt: skip
