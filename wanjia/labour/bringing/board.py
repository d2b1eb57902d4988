"""What the board's tasks bring: the place in the menu, what waits, the alarm, the clock's round, the figures."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from wanjia.doors.kinds import Notice, Place
from wanjia.kernel.brings import Check, Line
from wanjia.orgs.delivery.kinds import About
from wanjia.orgs.trail.subjects import Subject
from wanjia.reporting.figures.population import Population

from .. import simulating_board
from ..board import queries, tasks
from ..board.commands import ABOUT
from ..board.rules import SEES, counted_tasks
from ..models import BoardTask

PLACES = [Place("labour:board_tasks", "link", _("协同任务"), "labour", 18, SEES, acts=("/labour/board-tasks/*", "/labour/board-parts/*"))]
QUEUES = [queries.queue]
_LATE = ngettext_lazy("有 %(n)s 项协同任务过了日期还没有报办结", "有 %(n)s 项协同任务过了日期还没有报办结", "n")
NOTICES = [Notice(queries.overdue, _LATE, "labour:board_tasks", where="desk", tone="bad", icon="alarm", rank=22, query="list=late")]
TONES = [
    ("board_given", "orange"), ("board_contested", "red"), ("board_taken", "blue"), ("board_reported", "orange"), ("board_confirmed", "green"), ("board_withdrawn", "grey"),
    ("board_part_open", "blue"), ("board_part_done", "green"), ("board_part_over", "grey"),
]  # fmt: skip
SUBJECTS = [Subject("labour.boardtask", "what"), Subject("labour.boardpart", "task__what")]
LINES = [Line("board_task.climb", _("协同任务超期提醒"), ()), Line("board_part.end", _("任务办结或撤回,不再等"), SEES)]
TICKS = [(tasks.tick, tasks.is_due)]
MESSAGES = [About(ABOUT, _("协同任务超期,到期日"), "labour:board_tasks")]
CHECKS = [Check("board_task", queries.faults, rank=63)]
POPULATIONS = [
    Population(
        "board_tasks", Path(__file__).parents[1] / "board" / "figures.toml", BoardTask, counted_tasks, "area_id", few=("state", "pillar", "on_time"), as_of=queries.on_day,
        facts={name: (name, "") for name in ("state", "due_on", "on_time", "pillar")},
    ),
]  # fmt: skip
ROUTERS = [("", "wanjia.labour.board_api.router")]
SIMULATED = [simulating_board.begin]
