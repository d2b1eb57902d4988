"""Versions of plans, and which one stands."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, User

from .states import PLAN, PlanState


class Plan(models.Model):
    """One version of a plan (方案): who asked for it and with what, how far it is, what the referee found.

    `about` is the key of what it plans (a campaign, a school); `settings` what the asker chose; `words` the numbers of its summary. Its
    proposals are rows of the app that brought its kind.
    """

    privacy = {
        "open": ("id",),
        "internal": (
            "kind", "about", "area", "number", "state", "settings", "asked_at", "asked_by", "run", "beat_at", "share", "doing", "stop", "ended_at", "words", "gap",
            "stopped", "fault", "version",
        ),
    }  # fmt: skip
    erasure = Erasure(
        nobody="a version of a plan: its settings and numbers; whom it proposes stands in rows of the app that brought it",
    )
    machine = PLAN

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20)
    about = models.CharField(max_length=40)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.IntegerField(_("第几版"))
    state = models.CharField(max_length=8, choices=PlanState, default=PlanState.ASKED)
    settings = models.JSONField(default=dict)
    asked_at = models.DateTimeField(_("什么时候要的"))
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    run = models.CharField(
        max_length=32, blank=True
    )  # which process may write: one that was taken for dead finds another's here and stops
    beat_at = models.DateTimeField(null=True)
    share = models.SmallIntegerField(default=0)  # percent
    doing = models.CharField(max_length=120, blank=True)
    stop = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)
    words = models.JSONField(default=dict)
    gap = models.FloatField(null=True)
    stopped = models.BooleanField(default=False)
    fault = models.CharField(max_length=300, blank=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "about", "number"], name="plan_number_once"),
            # Two runs of one thing would each believe that its proposals follow what stands.
            models.UniqueConstraint(fields=["kind", "about"], condition=Q(state__in=("asked", "running")), name="one_plan_runs"),
        ]
        indexes = [models.Index(fields=["state"], condition=Q(state__in=("asked", "running")), name="plan_unfinished")]

    def __str__(self):
        return f"{self.kind} {self.number}"

    @property
    def gap_words(self):
        """How far from the best it may be, in percent; a plan that is proven has none."""
        return "" if self.gap is None else f"{100 * self.gap:.3f} %"


class Standing(models.Model):
    """Which version stands (现行方案): one row for each thing that is planned, changed by one swap."""

    privacy = {"internal": ("id", "kind", "about", "plan", "since", "by", "version")}
    erasure = Erasure(nobody="a pointer to a version")

    kind = models.CharField(max_length=20)
    about = models.CharField(max_length=40)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="standing")
    since = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    version = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "about"], name="one_plan_stands")]

    def __str__(self):
        return str(self.plan)
