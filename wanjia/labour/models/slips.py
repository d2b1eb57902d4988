"""A labourer's own slip, the wrong codes tried at its door, and what was voiced for those at home."""

import uuid

from django.db import models
from django.db.models import Q

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import User
from wanjia.registry.row_keys import ordered_key
from wanjia.sealing.fields import BlindIndex, EncryptedText

from .workers import Worker


class WorkSlip(models.Model):
    """A labourer's own slip (务工小条): an eight-character code, shown once, that opens what is proposed to him. A new one ends the old."""

    privacy = {"open": ("id",), "internal": ("worker", "issued_at", "ended_at", "issued_by", "code_index"), "sensitive": ("code",)}
    erasure = Erasure(
        about={"registry.Person": ("worker__person",)}, kept={"code": "eight characters that say nothing of anybody", "code_index": "of those eight characters"},
    )  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="slips")
    code = EncryptedText()
    code_index = BlindIndex(of="code")
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    issued_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["worker"], condition=Q(ended_at=None), name="one_live_slip_per_worker")]

    def __str__(self):
        return str(self.worker_id)


class WorkSlipMiss(models.Model):
    """A wrong code (务工小条猜错记录), counted per address so that codes cannot be tried out."""

    privacy = {"internal": ("id", "address_index", "at")}
    erasure = Erasure(nobody="keyed addresses of machines")

    address_index = models.CharField(max_length=80, db_index=True)
    at = models.DateTimeField()

    def __str__(self):
        return str(self.at)


class Voiced(models.Model):
    """What somebody away voiced for those at home by his slip (在外替家里说的): the number of the need that another app's ledger gave it."""

    privacy = {"internal": ("id", "worker", "number", "at")}
    erasure = Erasure(about={"registry.Person": ("worker__person",)}, kept={"number": "a number of the ledger, which is erased by itself"})

    id = models.UUIDField(primary_key=True, default=ordered_key, editable=False)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="voiced")
    number = models.CharField(max_length=24)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "pk"]

    def __str__(self):
        return self.number
