"""What moves a need's own date besides its grade: an extension (延期), a stopped clock (挂起); and the steps of a plan (列入计划)."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Tier

from ..states import EXTENSION, StopReason, Way

# Written by acts alone, like the rest of what may change on a need.
CLOCK = (
    "asked_for", "asked_until", "asked_in", "extended_from", "extension_told_on", "extension_told_way", "stop_reason", "stopped_on", "runs_on",
    "stopped_from", "stopped_days", "stop_told_on", "stop_told_way", "papers_stopped", "raised_from",
)  # fmt: skip


class Clock(models.Model):
    """The part of a need that keeps its own clock beside the plain date.

    A stop is the half-open span [stopped_on, runs_on): its working days do not count. `due_on` is from the first moment the day that
    follows if it lasts to its latest day, so nothing has to tick: when it is ended earlier, the act that ends it moves the date back.
    """

    asked_for = models.CharField(_("等上一级审批"), max_length=12, choices=[(EXTENSION, _("延期")), *StopReason.choices], blank=True)
    asked_until = models.DateField(_("申请到哪天"), null=True, blank=True)
    asked_in = models.SmallIntegerField(null=True)  # the round in which an extension was asked for: once a round
    extended_from = models.DateField(_("延期前的时限"), null=True, blank=True)
    extension_told_on = models.DateField(_("延期告知日期"), null=True, blank=True)
    extension_told_way = models.CharField(_("延期告知方式"), max_length=8, choices=Way, blank=True)
    stop_reason = models.CharField(_("挂起原因"), max_length=12, choices=StopReason, blank=True)
    stopped_on = models.DateField(_("挂起日期"), null=True, blank=True)
    runs_on = models.DateField(_("恢复计时日期"), null=True, blank=True)
    stopped_from = models.DateField(null=True)  # due_on as it stood when this stop began
    stopped_days = models.SmallIntegerField(default=0)  # working days of the stops before this one
    stop_told_on = models.DateField(_("挂起告知日期"), null=True, blank=True)
    stop_told_way = models.CharField(_("挂起告知方式"), max_length=8, choices=Way, blank=True)
    papers_stopped = models.BooleanField(default=False)  # it has stopped for the household's papers: the next time asks the tier above

    # The tier it was raised from, until somebody above hands it on: from there no hand of that tier or below it moves it (提级前的层级).
    raised_from = models.CharField(_("提级前的层级"), max_length=10, choices=Tier, blank=True)

    class Meta:
        abstract = True

    def is_stopped(self, day):
        """Tell whether the clock stands still on a day."""
        return self.stopped_on is not None and self.stopped_on <= day < self.runs_on


class Milestone(models.Model):
    """One step of a plan (计划节点): by which day what is to stand, and when it did."""

    privacy = {"open": ("id", "need", "due_on", "done_on"), "internal": ("words", "set_at", "set_by", "set_by_name", "done_words", "done_at", "done_by", "done_by_name")}
    erasure = Erasure(about={"casework.Need": ("need",)}, word=("words", "done_words"),
                      kept=dict.fromkeys(("set_by_name", "done_by_name"), "who of the staff answers for the step"))  # fmt: skip
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    need = models.ForeignKey("casework.Need", on_delete=models.PROTECT, related_name="milestones")
    due_on = models.DateField(_("节点日期"))
    words = models.CharField(_("到这天要做成什么"), max_length=200)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    set_by_name = models.CharField(max_length=60)
    done_on = models.DateField(_("完成日期"), null=True, blank=True)
    done_words = models.CharField(_("完成情况"), max_length=200, blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    done_by_name = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["need_id", "due_on", "set_at"]
        constraints = [models.UniqueConstraint(fields=["need", "due_on", "words", "set_at"], name="milestone_once")]

    def __str__(self):
        return f"{self.due_on} {self.words}"

    @property
    def set_on(self):
        """The day on which it was set."""
        return today(self.set_at)
