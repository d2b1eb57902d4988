"""What villagers bring, each with its answer; problems of the village, from their first word to what was felt of the remedy."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, staff
from wanjia.sealing.fields import BlindIndex, EncryptedText

from ..bylaw_states import PROBLEM, PROPOSAL, ProblemSource, ProblemState, ProposalState, ToldBy
from .meetings import AgendaItem


class Proposal(models.Model):
    """Something that a villager brings (村民提议), by name or without; answered by a day. words, name: sealed; title: the clerk's, which alone others read.

    year, serial: its number in the village; secret: the word on its slip, with which its bringer asks what became of it; address_index: of a request from the public page,
    for a day; item: what was put to a body for it; again: how often its bringer asked to think again.
    """

    machine = PROPOSAL
    privacy = {
        "open": ("id", "village", "year", "serial", "state", "title", "told_on", "due_on", "way", "item", "answer", "answered_on", "again", "version"),
        "internal": ("told_at", "told_by", "answered_at", "answered_by", "address_index", "secret_index"),
        "sensitive": ("words", "name", "secret"),
    }  # fmt: skip
    erasure = Erasure(
        about={"village.Proposal": ("",)}, empty=("name", "words"), word=("answer",),
        kept={"title": "what the village was asked, in the clerk's words", "secret": "eight characters that say nothing of anybody", "secret_index": "of those eight characters",
              "address_index": "a keyed address of a machine, for a day"},
    )  # fmt: skip
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    year = models.PositiveSmallIntegerField(_("年"))
    serial = models.PositiveSmallIntegerField(_("顺序号"))
    words = EncryptedText(_("想说什么"))
    name = EncryptedText(_("提出人"))
    way = models.CharField(_("怎么提的"), max_length=8, choices=ToldBy)
    secret = EncryptedText()
    secret_index = BlindIndex(of="secret")
    address_index = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=20, choices=ProposalState, default=ProposalState.WAITING)
    title = models.CharField(_("提的是什么"), max_length=60, blank=True)
    told_on = models.DateField(_("提出日期"))
    due_on = models.DateField(_("答复期限"))
    told_at = models.DateTimeField()
    told_by = staff()
    item = models.ForeignKey(AgendaItem, null=True, on_delete=models.PROTECT, related_name="proposals", verbose_name=_("议题"))
    answer = models.CharField(_("答复"), max_length=400, blank=True)
    answered_on = models.DateField(_("答复日期"), null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = staff()
    again = models.PositiveSmallIntegerField(default=0)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["due_on", "told_at", "pk"]
        indexes = [models.Index(fields=["village", "state", "due_on"], name="proposals_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["village", "year", "serial"], name="proposal_numbered_once"),
            models.CheckConstraint(name="proposal_answered_by_a_day", condition=Q(due_on__gt=F("told_on"))),
            models.CheckConstraint(name="proposal_taken_up_by_an_item", condition=Q(state=ProposalState.TAKEN_UP, item__isnull=False) | (~Q(state=ProposalState.TAKEN_UP) & Q(item=None))),
            models.CheckConstraint(
                name="proposal_answered_whole",
                condition=Q(state=ProposalState.WAITING, answered_on=None) | (~Q(state=ProposalState.WAITING) & Q(answered_on__isnull=False, answered_at__isnull=False) & ~Q(answer="") & ~Q(title="")),
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def number(self):
        """Its number as it stands on its slip."""
        return f"{self.year}-{self.serial:03}"


class Problem(models.Model):
    """A problem of the village (公共问题), from its first word through item and decision to what was felt of it. need: its number in the ledger of needs, where it was met there; asked, better: homes asked afterwards, and those that say it is better. reason: why it is worked on no more, where no meeting came to anything."""

    machine = PROBLEM
    privacy = {
        "open": ("id", "village", "title", "words", "source", "proposal", "state", "item", "effect", "effect_on", "asked", "better", "closed_on", "reason", "raised_on", "version"),
        "internal": ("need", "raised_at", "raised_by", "put_by", "effect_at", "effect_by", "closed_at", "closed_by"),
    }  # fmt: skip
    erasure = Erasure(nobody="a problem of the village, not of people")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    title = models.CharField(_("什么问题"), max_length=60)
    words = models.CharField(_("情况"), max_length=400)
    source = models.CharField(_("问题来源"), max_length=10, choices=ProblemSource)
    need = models.CharField(_("诉求编号"), max_length=24, blank=True)
    proposal = models.ForeignKey(Proposal, null=True, blank=True, on_delete=models.PROTECT, related_name="problems", verbose_name=_("村民提议"))
    state = models.CharField(max_length=20, choices=ProblemState, default=ProblemState.OPEN)
    item = models.ForeignKey(AgendaItem, null=True, on_delete=models.PROTECT, related_name="problems", verbose_name=_("议题"))
    effect = models.CharField(_("效果"), max_length=400, blank=True)
    effect_on = models.DateField(_("哪天看的效果"), null=True)
    asked = models.PositiveIntegerField(_("问了几户"), null=True)
    better = models.PositiveIntegerField(_("几户说好了"), null=True)
    effect_at = models.DateTimeField(null=True)
    effect_by = staff()
    closed_on = models.DateField(_("办结日期"), null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = staff()
    reason = models.CharField(_("为什么不再办"), max_length=200, blank=True)
    raised_on = models.DateField(_("提出日期"))
    raised_at = models.DateTimeField()
    raised_by = staff()
    put_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-raised_on", "pk"]
        constraints = [
            models.CheckConstraint(name="problem_put_by_an_item", condition=Q(state=ProblemState.OPEN, item=None) | (~Q(state=ProblemState.OPEN) & Q(item__isnull=False))),
            models.CheckConstraint(name="problem_closed_by_another", condition=Q(closed_by=None) | Q(effect_by=None) | ~Q(closed_by=F("effect_by"))),
            models.CheckConstraint(
                name="problem_effect_counted",
                condition=Q(asked=None, better=None, effect="", effect_on=None) | (Q(asked__isnull=False, asked__gte=F("better"), better__isnull=False, effect_on__isnull=False) & ~Q(effect="")),
            ),
            models.CheckConstraint(name="problem_closed_on_a_day", condition=(Q(state=ProblemState.CLOSED) & Q(closed_on__isnull=False, effect_on__isnull=False)) | Q(state=ProblemState.DROPPED, closed_on__isnull=False) | (~Q(state__in=(ProblemState.CLOSED, ProblemState.DROPPED)) & Q(closed_on=None))),
            models.CheckConstraint(name="problem_dropped_with_a_reason", condition=(Q(state=ProblemState.DROPPED) & ~Q(reason="")) | (~Q(state=ProblemState.DROPPED) & Q(reason=""))),
            models.CheckConstraint(name="problem_dropped_by_another", condition=~Q(state=ProblemState.DROPPED) | Q(closed_by=None) | ((Q(raised_by=None) | ~Q(closed_by=F("raised_by"))) & (Q(put_by=None) | ~Q(closed_by=F("put_by"))))),
        ]

    def __str__(self):
        return self.title


class FormerItem(models.Model):
    """An item by which a problem was once to be talked about, and was not (原来连的议题): kept beside the problem, which was put to another."""

    privacy = {"open": ("id", "problem", "item", "reason", "left_on"), "internal": ("left_at", "left_by")}
    erasure = Erasure(nobody="a problem of the village and an item, not people")
    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="former_items")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="+", verbose_name=_("议题"))
    reason = models.CharField(_("为什么改连"), max_length=200)
    left_on = models.DateField()
    left_at = models.DateTimeField()
    left_by = staff()

    class Meta:
        ordering = ["problem_id", "left_at", "pk"]

    def __str__(self):
        return str(self.item)
