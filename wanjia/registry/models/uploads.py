"""An upload, its rows, the headers an office confirmed once, and benefits paid (what the subsidy workbook becomes)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Organisation
from wanjia.sealing.fields import EncryptedText

from ..states import UPLOAD, UploadState


class Upload(models.Model):
    """A workbook somebody sent (导入文件). Its content lies beside it, and only as long as the import lasts."""

    privacy = {
        "internal": (
            "id", "template", "file_name", "sent_name", "digest", "size", "by", "organisation", "received_at", "today", "state", "version",
            "outcome", "file_code", "detail", "sheet", "mapping", "findings", "rows_ok", "rows_refused", "blank_rows", "row_count",
            "done", "heartbeat_at", "counts", "tally", "forecast", "run",
        ),
    }  # fmt: skip
    erasure = Erasure(
        about={"registry.Upload": ("",)},
        word=("file_name", "detail"),
        kept={
            **dict.fromkeys(("template", "digest", "outcome", "file_code", "counts", "forecast", "run", "tally"), "codes and counts: what an import did"),
            **dict.fromkeys(("sheet", "mapping", "findings"), "headings of the sheet and what was said of the file as a whole"),
        },
        empty=("sent_name",),
    )
    machine = UPLOAD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    template = models.CharField(max_length=12)
    file_name = models.CharField(_("文件名"), max_length=120)
    # As the browser sent it, in JSON: what its ending claims is judged by the true name, marks and all.
    sent_name = models.TextField(default='""')
    digest = models.CharField(max_length=64, db_index=True)
    size = models.IntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    today = models.DateField()
    state = models.CharField(max_length=10, choices=UploadState, default=UploadState.RECEIVED)
    version = models.IntegerField(default=0)
    outcome = models.CharField(max_length=8, blank=True)
    file_code = models.CharField(max_length=40, blank=True)
    detail = models.CharField(max_length=200, blank=True)
    sheet = models.CharField(max_length=60, blank=True)
    mapping = models.JSONField(default=list)  # [[header as written, column or None]] in the order of the sheet
    findings = models.JSONField(default=list)
    row_count = models.IntegerField(default=0)
    rows_ok = models.IntegerField(default=0)
    rows_refused = models.IntegerField(default=0)
    blank_rows = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    heartbeat_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    # What stood out, grouped: [[code, column, how many, first row]]; what confirming would write, as the judge's day saw it.
    tally = models.JSONField(default=list)
    forecast = models.JSONField(default=dict)
    # Which run may stage rows: a run that was taken for dead and comes back finds another's name here and stops.
    run = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ["-received_at"]

    def __str__(self):
        return self.file_name


class UploadContent(models.Model):
    """The sealed bytes of a workbook (导入原文件), in base64, while its import lasts.

    Beside the upload and not in it: the upload's row is written with every chunk, and SQLite goes through the whole row each time.
    """

    privacy = {"internal": ("upload",), "sensitive": ("body",)}
    erasure = Erasure(about={"registry.Upload": ("upload",)}, empty=("body",))

    upload = models.OneToOneField(Upload, on_delete=models.CASCADE, primary_key=True, related_name="content")
    body = EncryptedText()

    def __str__(self):
        return str(self.upload_id)


class UploadRow(models.Model):
    """One row of an upload (导入行): its verdict, its values sealed until the import ends."""

    privacy = {
        "internal": ("id", "upload", "number", "code", "ok", "village_code", "applied", "result"),
        "sensitive": ("values", "findings"),
    }
    erasure = Erasure(
        about={"registry.UploadRow": ("",)},
        empty=("values", "findings"),
        kept=dict.fromkeys(("code", "village_code", "result"), "codes"),
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="rows")
    number = models.IntegerField()
    code = models.CharField(max_length=40, blank=True)
    ok = models.BooleanField()
    village_code = models.CharField(max_length=15, blank=True)
    values = EncryptedText()
    findings = EncryptedText()
    applied = models.BooleanField(default=False)
    result = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ["upload_id", "number"]
        constraints = [models.UniqueConstraint(fields=["upload", "number"], name="upload_row_once")]
        indexes = [models.Index(fields=["upload", "applied", "number"], condition=Q(ok=True), name="upload_row_waiting")]

    def __str__(self):
        return f"{self.upload_id}:{self.number}"


class KnownHeader(models.Model):
    """A header as an office writes it, and what it means (表头对照), confirmed once and remembered."""

    privacy = {"internal": ("id", "organisation", "template", "header", "column", "confirmed_at")}
    erasure = Erasure(nobody="headings of columns")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    template = models.CharField(max_length=12)
    header = models.CharField(max_length=120)
    column = models.CharField(max_length=40, blank=True)
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "template", "header"], name="known_header_once")]

    def __str__(self):
        return f"{self.header} → {self.column}"


class Benefit(models.Model):
    """A benefit somebody received for a period (补贴领取记录). One person, one scheme, one period: once."""

    privacy = {
        "internal": ("id", "person", "scheme", "period", "amount_yuan", "source", "recorded_at"),
        "sensitive": ("account",),
    }
    erasure = Erasure(
        about={"registry.Person": ("person",)},
        word=("source",),
        empty=("account",),
        kept=dict.fromkeys(("scheme", "period"), "proof of public money paid (会计档案管理办法); names nobody once the name is gone"),
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="benefits")
    scheme = models.CharField(_("补贴项目"), max_length=60)
    period = models.CharField(_("所属期间"), max_length=20)
    amount_yuan = models.DecimalField(_("金额(元)"), max_digits=12, decimal_places=2)
    account = EncryptedText(_("银行账号"))
    source = models.CharField(max_length=80, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["person_id", "scheme", "period"]
        constraints = [models.UniqueConstraint(fields=["person", "scheme", "period"], name="benefit_once_per_period")]

    def __str__(self):
        return f"{self.scheme} {self.period}"
