"""Same matter, one answer: needs that somebody put together, and pairs about which somebody said that they are not one."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Organisation

from ..states import MatterKind


class Matter(models.Model):
    """Several needs of one township that are one matter (同一事项), or related ones (相关事项). Each stays a need with number, owner, dates and answer of its own.

    Which needs belong to it now, `Need.matter` or `Need.related` says, and every line of theirs that changed it. It has no words: those are its needs'.
    """

    privacy = {"open": ("id", "number", "kind", "made_at", "ended_at"), "internal": ("made_by", "made_by_name", "made_org")}
    erasure = Erasure(nobody="a number, and who of the staff put needs together")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("事项编号"), max_length=16, unique=True)
    kind = models.CharField(_("同一件事,还是有关联"), max_length=8, choices=MatterKind, default=MatterKind.SAME)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_by_name = models.CharField(max_length=60)
    made_org = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)  # since when fewer than two needs are left in it

    class Meta:
        ordering = ["-made_at", "number"]

    def __str__(self):
        return self.number


class Joined(models.Model):
    """A need that was put into a matter once (并入过): whoever sees two of these knows of the matter, nobody else."""

    privacy = {"open": ("id", "matter", "need", "at")}
    erasure = Erasure(nobody="keys and a moment")
    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="joined")
    need = models.ForeignKey("casework.Need", on_delete=models.PROTECT, related_name="joined")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "need"], name="need_joined_once")]

    def __str__(self):
        return f"{self.matter_id} {self.need_id}"


class Apart(models.Model):
    """Two needs that somebody looked at and found to be two matters (不是同一事项): they are not proposed together again. The lesser key first."""

    privacy = {"open": ("id", "need", "other", "at"), "internal": ("by", "by_name")}
    erasure = Erasure(nobody="keys, and who of the staff looked")
    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    need = models.ForeignKey("casework.Need", on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey("casework.Need", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["need", "other"], name="apart_once"),
            models.CheckConstraint(name="apart_are_two", condition=~Q(need=models.F("other"))),
        ]

    def __str__(self):
        return f"{self.need_id} {self.other_id}"
