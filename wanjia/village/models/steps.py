"""Matters that go step by step (四议两公开): the steps before the village's meeting, its decision, the result that another accepts."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, staff
from wanjia.policy.money import yuan

from ..bylaw_states import STEPS, Step, StepState
from .meetings import AgendaItem

_DONE = (StepState.DECIDED, StepState.TOLD, StepState.ENDED)


class StepMatter(models.Model):
    """A matter of the village that goes by four deliberations and two publications (四议两公开事项). item: the decision of its meeting, whose notice is the first publication."""

    machine = STEPS
    privacy = {"open": ("id", "village", "title", "words", "state", "item", "stopped_words", "version"), "internal": ("begun_at", "begun_by")}
    erasure = Erasure(nobody="a matter of the village, not of people")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    title = models.CharField(_("事项"), max_length=60)
    words = models.CharField(_("内容"), max_length=600)
    state = models.CharField(max_length=20, choices=StepState, default=StepState.BEGUN)
    item = models.OneToOneField(AgendaItem, null=True, on_delete=models.PROTECT, related_name="step_matter", verbose_name=_("会议决议"))
    stopped_words = models.CharField(_("为什么不再办理"), max_length=200, blank=True)
    begun_at = models.DateTimeField()
    begun_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-begun_at", "pk"]
        constraints = [
            models.CheckConstraint(name="step_matter_decided_by_an_item", condition=Q(state__in=_DONE, item__isnull=False) | Q(state=StepState.STOPPED) | (~Q(state__in=_DONE) & Q(item=None))),
            models.CheckConstraint(name="step_matter_stopped_with_words", condition=(Q(state=StepState.STOPPED) & ~Q(stopped_words="")) | (~Q(state=StepState.STOPPED) & Q(stopped_words=""))),
        ]

    def __str__(self):
        return self.title


class StepRecord(models.Model):
    """One of the three steps before the meeting (提议、商议、审议): who was due and came, how they voted, what they said and changed. merged: two steps in one, where one person heads both."""

    privacy = {"open": ("id", "matter", "step", "merged", "day", "due", "present", "votes_for", "votes_against", "votes_abstain", "opinion", "changes"), "internal": ("told_at", "told_by")}
    erasure = Erasure(nobody="what bodies said of a matter, not of people")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.ForeignKey(StepMatter, on_delete=models.PROTECT, related_name="records")
    step = models.CharField(_("哪一步"), max_length=20, choices=Step)
    merged = models.BooleanField(_("两步合并"), default=False)
    day = models.DateField(_("哪天"))
    due = models.PositiveIntegerField(_("应到"))
    present = models.PositiveIntegerField(_("实到"))
    votes_for = models.PositiveIntegerField(_("同意"))
    votes_against = models.PositiveIntegerField(_("不同意"))
    votes_abstain = models.PositiveIntegerField(_("弃权"))
    opinion = models.CharField(_("意见"), max_length=400)
    changes = models.CharField(_("作了哪些修改"), max_length=400, blank=True)
    told_at = models.DateTimeField()
    told_by = staff()

    class Meta:
        ordering = ["matter_id", "day", "told_at"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "step"], name="a_step_once"),
            models.CheckConstraint(name="step_counted_whole", condition=Q(due__gte=F("present"), present__gte=F("votes_for") + F("votes_against") + F("votes_abstain"))),
        ]

    def __str__(self):
        return f"{self.matter} {self.get_step_display()}"


class StepResult(models.Model):
    """What came of a matter (实施结果): money, contractor, day; accepted by another hand than told it, and then public for as many days as the law asks."""

    privacy = {
        "open": ("id", "matter", "fen", "contractor", "words", "done_on", "accepted", "accept_words", "accepted_on", "until_on"),
        "internal": ("told_at", "told_by", "accepted_by"),
    }  # fmt: skip
    erasure = Erasure(nobody="what came of a decision; a firm or 'people of the village' carried it out")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.ForeignKey(StepMatter, on_delete=models.PROTECT, related_name="results")
    fen = models.PositiveBigIntegerField(_("花了多少钱(分)"))
    contractor = models.CharField(_("谁施工、承办"), max_length=60)
    words = models.CharField(_("办成什么样"), max_length=400)
    done_on = models.DateField(_("完成日期"))
    accepted = models.BooleanField(_("验收通过"), null=True)
    accept_words = models.CharField(_("验收意见"), max_length=300, blank=True)
    accepted_on = models.DateField(_("验收日期"), null=True)
    until_on = models.DateField(_("公开到哪天"), null=True)
    accepted_by = staff()
    told_at = models.DateTimeField()
    told_by = staff()

    class Meta:
        ordering = ["matter_id", "told_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["matter"], condition=Q(accepted=None) | Q(accepted=True), name="one_result_of_a_matter"),
            models.CheckConstraint(name="result_accepted_by_another", condition=Q(accepted_by=None) | Q(told_by=None) | ~Q(accepted_by=F("told_by"))),
            models.CheckConstraint(
                name="result_accepted_whole",
                condition=Q(accepted=None, accept_words="", accepted_on=None, until_on=None)
                | (Q(accepted__isnull=False, accepted=False, accepted_on__isnull=False, until_on=None) & ~Q(accept_words=""))
                | (Q(accepted__isnull=False, accepted=True, accepted_on__isnull=False, until_on__isnull=False, until_on__gte=F("accepted_on")) & ~Q(accept_words="")),
            ),
        ]

    def __str__(self):
        return f"{self.matter} {self.done_on}"

    @property
    def yuan(self):
        """What it cost in yuan."""
        return yuan(self.fen)
