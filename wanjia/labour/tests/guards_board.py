"""What each constraint of the board's tasks refuses: a row that is right but for this, written past the acts (tests/house/test_guards_felt.py)."""

from ..models import BoardPart, BoardStep, BoardTask
from . import acts_board as b


def _part(world):
    return BoardPart.objects.get(pk=b.part(world)["board_part_id"])


CHECKS = {
    "board_task_ended_at_its_moment": lambda w: b.task(w) and BoardTask.objects.update(ended_at=b.MONDAY),
    "board_task_done_is_reported": lambda w: b.task(w, "reported") and BoardTask.objects.update(reported_on=None),
    "board_task_later_moves_on": lambda w: b.task(w) and BoardTask.objects.update(later_on=b.DUE),
    "board_part_ended_at_its_moment": lambda w: _part(w) and BoardPart.objects.update(ended_at=b.MONDAY),
}
ONCE = {"one_board_part_a_unit": _part, "board_step_once": lambda w: b.task(w) and BoardStep.objects.get()}
