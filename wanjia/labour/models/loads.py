"""Which files of labourers were loaded, and how far: each chunk is one transaction, with one line of the journal."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import User
from wanjia.sealing.fields import EncryptedText

from ..states import LOAD, LoadState


class Load(models.Model):
    """A file of labourers that somebody loads (名册装载). The file itself is not kept: its digest tells it again."""

    privacy = {
        "internal": (
            "id", "digest", "size", "file_name", "by", "as_of", "begun_at", "state", "version", "rows", "rows_ok", "rows_refused", "chunk_rows",
            "counts", "findings", "aside",
        ),
        "sensitive": ("secret",),
    }  # fmt: skip
    erasure = Erasure(
        nobody="counts, codes of findings and definitions of indexes; the name of the file is one of an office, and no row of it is kept",
    )
    machine = LOAD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=64)
    size = models.BigIntegerField()
    file_name = models.CharField(_("文件名"), max_length=120)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    as_of = models.DateField(_("截至日期"))
    begun_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=LoadState, default=LoadState.BEGUN)
    version = models.IntegerField(default=0)
    rows = models.BigIntegerField(default=0)
    rows_ok = models.BigIntegerField(default=0)
    rows_refused = models.BigIntegerField(default=0)
    chunk_rows = models.IntegerField(default=0)
    # From it and a row's number come the keys of what the row becomes: whoever goes on after a kill makes the same ones.
    secret = EncryptedText()
    counts = models.JSONField(default=dict)
    findings = models.JSONField(default=dict)  # {code: how many rows}
    # What was set aside for a first load and is not back yet: [[table, name, statement]].
    aside = models.JSONField(default=list)

    class Meta:
        ordering = ["-begun_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["digest", "as_of"], condition=Q(state__in=(LoadState.BEGUN, LoadState.LOADING)), name="one_load_of_a_file"
            ),
        ]

    def __str__(self):
        return self.file_name


class Chunk(models.Model):
    """One part of a load that is written whole (装载分块): from which row to which, what came of it, and the keyed digest of its rows."""

    privacy = {"internal": ("id", "load", "number", "first_row", "last_row", "counts", "digest", "at")}
    erasure = Erasure(nobody="counts and a keyed digest")
    append_only = True

    load = models.ForeignKey(Load, on_delete=models.PROTECT, related_name="chunks", db_index=False)
    number = models.IntegerField()
    first_row = models.BigIntegerField()
    last_row = models.BigIntegerField()
    counts = models.JSONField(default=dict)
    digest = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        ordering = ["load_id", "number"]
        constraints = [models.UniqueConstraint(fields=["load", "number"], name="chunk_once")]

    def __str__(self):
        return f"{self.load_id} {self.number}"
