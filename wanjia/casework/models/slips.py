"""The household's slip, and the wrong codes tried at the door."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from wanjia.kernel.erasure import Erasure
from wanjia.sealing.fields import BlindIndex, EncryptedText


class Slip(models.Model):
    """The household's slip (小条): a six-character code, shown once, to whoever issued it. A new one ends the old.

    by_call_back: whether its issuer may call back; only then can its word count as a callback's (see slip.rules.is_trusted).
    """

    privacy = {"open": ("id", "need", "issued_at", "ended_at"), "internal": ("issued_by", "issued_org", "by_call_back", "code_index"), "sensitive": ("code",)}
    erasure = Erasure(kept={"code": "six characters that say nothing of anybody", "code_index": "of those six characters"})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    need = models.ForeignKey("casework.Need", on_delete=models.PROTECT, related_name="slips")
    code = EncryptedText()
    code_index = BlindIndex(of="code")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    issued_org = models.ForeignKey("orgs.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    by_call_back = models.BooleanField(default=False)
    issued_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["need"], condition=Q(ended_at=None), name="one_live_slip_per_need")]

    def __str__(self):
        return str(self.need_id)


class SlipMiss(models.Model):
    """A wrong slip code (猜错记录), counted per address so that codes cannot be tried out."""

    privacy = {"internal": ("id", "address_index", "at")}
    erasure = Erasure(nobody="keyed addresses of machines")

    address_index = models.CharField(max_length=80, db_index=True)
    at = models.DateTimeField()

    def __str__(self):
        return str(self.at)
