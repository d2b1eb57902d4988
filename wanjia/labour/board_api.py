"""The board's tasks over HTTP: the list of those open, and the acts on them by their declarations."""

from django.utils.translation import gettext_lazy as _
from ninja import Router

from wanjia.doors.answers import Answer
from wanjia.doors.calls import list_of, router_of

from .board import commands as _commands  # noqa: F401 the acts are declared before their calls are made
from .board import queries
from .board.rules import visible_tasks
from .board.subjects import BOARD_TASKS
from .models import BoardTask

router = Router()
tasks = router_of(BOARD_TASKS)


class BoardTaskOut(Answer, of=BoardTask, columns="id area_code=area_id lead=lead.name office=office.name what measure pillar due_on first_due_on state set_on reported_on"):
    """One task of the board."""


@list_of(tasks, "", BoardTaskOut, page="labour:board_tasks", words=_("协同任务"))
def board_tasks_open(request, _asked):
    """The tasks that are open, the soonest due first: those that the caller's office sets, or that name a unit of the caller's."""
    return queries.listed(queries.on_day(visible_tasks(request.user), None), "open", request.day).select_related("lead", "office")


router.add_router("/labour/board-tasks", tasks)
