"""The same person twice: the question, a person's decision, and a merge that can be taken back."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import User
from wanjia.sealing.fields import EncryptedText

from .homes import Person


class TwinVerdict(models.TextChoices):
    """What a person decided about two records."""

    SAME = "same", _("同一人")
    DIFFERENT = "different", _("不是同一人")


class TwinQuestion(models.Model):
    """Two records that were compared by a person (疑似重复), and what was decided. An undone merge is asked again."""

    privacy = {"open": ("id",), "internal": ("one", "other", "verdict", "reason", "decided_at", "decided_by")}
    erasure = Erasure(about={"registry.Person": ("one", "other")}, word=("reason",))

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    one = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(_("判定"), max_length=10, choices=TwinVerdict, blank=True)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["decided_at"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="twins_asked_once"),
            models.CheckConstraint(name="twins_in_order", condition=Q(one__lt=models.F("other"))),
        ]

    def __str__(self):
        return f"{self.one_id} ? {self.other_id}"


class Merge(models.Model):
    """Two records became one (合并), with all that moved, so that it can be taken back exactly."""

    privacy = {
        "open": ("id",),
        "internal": ("kept", "gone", "moved", "reason", "at", "by", "undone_at", "undone_by", "undo_reason"),
        "sensitive": ("filled",),
    }
    erasure = Erasure(
        about={"registry.Person": ("kept", "gone")},
        word=("reason", "undo_reason"),
        empty=("filled",),
        kept={"moved": "keys of rows"},
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_kept")
    gone = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_gone")
    moved = models.JSONField(_("移动的记录"), default=dict)
    filled = EncryptedText(_("补入的信息"))
    reason = models.CharField(_("理由"), max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    undo_reason = models.CharField(_("撤销理由"), max_length=200, blank=True)

    class Meta:
        ordering = ["-at"]
        constraints = [models.UniqueConstraint(fields=["gone"], condition=Q(undone_at=None), name="one_live_merge_per_person")]

    def __str__(self):
        return f"{self.gone_id} → {self.kept_id}"
