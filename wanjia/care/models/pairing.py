"""What a version of the pairs proposes; which children are to have somebody, since when."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.registry.models import Person
from wanjia.solving.models import Plan

from .teams import Helper


class Entitled(models.Model):
    """A child who is to have a helper (应结对儿童): since when, whether alone, by when; looked at again every day by the register's own rules.

    to_on: the first day no longer. Which group says so stands nowhere: it is derived on the day asked for.
    """

    privacy = {"open": ("id", "since_on", "due_on", "to_on"), "internal": ("version",), "child": ("child", "alone")}
    erasure = Erasure(about={"registry.Person": ("child",)})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="entitled")
    alone = models.BooleanField(_("先一对一"), default=False)
    since_on = models.DateField(_("哪天起应结对"))
    due_on = models.DateField(_("最晚哪天结对"))
    to_on = models.DateField(null=True, blank=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["child"], condition=Q(to_on=None), name="entitled_once"),
            models.CheckConstraint(name="entitled_due_after_since", condition=Q(due_on__gte=F("since_on"))),
        ]

    def __str__(self):
        return str(self.since_on)


class PairProposal(models.Model):
    """What one version proposes for one child (结对建议): a helper or none, worth how many points, why, who was next and what that lacked."""

    privacy = {
        "open": ("id", "plan", "helper", "next_helper", "lacked", "worth", "held", "kept"), "internal": ("version",), "child": ("child", "alone", "why"),
    }  # fmt: skip
    erasure = Erasure(about={"registry.Person": ("child",)}, kept={"why": "codes of reasons: same sponsored area, language, near"})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    helper = models.ForeignKey(Helper, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("帮扶人"))
    next_helper = models.ForeignKey(Helper, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    worth = models.IntegerField(default=0)
    lacked = models.IntegerField(null=True, blank=True)
    alone = models.BooleanField(default=False)
    kept = models.BooleanField(default=False)
    held = models.BooleanField(default=False)
    why = models.CharField(max_length=60, blank=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["plan_id", "pk"]
        indexes = [models.Index(fields=["plan", "helper"], name="pair_proposal_helper")]
        constraints = [models.UniqueConstraint(fields=["plan", "child"], name="proposed_once_a_version")]

    def __str__(self):
        return str(self.helper or "—")
