"""The words of the board's tasks (协同任务): how far a task is, how far an assisting unit's part. Tables of moves of both."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.machine import Machine, Move


class BoardState(TextChoices):
    """How far a task of the board is (协同任务的状态)."""

    GIVEN = "board_given", _("等牵头单位接受")
    CONTESTED = "board_contested", _("牵头单位有异议")
    TAKEN = "board_taken", _("牵头单位在办")
    REPORTED = "board_reported", _("报办结,等确认")
    CONFIRMED = "board_confirmed", _("确认办结")
    WITHDRAWN = "board_withdrawn", _("撤回的任务")


UNDONE = (BoardState.GIVEN, BoardState.CONTESTED, BoardState.TAKEN)  # nothing was reported yet: late once the day is over
STILL = (*UNDONE, BoardState.REPORTED)

BOARD_TASK = Machine("board_task", initial=[BoardState.GIVEN], moves=[
    Move("accept", (BoardState.GIVEN,), BoardState.TAKEN, _("接受协同任务")),
    Move("contest", (BoardState.GIVEN,), BoardState.CONTESTED, _("对协同任务提出异议")),
    Move("settle", (BoardState.CONTESTED,), BoardState.GIVEN, _("答复协同任务的异议")),
    Move("report", (BoardState.TAKEN,), BoardState.REPORTED, _("报协同任务办结")),
    Move("send_back", (BoardState.REPORTED,), BoardState.TAKEN, _("退回协同任务")),
    Move("confirm", (BoardState.REPORTED,), BoardState.CONFIRMED, _("确认协同任务办结")),
    Move("withdraw", STILL, BoardState.WITHDRAWN, _("撤回协同任务")),
])  # fmt: skip


class PartState(TextChoices):
    """How far the part of an assisting unit is (配合事项的状态)."""

    OPEN = "board_part_open", _("配合单位在办")
    DONE = "board_part_done", _("配合完成")
    OVER = "board_part_over", _("不再等的配合")


BOARD_PART = Machine("board_part", initial=[PartState.OPEN], moves=[
    Move("finish", (PartState.OPEN,), PartState.DONE, _("报配合完成")),
    Move("end", (PartState.OPEN,), PartState.OVER, _("任务办结或撤回,不再等")),
])  # fmt: skip
