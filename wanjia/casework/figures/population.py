"""The needs as a population, and the sub-tasks of helpers: their facts, for needs on a past day too, who counts which, where they lie."""

from pathlib import Path

from django.db.models.functions import Substr

from wanjia.reporting.figures.population import Population
from wanjia.reporting.figures.rules import opens_rows

from ..models import Need, Step, SubTask
from ..rules import visible_needs

NEEDS = Population(
    name="needs",
    definitions=Path(__file__).parents[1] / "figures.toml",
    rows=Need,
    lines=Step,
    of="need",
    lines_name="steps",
    facts={
        "state": ("state", "state_after"),
        "reasonable": ("reasonable", "reasonable"),
        "outcome": ("outcome", "outcome"),
        "confirmed": ("confirmed", "confirmed"),
        "confirmed_by": ("confirmed_by", "confirmed_by"),
        "due_on": ("due_on", "due_on"),
        "late_since": ("late_since", "late_since"),
        "extended_from": ("extended_from", "extended_from"),
        "runs_on": ("runs_on", "runs_on"),
        "handler": ("handler_id", "handler_id"),
        "difficulty": ("difficulty", "difficulty"),
        "callback_failed": ("callback_failed", "callback_failed"),
        "contradicted_on": ("contradicted_on", "contradicted_on"),
    },
    few=("state", "reasonable", "outcome", "confirmed", "confirmed_by", "callback_failed"),
    visible=visible_needs,
    place="village_id",
    # The number bears the month in which a need was received: 530625-202611-000012.
    month=Substr("number", 8, 6),
    in_month=lambda needs, month: needs.filter(number__contains=f"-{month}-"),
    months=("needs.received", "needs.settled", "needs.confirmed"),
    one=("matter_id", "matter_id"),
    sums={"path.": "needs.received", "board.": "needs.received", "age.": "needs.open"},
    whom="pk",
    circle=opens_rows,
)


def counted_tasks(actor, *, duty):
    """Return the sub-tasks of the needs that an actor counts."""
    return SubTask.objects.filter(need__in=visible_needs(actor, duty=duty))


# What helpers were asked; counted as it stands now, since a sub-task keeps no history of its own: its need's lines do.
TASKS = Population(
    name="tasks", definitions=Path(__file__).parents[1] / "tasks.toml", rows=SubTask, few=("state", "late"), visible=counted_tasks,
    place="need__village_id",
)  # fmt: skip
