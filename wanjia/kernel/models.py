"""Rows of the ground floor: the journal and its head, receipts of commands, the working-day table."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .brings import gather
from .erasure import Erasure


class EntryKind(models.TextChoices):
    """What a journal line records."""

    ACT = "act", _("操作")
    READING = "reading", _("查看")


class Entry(models.Model):
    """One line of the journal (操作日志): who did or read what, when and why. Appended, never changed."""

    privacy = {
        "internal": (
            "seq", "at", "kind", "act", "by_id", "by_name", "by_org", "subject", "subject_id", "area_code",
            "before", "after", "reason", "detail", "previous", "words_digest", "digest",
        ),
    }  # fmt: skip
    erasure = Erasure(
        about={"*": ("subject", "subject_id")},
        word=("reason",),
        keys={"detail": ("query", "salt")},
        kept={
            **dict.fromkeys(("act", "by_name", "by_org", "subject", "subject_id", "area_code", "before", "after"), "who of the staff did what, when: the proof of the act itself"),
            **dict.fromkeys(("previous", "words_digest", "digest"), "the chain"),
        },
    )

    append_only = True

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    kind = models.CharField(max_length=8, choices=EntryKind, default=EntryKind.ACT)
    act = models.CharField(max_length=60)
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=60)
    by_org = models.CharField(max_length=80, blank=True)
    subject = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    area_code = models.CharField(max_length=15, blank=True)
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    words_digest = models.CharField(max_length=64, blank=True)  # of what an erasure takes; "" before 0.2.0
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-seq"]
        indexes = [models.Index(fields=["subject", "subject_id"]), models.Index(fields=["by_id", "at"]),
                   models.Index(fields=["by_org", "seq"]), models.Index(fields=["by_name", "seq"]), models.Index(fields=["act", "seq"])]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.seq} {self.act} {self.subject}:{self.subject_id}"

    @property
    def told(self) -> str:
        """The reason as whoever reads the journal is shown it. Before 0.2.0 an act on a need bore the line's words here, a household's
        own among them: they cannot be changed, and are shown to nobody. A need's page tells them to those who see the need.
        """
        return "" if self.kind == EntryKind.ACT and self.subject in gather("UNTOLD") else self.reason


class Head(models.Model):
    """The last line of the journal (日志链头). Locked while a line is appended, so the chain has no fork."""

    privacy = {"internal": ("id", "seq", "digest")}
    erasure = Erasure(nobody="the chain")

    seq = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"{self.seq} {self.digest[:12]}"


class Anchor(models.Model):
    """What the journal was at a moment (日志锚点): the last line's number and digest, signed; its code is printed outside."""

    privacy = {"open": ("id", "seq", "digest", "at", "code", "signature")}
    erasure = Erasure(nobody="the chain")
    append_only = True

    seq = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    code = models.CharField(max_length=40)
    signature = models.CharField(max_length=128)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.code


class ErasureLine(models.Model):
    """One row that an erasure emptied (抹去记录): whose, or of which list, and a keyed digest of what stood there. Opens the door of that row."""

    privacy = {"internal": ("id", "order", "person", "table", "row", "stood", "stands", "at")}
    append_only = True
    erasure = Erasure(nobody="keys of rows and digests alone")

    order = models.UUIDField()
    person = models.UUIDField()
    table = models.CharField(max_length=60)
    row = models.CharField(max_length=40)
    stood = models.CharField(max_length=80)
    stands = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["table", "row"]), models.Index(fields=["order"])]

    def __str__(self) -> str:
        return f"{self.table} {self.row}"


class Receipt(models.Model):
    """The receipt of one command (操作回执): the same key again gets the same answer, and nothing is done twice."""

    privacy = {"internal": ("key", "command", "by_id", "body_digest", "answer", "at")}
    erasure = Erasure(nobody="keys of rows and a keyed digest")

    key = models.UUIDField(primary_key=True)
    command = models.CharField(max_length=80)
    by_id = models.UUIDField(null=True)
    body_digest = models.CharField(max_length=64)
    answer = models.JSONField(null=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.command} {self.key}"


class CalendarDay(models.Model):
    """One day that differs from Monday-to-Friday (工作日历): a holiday, or a weekend day that is worked to make up."""

    privacy = {"open": ("day", "works", "name", "source")}
    erasure = Erasure(nobody="holidays")

    day = models.DateField(primary_key=True)
    works = models.BooleanField()
    name = models.CharField(max_length=30)
    source = models.CharField(max_length=120)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class KeyCheck(models.Model):
    """What one key makes of a known text (密钥校验值): it proves the ring beside the database without giving the key away."""

    privacy = {"internal": ("name", "value")}
    erasure = Erasure(nobody="check values of keys")

    name = models.CharField(max_length=20, primary_key=True)
    value = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.name
