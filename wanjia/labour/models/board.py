"""Tasks of the inter-department board (协同推进机制, B6): what a lead unit is to do by a day, the parts of those that assist, and each line of it."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, Organisation, staff

from ..board_states import BOARD_PART, BOARD_TASK, STILL, BoardState, PartState

SHORT, LONG, LINE = 60, 300, 400


class BoardTask(models.Model):
    """A task of the board (协同任务): one lead unit, one day. It is no need of a household and is counted with none (ADR 141).

    office: the unit that set it, and judges what becomes of it; contested: whether this lead has contested it, once; later_on: the day that the lead asks for
    and nobody has decided on; level: the highest stage of being overdue that the office was told of; result, evidence, paper: of the report that stands.
    """

    privacy = {
        "open": ("id", "area", "lead", "office", "what", "measure", "pillar", "due_on", "first_due_on", "state", "version", "set_on", "contested", "later_on", "level", "reported_on"),
        "internal": ("set_at", "set_by", "later_why", "later_by", "reported_by", "result", "evidence", "paper", "ended_at"),
    }  # fmt: skip
    erasure = Erasure(nobody="what offices do for each other; no act of it asks for a person")
    machine = BOARD_TASK
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("哪里"))
    lead = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("牵头单位"))
    office = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("交办单位"))
    what = models.CharField(_("做什么"), max_length=SHORT)
    measure = models.CharField(_("为什么、做到什么算办成"), max_length=LONG)
    pillar = models.CharField(_("归哪一“有”"), max_length=12)
    due_on = models.DateField(_("哪天以前"))
    first_due_on = models.DateField(_("当初定的日期"))
    state = models.CharField(_("状态"), max_length=15, choices=BoardState, default=BoardState.GIVEN)
    version = models.IntegerField(default=0)
    set_on = models.DateField(_("哪天交办"))
    set_at = models.DateTimeField()
    set_by = staff()
    contested = models.BooleanField(_("提过异议"), default=False)
    later_on = models.DateField(_("请求延到哪天"), null=True)
    later_why = models.CharField(max_length=LONG, blank=True)
    later_by = staff()
    level = models.SmallIntegerField(_("超期到第几级"), default=0)
    reported_on = models.DateField(_("哪天报办结"), null=True)
    reported_by = staff()
    result = models.CharField(_("办成了什么"), max_length=LONG, blank=True)
    evidence = models.CharField(_("数字的地址"), max_length=200, blank=True)
    paper = models.CharField(_("材料"), max_length=100, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["lead", "state"], name="board_task_lead"), models.Index(fields=["area", "state", "due_on"], name="board_task_area")]
        constraints = [
            models.CheckConstraint(name="board_task_ended_at_its_moment", condition=Q(state__in=STILL, ended_at=None) | (~Q(state__in=STILL) & Q(ended_at__isnull=False))),
            models.CheckConstraint(name="board_task_done_is_reported", condition=~Q(state__in=(BoardState.REPORTED, BoardState.CONFIRMED)) | Q(reported_on__isnull=False)),
            models.CheckConstraint(name="board_task_later_moves_on", condition=Q(later_on=None) | Q(later_on__gt=F("due_on"))),
        ]  # fmt: skip

    def __str__(self):
        return self.what

    @property
    def is_still(self):
        """Whether somebody waits for it."""
        return self.state in STILL


class BoardPart(models.Model):
    """What an assisting unit is to do for a task, with a day of its own (配合事项)."""

    privacy = {"open": ("id", "task", "unit", "what", "due_on", "state", "version"), "internal": ("asked_at", "asked_by", "result", "ended_at", "ended_by")}
    erasure = Erasure(nobody="what offices do for each other; no act of it asks for a person")
    machine = BOARD_PART
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = models.ForeignKey(BoardTask, on_delete=models.PROTECT, related_name="parts", db_index=False)
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("配合单位"))
    what = models.CharField(_("配合做什么"), max_length=SHORT, blank=True)
    due_on = models.DateField(_("哪天以前"))
    state = models.CharField(_("状态"), max_length=15, choices=PartState, default=PartState.OPEN)
    version = models.IntegerField(default=0)
    asked_at = models.DateTimeField()
    asked_by = staff()
    result = models.CharField(_("配合做成了什么"), max_length=LONG, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = staff()

    class Meta:
        ordering = ["task_id", "due_on", "pk"]
        indexes = [models.Index(fields=["unit", "state"], name="board_part_unit")]
        constraints = [
            models.UniqueConstraint(fields=["task", "unit"], name="one_board_part_a_unit"),
            models.CheckConstraint(name="board_part_ended_at_its_moment", condition=Q(state=PartState.OPEN, ended_at=None) | (~Q(state=PartState.OPEN) & Q(ended_at__isnull=False))),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.unit} {self.what}"


class BoardStep(models.Model):
    """One line of a task, and how the task stood after it (协同任务的经过): a past day is read from these, and no later act changes it.

    act: as the journal calls it; unit: in whose name, None of the clock; state, due_on, reported_on: of the task after this line.
    """

    privacy = {"open": ("id", "task", "n", "on", "act", "unit", "state", "due_on", "reported_on"), "internal": ("at", "by", "words")}
    erasure = Erasure(nobody="what offices do for each other; no act of it asks for a person")
    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = models.ForeignKey(BoardTask, on_delete=models.PROTECT, related_name="steps", db_index=False)
    n = models.SmallIntegerField()
    on = models.DateField()
    at = models.DateTimeField()
    act = models.CharField(max_length=30)
    by = staff()
    unit = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    words = models.CharField(max_length=LINE, blank=True)
    state = models.CharField(max_length=15, choices=BoardState)
    due_on = models.DateField()
    reported_on = models.DateField(null=True)

    class Meta:
        ordering = ["task_id", "n"]
        constraints = [models.UniqueConstraint(fields=["task", "n"], name="board_step_once")]

    def __str__(self):
        return f"{self.task_id} {self.n}"
