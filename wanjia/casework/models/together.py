"""Lead and helpers (主办、协办): what a unit is asked to do for another's need, and what units agreed on together about it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Organisation

from ..states import STILL, TASK, TaskState

LONGEST_TASK, LONGEST_AGREED = 200, 300


class Consultation(models.Model):
    """One consultation about a need (协商记录): on which day, which units took part, what was agreed.

    units: ids of those that took part beside the lead unit.
    """

    privacy = {"open": ("id", "need", "on", "at", "units"), "internal": ("words", "by", "by_name", "by_org")}
    erasure = Erasure(about={"casework.Need": ("need",)}, word=("words",), kept={"units": "ids of units", "by_name": "who of the staff kept the record"})
    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    need = models.ForeignKey("casework.Need", on_delete=models.PROTECT, related_name="consultations")
    on = models.DateField(_("协商日期"))
    units = models.JSONField(default=list)
    words = models.CharField(_("商定的事"), max_length=LONGEST_AGREED)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=60)
    by_org = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["need_id", "at"]

    def __str__(self):
        return f"{self.need_id} {self.on}"


class SubTask(models.Model):
    """What a helping unit is asked to do for a need (协办事项): whose it is, by which day, and what came of it.

    The lead unit is whoever holds the need: where the need goes, it goes along. calls: whether the helper has to speak with the
    household itself, and so may see its number; agreed: the consultation at which the unit took it on; late: done after its day.
    """

    privacy = {
        "open": ("id", "need", "unit", "state", "version", "due_on", "asked_at", "agreed", "agreed_at", "agree_from_on", "ended_at", "late"),
        "internal": ("words", "calls", "asked_by", "asked_by_name", "asked_org", "taken_at", "taken_by", "urged_at", "returns", "result"),
    }
    erasure = Erasure(about={"casework.Need": ("need",)}, word=("words", "result"), kept={"asked_by_name": "who of the staff asked"})
    machine = TASK
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    need = models.ForeignKey("casework.Need", on_delete=models.PROTECT, related_name="tasks")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("协办单位"))
    state = models.CharField(_("状态"), max_length=10, choices=TaskState, default=TaskState.ASKED)
    version = models.IntegerField(default=0)
    words = models.CharField(_("要做什么"), max_length=LONGEST_TASK)
    due_on = models.DateField(_("哪天以前"))
    calls = models.BooleanField(_("要直接联系诉求人"), default=False)
    agreed = models.ForeignKey(Consultation, null=True, on_delete=models.PROTECT, related_name="tasks")
    agreed_at = models.DateTimeField(_("确认协商时间"), null=True)  # by the helper's own hand; until then the consultation is the lead's word alone
    agree_from_on = models.DateField(null=True)  # since when its yes is awaited, where not since it was asked: a taker's, and of what was asked before a yes was
    asked_at = models.DateTimeField()  # anew when it is given to another unit
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_by_name = models.CharField(max_length=60)
    asked_org = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(_("接下时间"), null=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    urged_at = models.DateTimeField(null=True)  # last, since it was asked
    returns = models.SmallIntegerField(_("退回次数"), default=0)
    result = models.CharField(_("结果"), max_length=LONGEST_AGREED, blank=True)  # what was done; why it was sent back or called off
    ended_at = models.DateTimeField(null=True)
    late = models.BooleanField(_("超期办完"), default=False)

    class Meta:
        ordering = ["need_id", "asked_at"]
        indexes = [models.Index(fields=["unit", "state", "due_on"]), models.Index(fields=["need", "state"])]
        constraints = [
            models.CheckConstraint(name="task_ended_has_its_moment", condition=Q(state__in=STILL, ended_at=None) | ~Q(state__in=STILL) & Q(ended_at__isnull=False))
        ]  # fmt: skip

    def __str__(self):
        return f"{self.unit} {self.words}"

    @property
    def is_still(self):
        """Whether the lead waits for it: asked, taken on, or sent back and not yet decided on."""
        return self.state in STILL

    @property
    def stopped_on(self):
        """The day on which its clock stopped; None while it runs."""
        return today(self.ended_at) if self.ended_at else None
