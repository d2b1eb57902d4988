"""Home visits: planned, done, what was seen, and what came up."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.doors.words import said_or_as_written
from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import User
from wanjia.policy.mandates import mandates
from wanjia.sealing.fields import EncryptedText

from ..states import VISIT, VisitState
from .homes import Household, Person


class VisitMethod(models.TextChoices):
    """How the contact took place."""

    HOME = "home", _("入户")
    PHONE = "phone", _("电话")
    SCHOOL = "school", _("到校")


class VisitPurpose(models.TextChoices):
    """Why somebody goes there."""

    ROUTINE = "routine", _("日常走访")
    TERM = "term", _("开学前后")
    FESTIVAL = "festival", _("节日慰问")
    VERIFY = "verify", _("核实家庭情况")
    FOLLOW_UP = "follow_up", _("跟进上次的事")
    DEPARTURE = "departure", _("家人外出后探视")
    OTHER = "other", _("其他")


class Visit(models.Model):
    """A home visit (入户走访), planned or done. No punch-in, no position: who went, when, and what the home said."""

    privacy = {
        "open": ("id", "household"),
        "internal": (
            "purpose", "purpose_words", "mandate", "planned_on", "planned_by", "planned_at", "state", "version", "done_on", "daypart",
            "method", "companions", "met_in_person", "next_on", "next_words", "signed_by", "done_at", "done_by", "cancel_reason",
        ),
        "sensitive": ("present", "done_on_spot"),
    }  # fmt: skip
    erasure = Erasure(
        about={"registry.Household": ("household",)},
        word=("purpose_words", "companions", "next_words", "signed_by", "cancel_reason"),
        empty=("present", "done_on_spot"),
        kept=dict.fromkeys(("mandate", "daypart"), "rules and codes"),
    )

    machine = VISIT

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="visits")
    purpose = models.CharField(_("走访目的"), max_length=12, choices=VisitPurpose, default=VisitPurpose.ROUTINE)
    purpose_words = models.CharField(_("目的说明"), max_length=80, blank=True)
    mandate = models.CharField(_("工作依据"), max_length=40, blank=True)
    planned_on = models.DateField(_("计划日期"))
    planned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    visitors = models.ManyToManyField(User, related_name="visits", verbose_name=_("走访人"))
    state = models.CharField(max_length=10, choices=VisitState, default=VisitState.PLANNED)
    version = models.IntegerField(default=0)
    done_on = models.DateField(_("走访日期"), null=True, blank=True)
    daypart = models.CharField(_("时段"), max_length=10, blank=True)
    method = models.CharField(_("方式"), max_length=8, choices=VisitMethod, blank=True)
    companions = models.CharField(_("同行人"), max_length=120, blank=True)
    present = EncryptedText(_("在场人"))
    met_in_person = models.BooleanField(_("见到本人"), null=True, blank=True)
    done_on_spot = EncryptedText(_("已当场办理"))
    next_on = models.DateField(_("下次走访"), null=True, blank=True)
    next_words = models.CharField(_("下次要做的"), max_length=200, blank=True)
    signed_by = models.CharField(_("签字人"), max_length=40, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    cancel_reason = models.CharField(_("取消原因"), max_length=80, blank=True)

    class Meta:
        ordering = ["-planned_on", "pk"]
        indexes = [models.Index(fields=["state", "planned_on"]), models.Index(fields=["household", "done_on"])]

    def __str__(self):
        return f"{self.household} {self.done_on or self.planned_on}"

    @property
    def mandate_words(self):
        """The mandate under which it is made, in the reader's words; what is no code stands as it was written."""
        return said_or_as_written(self.mandate, mandates())


class VisitSheet(models.Model):
    """What was seen and said in one visit (走访记录): about the home, or about one child. Answers are sealed JSON."""

    privacy = {"open": ("id",), "internal": ("visit", "recorded_at"), "child": ("child", "answers")}
    erasure = Erasure(about={"registry.Person": ("child",), "registry.Visit": ("visit",)}, empty=("answers",), held={"answers": {}})

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="sheets")
    child = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="visit_sheets")
    answers = EncryptedText(_("记录"))
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["visit_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "child"], name="one_sheet_per_child_and_visit"),
            models.UniqueConstraint(fields=["visit"], condition=Q(child=None), name="one_home_sheet_per_visit"),
        ]

    def __str__(self):
        return f"{self.visit_id}"


class VisitDraft(models.Model):
    """An unfinished visit form, kept for the one who is filling it (走访草稿). Emptied when the visit is recorded."""

    privacy = {"open": ("id",), "internal": ("visit", "by", "saved_at"), "child": ("answers",)}
    erasure = Erasure(about={"registry.Person": ("visit__household__memberships__person",)}, empty=("answers",))

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="drafts")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answers = EncryptedText(_("草稿"))
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["visit_id"]
        constraints = [models.UniqueConstraint(fields=["visit", "by"], name="one_draft_per_visit_and_visitor")]

    def __str__(self):
        return f"{self.visit_id}"


class VisitFinding(models.Model):
    """A difficulty or wish voiced in a visit (走访发现). Neutral: the ledger reads it and makes the need."""

    privacy = {
        "open": ("id",),
        "internal": ("visit", "category", "urgency", "words", "is_wish", "requester", "recorded_at"),
        "child": ("about_child",),
    }
    erasure = Erasure(
        about={"registry.Person": ("requester", "about_child"), "registry.Visit": ("visit",)},
        word=("words",),
        kept=dict.fromkeys(("category", "urgency"), "codes"),
    )

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="findings")
    category = models.CharField(_("类别"), max_length=20)
    urgency = models.CharField(_("紧急程度"), max_length=10, blank=True)
    words = models.CharField(_("诉求内容"), max_length=500)
    is_wish = models.BooleanField(_("微心愿"), default=False)
    requester = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="findings")
    about_child = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["visit_id", "recorded_at", "pk"]

    def __str__(self):
        return self.words[:30]
