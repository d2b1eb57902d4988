"""What the acts of the board are about: a task, and a part of it that an assisting unit does."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked
from wanjia.verdict import NotFound

from ..models import BoardPart, BoardTask
from .rules import SEES, visible_parts, visible_tasks

OVER = ("labour:board_tasks", _("协同任务"))


def _take_part(pk, at):
    """Lock the task first, then its part: acts on a task and on its parts happen one after the other."""
    task = BoardPart.objects.filter(pk=pk).values_list("task", flat=True).first()
    if task is None:
        raise NotFound(_("没有找到。可能不存在,或者不在您的辖区。"))
    task, at = locked(BoardTask, "area", "lead", "office")(task, at)
    part = BoardPart.objects.select_for_update(of=("self",), no_key=True).select_related("unit").get(pk=pk)
    part.task = task
    return part, at


BOARD_TASKS = Subject(
    "board_task", "labour.boardtask", "labour/board-tasks", seen=lambda actor, duty=SEES: visible_tasks(actor, duty=duty).select_related("area", "lead", "office", "set_by", "reported_by", "later_by"),
    take=locked(BoardTask, "area", "lead", "office"), page="labour:board_task", over=OVER, about=lambda task: task.what, says=lambda task: task.lead.name,
)  # fmt: skip
BOARD_PARTS = Subject(
    "board_part", "labour.boardpart", "labour/board-parts", seen=lambda actor, duty=SEES: visible_parts(actor, duty=duty).select_related("task", "unit"), take=_take_part,
    page="labour:board_task", of=lambda part: part.task, over=OVER, about=lambda part: f"{part.task.what} · {part.unit.name}", says=lambda part: part.what,
)  # fmt: skip
