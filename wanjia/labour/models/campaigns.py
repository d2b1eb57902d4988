"""A drive with a window, what each township is to reach in it, and whom a plan proposes where."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, User
from wanjia.registry.row_keys import ordered_key
from wanjia.solving.models import Plan

from ..states import ANSWER, Answer
from .workers import Worker


class Campaign(models.Model):
    """A drive for an area in a window of days (百日行动): who is matched, who leaves, counted by the day."""

    privacy = {"open": ("id", "name", "area", "from_on", "until_on"), "internal": ("opened_at", "opened_by", "version")}
    erasure = Erasure(nobody="a drive of an office; its name is a programme's")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("名称"), max_length=60)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("范围"))
    from_on = models.DateField(_("从哪天起"))
    until_on = models.DateField(_("到哪天止"))
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-from_on", "name"]
        constraints = [models.CheckConstraint(name="campaign_ends_after_start", condition=Q(until_on__gt=F("from_on")))]

    def __str__(self):
        return self.name


class Target(models.Model):
    """How many a place is to reach in a drive (目标): the places below one add up to it, or the page says by how much they do not."""

    privacy = {"internal": ("id", "campaign", "area", "n", "set_by", "set_at")}
    erasure = Erasure(nobody="numbers of a place")

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="targets")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    n = models.IntegerField(_("目标人数"))
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "area"], name="target_once"),
            models.CheckConstraint(name="target_not_below_nought", condition=Q(n__gte=0)),
        ]

    def __str__(self):
        return f"{self.area_id} {self.n}"


class Proposal(models.Model):
    """What a version of a plan proposes to one labourer (岗位推荐), and what he says to it: he decides.

    Whoever was compared has a row, with a vacancy or without. `worth` is what the pair is worth to him by the rule of the plan, `lacked` what at
    least was lacking for `next_vacancy`, both in yuan a month: with these anybody can repeat the comparison (个人信息保护法第二十四条).
    """

    privacy = {
        "open": ("id", "plan", "vacancy", "state"),
        "internal": (
            "worker", "worth", "next_vacancy", "lacked", "held", "told_at", "answered_at", "why_not", "asked_at", "reviewed_at", "review", "version",
        ),
    }  # fmt: skip
    erasure = Erasure(about={"registry.Person": ("worker__person",)}, word=("why_not", "review"))
    machine = ANSWER

    id = models.UUIDField(primary_key=True, default=ordered_key, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+", db_index=False)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="proposals", db_index=False)
    vacancy = models.ForeignKey("labour.Vacancy", null=True, on_delete=models.PROTECT, related_name="proposals", db_index=False)
    worth = models.IntegerField(default=0)
    next_vacancy = models.ForeignKey("labour.Vacancy", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    lacked = models.IntegerField(null=True)
    held = models.BooleanField(_("已锁定"), default=False)
    state = models.CharField(max_length=9, choices=Answer, default=Answer.PROPOSED)
    told_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    why_not = models.CharField(_("为什么不去"), max_length=100, blank=True)
    asked_at = models.DateTimeField(null=True)  # he asked that a person looks again
    reviewed_at = models.DateTimeField(null=True)
    review = models.CharField(_("由人再看的答复"), max_length=200, blank=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["plan_id", "-worth", "pk"]
        constraints = [models.UniqueConstraint(fields=["worker", "plan"], name="one_proposal_a_plan")]
        indexes = [
            models.Index(fields=["plan", "vacancy"], name="proposal_plan_vacancy"),
            models.Index(fields=["plan", "state"], name="proposal_plan_state"),
        ]

    def __str__(self):
        return f"{self.worker_id} → {self.vacancy_id}"
