"""民主评议党员: once a year, at a meeting of the branch that was held and looked at; numbers of paper ballots, the grade sealed. In the domain of the branch, each opening in the journal."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import staff
from wanjia.sealing.fields import EncryptedText

from ..review_states import REVIEWED, OwnWord, ReviewedState
from .branch import BranchActivity, PartyMember


class BranchReview(models.Model):
    """The review of a branch's members (民主评议党员), of one meeting. ballots_…: sheets handed out, that came back, of these spoilt; ballots_by: whoever wrote the sheets' numbers down."""

    privacy = {"internal": ("id", "activity", "ballots_out", "ballots_back", "ballots_spoilt", "ballots_by", "opened_at", "opened_by", "version")}
    erasure = Erasure(nobody="a meeting and numbers of sheets; who was reviewed stands in its rows")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(BranchActivity, on_delete=models.PROTECT, related_name="reviews", verbose_name=_("哪一次民主评议会"))
    ballots_out = models.PositiveIntegerField(_("发出测评票"))
    ballots_back = models.PositiveIntegerField(_("收回"))
    ballots_spoilt = models.PositiveIntegerField(_("其中作废"), default=0)
    ballots_by = staff()
    opened_at = models.DateTimeField()
    opened_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-activity__day", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity"], name="one_review_of_a_meeting"),
            models.CheckConstraint(name="review_ballots_add_up", condition=Q(ballots_out__gte=F("ballots_back"), ballots_back__gte=F("ballots_spoilt"))),
        ]

    def __str__(self):
        return str(self.activity)

    @property
    def valid(self):
        """How many sheets count."""
        return self.ballots_back - self.ballots_spoilt


class ReviewedMember(models.Model):
    """One member's review (评议). serial: its place on the meeting's roll; votes: a full member on that day; tally: sealed, how many sheets said which grade; proposed_in: which meeting proposed the grade.

    grade, words: sealed, what the branch found and why; township, mend_by: sealed, of one who is 不合格, the township committee's word and until when he is to mend.
    """

    machine = REVIEWED
    privacy = {
        "internal": (
            "id", "review", "serial", "member", "votes", "own_word", "state", "counted_by", "looked_by", "proposed_in", "proposed_at", "proposed_by", "decided_by", "told_on", "told_by", "version",
        ),
        "sensitive": ("tally", "grade", "words", "township", "mend_by"),
    }  # fmt: skip
    erasure = Erasure(about={"registry.Person": ("member__person",)}, empty=("tally", "grade", "words", "township", "mend_by"))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey(BranchReview, on_delete=models.PROTECT, related_name="rows")
    serial = models.PositiveSmallIntegerField(_("编号"))
    member = models.ForeignKey(PartyMember, on_delete=models.PROTECT, related_name="+", verbose_name=_("党员"))
    votes = models.BooleanField(_("正式党员"))
    own_word = models.CharField(_("个人自评"), max_length=12, choices=OwnWord, blank=True)
    tally = EncryptedText(_("测评票"))
    grade = EncryptedText(_("评定等次"))
    words = EncryptedText(_("评定意见"))
    township = EncryptedText(_("乡镇党委的意见"))
    mend_by = EncryptedText(_("限期改正到哪天"))
    state = models.CharField(_("状态"), max_length=16, choices=ReviewedState, default=ReviewedState.DUE)
    counted_by = staff()
    looked_by = staff()
    proposed_in = models.ForeignKey(BranchActivity, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("哪次会议提出"))
    proposed_at = models.DateTimeField(null=True)
    proposed_by = staff()
    decided_by = staff()
    told_on = models.DateField(_("哪天反馈"), null=True)
    told_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["review_id", "serial"]
        constraints = [
            models.UniqueConstraint(fields=["review", "member"], name="a_member_reviewed_once"),
            models.UniqueConstraint(fields=["review", "serial"], name="reviewed_numbered_once"),
            models.CheckConstraint(name="review_counted_with_own_word", condition=Q(state=ReviewedState.DUE, own_word="") | (~Q(state=ReviewedState.DUE) & ~Q(own_word=""))),
            models.CheckConstraint(name="review_looked_at_by_another", condition=Q(looked_by=None) | Q(counted_by=None) | ~Q(looked_by=F("counted_by"))),
            models.CheckConstraint(name="grade_decided_by_another", condition=Q(decided_by=None) | Q(proposed_by=None) | ~Q(decided_by=F("proposed_by"))),
            models.CheckConstraint(name="review_told_on_a_day", condition=Q(state=ReviewedState.TOLD, told_on__isnull=False) | (~Q(state=ReviewedState.TOLD) & Q(told_on=None))),
        ]

    def __str__(self):
        return str(self.serial)


class GradeSetAside(models.Model):
    """A grade that was looked at and was wrong (作废的等次), as it stood: kept beside the row, which takes another. told_on: when the member was told it; reason: sealed, as the grade is."""

    privacy = {
        "internal": ("id", "row", "proposed_in", "proposed_by", "decided_by", "told_on", "set_aside_at", "set_aside_by"),
        "sensitive": ("grade", "words", "township", "mend_by", "reason"),
    }
    erasure = Erasure(about={"registry.Person": ("row__member__person",)}, empty=("grade", "words", "township", "mend_by", "reason"))
    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    row = models.ForeignKey(ReviewedMember, on_delete=models.PROTECT, related_name="set_aside")
    grade = EncryptedText(_("评定等次"))
    words = EncryptedText(_("评定意见"))
    township = EncryptedText(_("乡镇党委的意见"))
    mend_by = EncryptedText(_("限期改正到哪天"))
    proposed_in = models.ForeignKey(BranchActivity, on_delete=models.PROTECT, related_name="+", verbose_name=_("哪次会议提出"))
    proposed_by = staff()
    decided_by = staff()
    told_on = models.DateField(_("哪天反馈"), null=True)
    reason = EncryptedText(_("为什么作废"))
    set_aside_at = models.DateTimeField()
    set_aside_by = staff()

    class Meta:
        ordering = ["row_id", "set_aside_at", "pk"]
        constraints = [
            models.CheckConstraint(name="grade_set_aside_by_a_third", condition=Q(set_aside_by=None) | ((Q(proposed_by=None) | ~Q(set_aside_by=F("proposed_by"))) & (Q(decided_by=None) | ~Q(set_aside_by=F("decided_by"))))),
        ]

    def __str__(self):
        return str(self.row)
