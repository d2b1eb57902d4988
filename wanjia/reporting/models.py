"""Papers that were printed, and exports that were asked for."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, Organisation

from .kinds import export_words, paper_words
from .states import EXPORT, ExportState


class Paper(models.Model):
    """One paper of the office with its own number (文书). Printing it again prints the same number.

    A paper about one row shows the row as it stands when it is printed, and says so; a notice shows what was published. What a
    paper may be about is brought by apps above: the row is named by its label and id, and never deleted.
    """

    privacy = {
        "open": ("id", "kind", "number", "area", "period", "as_of"),
        "internal": ("subject", "subject_id", "occasion", "printed_at", "printed_by", "printed_org"),
    }
    erasure = Erasure(nobody="numbers of papers; what they print comes from the row they are about")
    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("文种"), max_length=20)
    number = models.CharField(_("文号"), max_length=40, unique=True)
    subject = models.CharField(max_length=60, blank=True)  # label of the row's model; none for a notice of an area
    subject_id = models.UUIDField(null=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(_("期间"), max_length=6, blank=True)
    as_of = models.DateField(_("截至"), null=True)
    occasion = models.BigIntegerField(default=0)
    printed_at = models.DateTimeField(_("印发时间"))
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")  # None: the clock made it
    printed_org = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-printed_at"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "subject_id", "kind", "occasion"], name="one_paper_per_occasion"),
        ]

    def __str__(self):
        return self.number

    @property
    def words(self):
        """What this kind of paper is called."""
        return paper_words(self.kind)


class PublishedNotice(models.Model):
    """What a monthly notice said when it was published (已发布的通报): never changed. A later change is a correction (更正): a
    notice with its own number that names the one it corrects and what changed."""

    privacy = {"open": ("id", "paper", "corrects", "until", "digest"), "internal": ("content", "changes", "lines")}
    erasure = Erasure(nobody="figures, numbers of needs, places and states")
    append_only = True

    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="published")
    until = models.DateTimeField()  # what had happened by then, as it was on the books when the paper was printed
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    corrects = models.ForeignKey(Paper, null=True, on_delete=models.PROTECT, related_name="corrections")
    changes = models.JSONField(default=dict)
    lines = models.JSONField(null=True)  # the lines of timelines it counts, packed; null in what was published before they were kept

    def __str__(self):
        return str(self.paper_id)


class PublishedCounts(models.Model):
    """What is told of one population of children as of the end of a day (公布的数): counted by the clock, never changed.

    told: {figure: {code of a place: how many}} of the places of which it is told; hidden: {first figure of a cut: {place: how many of each cell}}
    of those that are hidden beside them, by which the next month keeps them so; smallest: the least number that was told.
    """

    privacy = {"open": ("id", "population", "day", "smallest", "told", "recorded_at"), "internal": ("hidden",)}
    erasure = Erasure(nobody="numbers of places")
    append_only = True

    population = models.CharField(max_length=40)
    day = models.DateField(_("截至"))
    smallest = models.PositiveSmallIntegerField()
    told = models.JSONField()
    hidden = models.JSONField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["population", "day"], name="published_once")]

    def __str__(self):
        return f"{self.population} {self.day}"


class PaperSeries(models.Model):
    """The last paper number given to a kind, county and year (文号序列)."""

    privacy = {"internal": ("prefix", "last")}
    erasure = Erasure(nobody="numbers")

    prefix = models.CharField(max_length=24, primary_key=True)
    last = models.IntegerField(default=0)

    def __str__(self):
        return f"{self.prefix} {self.last}"


class Export(models.Model):
    """One export of what an app lets out (导出): who asks, what for, who approved; taken once, within a day."""

    privacy = {
        "internal": (
            "id", "kind", "state", "version", "purpose", "query", "rows", "columns", "asked_by", "asked_org", "asked_at", "decided_by",
            "decided_at", "decision_words", "taken_at",
        ),
    }  # fmt: skip
    erasure = Erasure(
        about={"reporting.Export": ("",)},
        word=("purpose", "decision_words"),
        keys={"query": ("q",)},
        kept={"columns": "names of columns", "kind": "the word of what is let out"},
    )
    machine = EXPORT
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(_("状态"), max_length=10, choices=ExportState, default=ExportState.WAITING)
    version = models.IntegerField(default=0)
    kind = models.CharField(_("导出什么"), max_length=20)
    purpose = models.CharField(_("用途"), max_length=200)
    query = models.JSONField(_("筛选条件"), default=dict)
    rows = models.IntegerField(_("行数"), default=0)
    columns = models.JSONField(_("敏感列"), default=list)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="exports_asked")
    asked_org = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("申请时间"))
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("审批时间"), null=True)
    decision_words = models.CharField(_("审批意见"), max_length=200, blank=True)
    taken_at = models.DateTimeField(_("下载时间"), null=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["state", "asked_at"]), models.Index(fields=["asked_by", "asked_at"])]

    def __str__(self):
        return f"{self.asked_by} {self.purpose}"

    @property
    def words(self):
        """What this kind of export is called."""
        return export_words(self.kind)
