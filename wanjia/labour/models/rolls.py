"""A file of labourers that an office sent by a page, while it is judged and loaded, and what was said of its rows."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Organisation, User
from wanjia.sealing.fields import EncryptedText

from ..states import ROLL, RollState
from .loads import Load


class Roll(models.Model):
    """A file of labourers that somebody sent (名册上传). What it becomes is a Load; this is how far its work is, and what was found."""

    privacy = {
        "open": ("id", "file_name", "as_of", "state", "rows", "rows_ok", "rows_refused", "version"),
        "internal": ("size", "by", "organisation", "received_at", "run", "beat_at", "doing", "done", "whole", "fault", "findings", "counts", "load"),
    }  # fmt: skip
    erasure = Erasure(nobody="a file's name, counts and codes; its rows lie sealed in its parts", kept={"file_name": "an office's own name for a list", **dict.fromkeys(("run", "doing", "fault", "findings", "counts"), "codes and counts of the work")})
    machine = ROLL

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file_name = models.CharField(_("文件名"), max_length=120)
    size = models.BigIntegerField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    as_of = models.DateField(_("截至日期"))
    received_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=RollState, default=RollState.SENT)
    version = models.IntegerField(default=0)
    run = models.CharField(max_length=32, blank=True)  # which process may write: one taken for dead finds another's here and stops
    beat_at = models.DateTimeField(null=True)
    doing = models.CharField(max_length=8, blank=True)
    done = models.IntegerField(default=0)
    whole = models.IntegerField(default=0)
    fault = models.CharField(max_length=300, blank=True)
    rows = models.BigIntegerField(default=0)
    rows_ok = models.BigIntegerField(default=0)
    rows_refused = models.BigIntegerField(default=0)
    findings = models.JSONField(default=dict)  # {code: how many rows}
    counts = models.JSONField(default=dict)
    load = models.ForeignKey(Load, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        ordering = ["-received_at"]

    def __str__(self):
        return self.file_name


class RollPart(models.Model):
    """A sealed part of a file that was sent, or of the copy of its refused rows (名册原文): in base64, while it is needed."""

    privacy = {"internal": ("id", "roll", "kind", "number"), "sensitive": ("body",)}
    erasure = Erasure(nobody="a sealed file while it is worked: gone when it is loaded or given up, at the latest after the days of rolls.rules.KEPT")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    roll = models.ForeignKey(Roll, on_delete=models.CASCADE, related_name="parts", db_index=False)
    kind = models.CharField(max_length=6)
    number = models.IntegerField()
    body = EncryptedText()

    class Meta:
        ordering = ["roll_id", "kind", "number"]
        constraints = [models.UniqueConstraint(fields=["roll", "kind", "number"], name="roll_part_once")]

    def __str__(self):
        return f"{self.roll_id} {self.kind} {self.number}"
