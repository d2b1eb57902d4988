"""Duties of members of the branch (设岗定责) and what they pledge (承诺): the duty is public, the name only by consent."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import staff

from ..branch_states import HOLDING, PLEDGE, HoldingState, PledgeState
from .bodies import GoverningBody
from .branch import PartyMember


class BranchDuty(models.Model):
    """A duty in the catalogue (岗位): what it is for and where. area_words: lanes, ditches, groups, as people call them; to_on: the first day no longer."""

    privacy = {"open": ("id", "body", "name", "does", "area_words", "from_on", "to_on", "version"), "internal": ("opened_at", "opened_by")}
    erasure = Erasure(nobody="a duty, not people")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(GoverningBody, on_delete=models.PROTECT, related_name="branch_duties", verbose_name=_("党支部"))
    name = models.CharField(_("岗位"), max_length=30)
    does = models.CharField(_("职责"), max_length=120)
    area_words = models.CharField(_("管哪里"), max_length=120)
    from_on = models.DateField(_("从哪天起"))
    to_on = models.DateField(_("到哪天止"), null=True, blank=True)
    opened_at = models.DateTimeField()
    opened_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["body_id", "name", "area_words", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["body", "name", "area_words"], condition=Q(to_on=None), name="a_branch_duty_once"),
            models.CheckConstraint(name="branch_duty_ends_later", condition=Q(to_on=None) | Q(to_on__gte=F("from_on"))),
        ]

    def __str__(self):
        return f"{self.name} {self.area_words}"


class DutyHolding(models.Model):
    """A member's claim of a duty (认领岗位): claimed, decided by the branch through another hand, posted, for a term.

    named: whether the holder agreed that the name stands on the public page; until_on: the last day of the term; ended_on: the first day no longer.
    """

    machine = HOLDING
    privacy = {
        "open": ("id", "duty", "state", "from_on", "until_on", "ended_on", "version"),
        "internal": ("member", "named", "decided_words", "reason", "claimed_on", "claimed_at", "claimed_by", "decided_at", "decided_by"),
    }  # fmt: skip
    erasure = Erasure(about={"registry.Person": ("member__person",)}, word=("reason",), kept={"decided_words": "which meeting decided; names nobody"})
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    duty = models.ForeignKey(BranchDuty, on_delete=models.PROTECT, related_name="holdings", verbose_name=_("岗位"))
    member = models.ForeignKey(PartyMember, on_delete=models.PROTECT, related_name="duties", verbose_name=_("党员"))
    named = models.BooleanField(_("同意公开姓名"))
    claimed_on = models.DateField(_("哪天认领"))
    state = models.CharField(_("状态"), max_length=14, choices=HoldingState, default=HoldingState.CLAIMED)
    decided_words = models.CharField(_("哪次会议确定"), max_length=80, blank=True)
    from_on = models.DateField(_("任期从哪天起"), null=True)
    until_on = models.DateField(_("任期到哪天"), null=True)
    ended_on = models.DateField(_("哪天卸任"), null=True)
    reason = models.CharField(_("原因"), max_length=120, blank=True)
    claimed_at = models.DateTimeField()
    claimed_by = staff()
    decided_at = models.DateTimeField(null=True)
    decided_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["duty_id", "-claimed_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["duty"], condition=Q(state=HoldingState.HELD), name="one_holder_of_a_duty"),
            models.UniqueConstraint(fields=["duty", "member"], condition=Q(state__in=(HoldingState.CLAIMED, HoldingState.HELD)), name="a_duty_claimed_once"),
            models.CheckConstraint(name="duty_decided_by_another", condition=Q(decided_by=None) | Q(claimed_by=None) | ~Q(decided_by=F("claimed_by"))),
            models.CheckConstraint(
                name="duty_held_for_a_term",
                condition=Q(state__in=(HoldingState.CLAIMED, HoldingState.REFUSED), from_on=None, until_on=None) | Q(state__in=(HoldingState.HELD, HoldingState.OVER), from_on__isnull=False, until_on__isnull=False, until_on__gte=F("from_on")),
            ),
            models.CheckConstraint(name="duty_over_on_a_day", condition=Q(state=HoldingState.OVER, ended_on__isnull=False) | (~Q(state=HoldingState.OVER) & Q(ended_on=None))),
        ]

    def __str__(self):
        return str(self.duty)


class Pledge(models.Model):
    """What a member promises (承诺) by a day: followed until it is kept or not; never counted against another's.

    proof: what shows that it is done; why_late: where it was told after its day; reason: why it was not kept, or what was still missing.
    """

    machine = PLEDGE
    privacy = {
        "open": ("id", "state", "version"),
        "internal": ("member", "words", "due_on", "pledged_on", "proof", "told_on", "why_late", "reason", "settled_on", "pledged_at", "pledged_by", "told_at", "told_by", "settled_at", "settled_by"),
    }  # fmt: skip
    erasure = Erasure(about={"registry.Person": ("member__person",)}, word=("words", "proof", "why_late", "reason"))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(PartyMember, on_delete=models.PROTECT, related_name="pledges", verbose_name=_("党员"))
    words = models.CharField(_("承诺什么"), max_length=200)
    pledged_on = models.DateField(_("哪天承诺"))
    due_on = models.DateField(_("哪天以前"))
    state = models.CharField(_("状态"), max_length=14, choices=PledgeState, default=PledgeState.OPEN)
    proof = models.CharField(_("凭什么说完成了"), max_length=200, blank=True)
    told_on = models.DateField(_("哪天报完成"), null=True)
    why_late = models.CharField(_("为什么晚了"), max_length=120, blank=True)
    reason = models.CharField(_("原因"), max_length=120, blank=True)
    settled_on = models.DateField(_("哪天核实"), null=True)
    pledged_at = models.DateTimeField()
    pledged_by = staff()
    told_at = models.DateTimeField(null=True)
    told_by = staff()
    settled_at = models.DateTimeField(null=True)
    settled_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["due_on", "member_id", "pk"]
        constraints = [
            models.CheckConstraint(name="pledge_due_after_its_day", condition=Q(due_on__gte=F("pledged_on"))),
            models.CheckConstraint(name="pledge_kept_seen_by_another", condition=~Q(state=PledgeState.KEPT) | Q(settled_by=None) | Q(told_by=None) | ~Q(settled_by=F("told_by"))),
            models.CheckConstraint(name="pledge_told_with_proof", condition=Q(state__in=(PledgeState.OPEN, PledgeState.FAILED)) | (Q(told_on__isnull=False) & ~Q(proof=""))),
            models.CheckConstraint(name="pledge_failed_with_reason", condition=~Q(state=PledgeState.FAILED) | ~Q(reason="")),
            models.CheckConstraint(
                name="pledge_settled_on_a_day",
                condition=Q(state__in=(PledgeState.KEPT, PledgeState.FAILED), settled_on__isnull=False) | (Q(state__in=(PledgeState.OPEN, PledgeState.TOLD), settled_on=None)),
            ),
        ]

    def __str__(self):
        return self.words
