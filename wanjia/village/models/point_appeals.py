"""What a home says against a line of points, or against there being none (积分申诉)."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, User, staff
from wanjia.registry.models import Household

from ..point_states import APPEAL, AppealState
from .points import PointClaim, PointItem


class PointAppeal(models.Model):
    """A home's appeal (积分申诉) within five working days: against a line that was booked or refused, or because its deed stands on no board. One person owns it; another than approved the line answers.

    claim: the line; without one, item and day: the deed that is missing, posted_on: the board on which it is. Of a line, posted_on is the day from which its days count: put up, refused, or stood again after an objection. due_on: by when it is answered; redone: the claim that follows from it.
    """

    machine = APPEAL
    privacy = {
        "open": ("id", "village", "state", "told_on", "due_on", "answered_on", "version"),
        "internal": ("home", "claim", "item", "day", "posted_on", "words", "owner", "answer", "redone", "told_at", "told_by", "answered_by"),
    }  # fmt: skip
    erasure = Erasure(about={"registry.Household": ("home",)}, word=("words", "answer"))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    home = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+", verbose_name=_("哪一户"))
    claim = models.OneToOneField(PointClaim, null=True, on_delete=models.PROTECT, related_name="appeal")
    item = models.ForeignKey(PointItem, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("按哪一条"))
    day = models.DateField(_("哪天"), null=True)
    posted_on = models.DateField(_("哪天公示的"))
    words = models.CharField(_("本户怎么说"), max_length=200)
    told_on = models.DateField(_("哪天申诉的"))
    due_on = models.DateField(_("答复期限"))
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("谁来答复"))
    state = models.CharField(max_length=16, choices=AppealState, default=AppealState.OPEN)
    answer = models.CharField(_("答复"), max_length=120, blank=True)
    answered_on = models.DateField(null=True)
    redone = models.OneToOneField(PointClaim, null=True, on_delete=models.PROTECT, related_name="follows")
    told_at = models.DateTimeField()
    told_by = staff()
    answered_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["due_on", "village_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["home", "item", "day"], condition=Q(claim=None), name="one_absence_appealed_once"),
            models.CheckConstraint(name="appeal_of_a_line_or_none", condition=Q(claim__isnull=False, item=None, day=None) | Q(claim=None, item__isnull=False, day__isnull=False)),
            models.CheckConstraint(name="appeal_by_days", condition=Q(posted_on__lte=F("told_on"), due_on__gt=F("told_on")) & ~Q(words="")),
            models.CheckConstraint(
                name="appeal_answered_whole",
                condition=Q(state=AppealState.OPEN, answer="", answered_on=None, redone=None) | (~Q(state=AppealState.OPEN) & Q(answered_on__isnull=False) & ~Q(answer="")),
            ),
            models.CheckConstraint(name="appeal_answered_by_another", condition=Q(answered_by=None) | Q(told_by=None) | ~Q(answered_by=F("told_by"))),
        ]

    def __str__(self):
        return self.home.number
