"""The need and everything that happened to it. History is appended; an open need has exactly one owner and one date."""

import json
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.doors.words import said_or_as_written
from wanjia.kernel.calendar import today
from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, Organisation, Tier
from wanjia.policy.mandates import mandates
from wanjia.registry.models import Household, Person
from wanjia.sealing.fields import UNOPENED, EncryptedText, opened

from ..states import (
    ENDED,
    NEED,
    OPEN,
    Category,
    Channel,
    ConfirmedBy,
    DeclineGround,
    Difficulty,
    NeedState,
    Outcome,
    Reasonable,
    Satisfaction,
    Urgency,
    Way,
    Word,
)
from .clocks import CLOCK, Clock
from .honesty import HONEST, Looked

# What was said in words of a need, and may be said anew by an act: its lines carry each of them too.
SPOKEN = ("decision_reason", "outcome_text", "no_evidence_reason")


class Need(Clock, Looked):
    """One line of the ledger of difficulties and requests (困难诉求清单台账)."""

    privacy = {
        "open": ("id", "number", "village", "category", "channel", "state", "urgency", "difficulty", "tier", "due_on", "outcome"),
        "internal": (
            "household", "requester", "requester_name", "requester_initials", "requester_relation", "requester_last4", "child", "involves_child",
            "school_name", "summary", "basis", "recorded_at", "recorded_on", "recorded_by", "recorded_org", "reasonable",
            "decline_ground", "decision_reason", "told_on", "told_way", "grade_hint", "holder", "handler", "leader", "due_provisional",
            "first_due_on", "graded_on", "due_days", "late_since", "step_due_on", "step_clock", "step_from_on", "assigned_at", "accepted_at",
            "contested_at", "done_at", "outcome_text", "planned_on", "no_evidence_reason", "answered_on",
            "answered_way", "confirmed", "confirmed_by", "satisfaction", "slip_word", "callback_failed", "ledger_callback",
            "ledger_handler", "ledger_recorder", "withdrawal_asked_at", "drawn", "verified_at", "closed_at", "ended_at",
            "returns", "reopenings", "matter", "related", "source_file", "source_row", "version", "touched_at", *CLOCK, *HONEST,
        ),
        "sensitive": ("requester_phone", "story", "ledger_cells"),
    }  # fmt: skip
    erasure = Erasure(
        about={"registry.Person": ("requester", "child"), "registry.Household": ("household",)},
        word=("requester_name", "summary", *SPOKEN),
        empty=("requester_initials", "requester_relation", "requester_last4", "requester_phone", "school_name", "story", "ledger_cells"),
        kept={
            **dict.fromkeys(("number", "step_clock", "source_file"), "the need's own marks: it is counted for ever"),
            **dict.fromkeys(("basis", "grade_hint", "leader", "ledger_handler", "ledger_recorder"), "rules, and staff who answer for it"),
            "ledger_callback": "the imported ledger's word for the callback; figures go by it",
        })  # fmt: skip
    machine = NEED
    never_delete = True
    draft = None  # see drafts.py

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("编号"), max_length=20, unique=True)
    state = models.CharField(_("状态"), max_length=16, choices=NeedState, default=NeedState.REGISTERED)
    version = models.IntegerField(default=0)

    household = models.ForeignKey(Household, null=True, blank=True, on_delete=models.PROTECT, related_name="needs")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="needs", verbose_name=_("村(社区)"))
    requester = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="needs")
    requester_name = models.CharField(_("诉求人"), max_length=60)
    requester_initials = models.CharField(max_length=40, blank=True, db_index=True)
    requester_relation = models.CharField(_("与当事人关系"), max_length=20, blank=True)
    requester_last4 = models.CharField(_("身份证后四位"), max_length=4, blank=True)
    requester_phone = EncryptedText(_("联系电话"))
    child = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="needs_about")
    involves_child = models.BooleanField(_("涉及未成年人"), default=False)
    school_name = models.CharField(_("学校"), max_length=60, blank=True)
    channel = models.CharField(_("来源渠道"), max_length=12, choices=Channel)
    category = models.CharField(_("诉求类别"), max_length=16, choices=Category)
    summary = models.CharField(_("诉求内容"), max_length=200)
    story = EncryptedText(_("详细情况"))
    basis = models.CharField(_("工作机制标签"), max_length=60, blank=True)
    recorded_at = models.DateTimeField(_("登记时间"))
    recorded_on = models.DateField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_org = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")

    reasonable = models.CharField(_("是否合理"), max_length=8, choices=Reasonable, blank=True)
    decline_ground = models.CharField(_("不合理依据"), max_length=12, choices=DeclineGround, blank=True)
    decision_reason = models.CharField(_("判定理由"), max_length=300, blank=True)
    told_on = models.DateField(_("告知日期"), null=True, blank=True)
    told_way = models.CharField(_("告知方式"), max_length=8, choices=Way, blank=True)

    urgency = models.CharField(_("紧急程度"), max_length=10, choices=Urgency, blank=True)
    difficulty = models.CharField(_("难易程度"), max_length=10, choices=Difficulty, blank=True)
    tier = models.CharField(_("交办层级"), max_length=10, choices=Tier, blank=True)
    grade_hint = models.CharField(_("研判提示"), max_length=120, blank=True)

    holder = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="needs_held", verbose_name=_("主办单位")
    )
    handler = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="needs_handled")
    leader = models.CharField(_("包案领导"), max_length=40, blank=True)
    due_on = models.DateField(_("办理时限"), null=True)
    due_provisional = models.BooleanField(default=False)
    first_due_on = models.DateField(_("最初的办理时限"), null=True)
    graded_on = models.DateField(_("首次研判日期"), null=True)
    due_days = models.SmallIntegerField(null=True)  # working days from graded_on (before: recorded_on); None: not so counted
    late_since = models.DateField(_("最早超期的承诺日期"), null=True)
    step_due_on = models.DateField(_("本环节时限"), null=True)
    step_clock = models.CharField(max_length=12, blank=True)
    step_from_on = models.DateField(null=True)
    assigned_at = models.DateTimeField(_("交办时间"), null=True)
    accepted_at = models.DateTimeField(_("签收时间"), null=True)
    contested_at = models.DateTimeField(_("提请裁定时间"), null=True)  # since when its holder waits for a session to say whose it is

    done_at = models.DateTimeField(_("办结时间"), null=True)
    outcome = models.CharField(_("办理结果"), max_length=12, choices=Outcome, blank=True)
    outcome_text = models.CharField(_("结果说明"), max_length=500, blank=True)
    planned_on = models.DateField(_("计划兑现日期"), null=True, blank=True)
    no_evidence_reason = models.CharField(_("无佐证的原因"), max_length=200, blank=True)
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)
    answered_way = models.CharField(_("答复方式"), max_length=8, choices=Way, blank=True)

    confirmed = models.CharField(_("诉求人确认"), max_length=10, choices=Word, blank=True)
    confirmed_by = models.CharField(_("由谁确认"), max_length=10, choices=ConfirmedBy, blank=True)
    satisfaction = models.CharField(_("满意度"), max_length=10, choices=Satisfaction, blank=True)
    slip_word = models.CharField(_("小条上的话"), max_length=10, choices=Word, blank=True)
    callback_failed = models.BooleanField(_("回访未果"), default=False)
    withdrawal_asked_at = models.DateTimeField(_("申请撤回时间"), null=True)
    drawn = models.BooleanField(_("抽中复核"), null=True)
    ledger_callback = models.CharField(_("台账回访栏"), max_length=40, blank=True)
    # Whom the imported ledger names, and its other cells, word for word (JSON): written once, when the row is taken.
    ledger_handler = models.CharField(_("台账所记责任人"), max_length=60, blank=True)
    ledger_recorder = models.CharField(_("台账所记登记人"), max_length=60, blank=True)
    ledger_cells = EncryptedText(_("台账原表其他各栏"))
    verified_at = models.DateTimeField(_("回访时间"), null=True)
    closed_at = models.DateTimeField(_("销号时间"), null=True)
    ended_at = models.DateTimeField(null=True)
    returns = models.SmallIntegerField(_("退回次数"), default=0)
    reopenings = models.SmallIntegerField(_("重办次数"), default=0)
    # What it is one matter with, and what it is related to: by hand, and undone by hand (matters/commands.py).
    matter = models.ForeignKey("casework.Matter", null=True, blank=True, on_delete=models.PROTECT, related_name="needs", verbose_name=_("同一事项"))
    related = models.ForeignKey("casework.Matter", null=True, blank=True, on_delete=models.PROTECT, related_name="relatives", verbose_name=_("相关事项"))
    source_file = models.CharField(max_length=64, blank=True)
    source_row = models.IntegerField(null=True)
    touched_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-recorded_at", "-number"]
        indexes = [
            models.Index(fields=["village", "state", "due_on"]),
            models.Index(fields=["holder", "state", "due_on"]),
            models.Index(fields=["handler", "state", "due_on"]),
            models.Index(fields=["state", "step_due_on"]),
            models.Index(fields=["-recorded_at", "-number"]),
            # The ledger's tabs are counted along it, and nothing else is read: what groups them, who sees the row, what they ask.
            models.Index(
                fields=["state", "outcome", "confirmed", "village", "due_on", "late_since", "handler", "holder", "recorded_by", "id"], name="need_tabs"
            ),
            # The importer asks, chunk by chunk, whether a row is a need of another file already.
            models.Index(fields=["village", "requester_name"], name="need_village_requester"),
            # A new need asks what of the same home and kind was struck off lately; the list of rechecks is a few among all that were.
            models.Index(fields=["household", "category", "closed_at"], name="need_home_kind"),
            # What is due for disposal is a few of all that ended: asked by class on the ledger office's desk.
            models.Index(fields=["state", "ended_at"], name="need_ended"),
            models.Index(fields=["recheck_due_on"], condition=Q(recheck_due_on__isnull=False), name="need_listed"),
        ]
        constraints = [
            models.CheckConstraint(
                name="need_holder_and_due_together",
                condition=Q(holder=None, due_on=None) | Q(holder__isnull=False, due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="open_need_has_owner_and_date", condition=Q(state__in=ENDED) | Q(holder__isnull=False, due_on__isnull=False)
            ),
            models.CheckConstraint(
                name="declined_need_has_reason", condition=~Q(state="declined") | ~Q(decision_reason="")
            ),
            models.UniqueConstraint(
                fields=["source_file", "source_row"], condition=~Q(source_file=""), name="ledger_row_imported_once"
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.number} {self.summary}"

    @property
    def mandate(self):
        """The mandate under which it was recorded, in the reader's words; what is no code stands as it was written."""
        return said_or_as_written(self.basis, mandates())

    @property
    def is_open(self):
        """Whether the promise still stands."""
        return self.state in OPEN

    @property
    def clock_stopped_on(self):
        """The day on which the need's own clock stopped: its handler said done, or it ended; None while it runs."""
        stopped = self.ended_at or (self.done_at if self.state in (NeedState.DONE_REPORTED, NeedState.VERIFIED) else None)
        return today(stopped) if stopped else None

    @property
    def responsible(self):
        """The name of who answers for it: its handler, else whom the imported ledger names until the need is handed on, else nothing."""
        return self.handler.name if self.handler else "" if self.returns or self.reopenings else self.ledger_handler

    @property
    def ledger_row(self):
        """The cells of the imported ledger that have no field of their own: {column: text as it stood}; one sentence if they do not open."""
        return opened(self, "ledger_cells", lambda text: json.loads(text or "{}"), {UNOPENED: ""})


class NumberSeries(models.Model):
    """The last number given in a county and month (编号序列): county6-yyyymm-seq."""

    privacy = {"internal": ("prefix", "last")}
    erasure = Erasure(nobody="numbers")

    prefix = models.CharField(max_length=13, primary_key=True)
    last = models.IntegerField(default=0)

    def __str__(self):
        return f"{self.prefix}-{self.last}"


# How those lines of rechecks begin, in both languages, that go on to say in clear what was found.
CLEAR_RECHECKS = {
    "抽查属实:": "抽查属实", "抽查不属实:": "抽查不属实", "Recheck confirms it: ": "Recheck confirms it",
    "Recheck does not confirm it: ": "Recheck does not confirm it",
}  # fmt: skip


# How the line of a callback began that went on with the household's own words.
CLEAR_CALLBACKS = ("群众说没有解决:", "The household says it is not settled:")


class Step(models.Model):
    """One line of a need's timeline (办理过程): its number, what the act changed, and what was true after it.

    The need is the fold of `changed` over its lines; the columns of facts let any figure be counted for any past day.
    """

    privacy = {
        "open": ("id", "need", "n", "happened_at", "recorded_at", "act", "state_after"),
        "internal": ("words", "by", "by_name", "by_org", "by_org_name", "holder", "reasonable", "outcome", "confirmed", "confirmed_by",
                     "urgency", "difficulty", "due_on", "handler", "callback_failed", "late_since", "extended_from", "runs_on", "matter", "contradicted_on", "changed"),
    }  # fmt: skip
    erasure = Erasure(
        about={"casework.Need": ("need",)},
        word=("words",), keys={"changed": ("summary", *SPOKEN, "salt", "asks")},
        kept={
            **dict.fromkeys(("act", "by_name", "by_org_name"), "who of the staff did what: the proof of the act itself"),
            **dict.fromkeys(("reasonable", "outcome", "confirmed", "confirmed_by", "urgency", "difficulty"), "codes; figures go by them"),
        })  # fmt: skip
    append_only = True

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="steps")
    n = models.IntegerField()
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    act = models.CharField(max_length=24)
    state_after = models.CharField(max_length=16, choices=NeedState)
    words = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=60)
    by_org = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    by_org_name = models.CharField(max_length=80, blank=True)
    holder = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    reasonable = models.CharField(max_length=8, blank=True)
    outcome = models.CharField(max_length=12, blank=True)
    confirmed = models.CharField(max_length=10, blank=True)
    confirmed_by = models.CharField(max_length=10, blank=True)
    urgency = models.CharField(max_length=10, blank=True)
    difficulty = models.CharField(max_length=10, blank=True)
    due_on = models.DateField(null=True)
    handler = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    callback_failed = models.BooleanField(default=False)
    late_since = models.DateField(null=True)
    extended_from = models.DateField(null=True)
    matter = models.ForeignKey("casework.Matter", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    runs_on = models.DateField(null=True)
    contradicted_on = models.DateField(null=True)
    changed = models.JSONField(default=dict)

    class Meta:
        ordering = ["need_id", "n"]
        indexes = [models.Index(fields=["need", "happened_at", "n"]), models.Index(fields=["happened_at"])]
        constraints = [models.UniqueConstraint(fields=["need", "n"], name="step_number_once")]

    def __str__(self):
        return f"{self.need_id} {self.act}"

    @property
    def told(self):
        """What the line says to whoever sees the need. A line written before words were sealed cannot be changed (the journal bears
        its digest): its words stand in the table and are shown to nobody.
        """
        old = "salt" not in self.changed  # written before 0.2.0: a withdrawal's own reason, what a caller was told, stood in the line
        if self.act == "ask_withdrawal" or (self.act == "withdraw" and old):
            return str(_("原因密封"))
        for clear, head in CLEAR_RECHECKS.items():
            if self.act in ("recheck", "dispute") and self.words.startswith(clear):
                return head + str(_("(情况密封)"))
        for clear in CLEAR_CALLBACKS:  # what a household wrote on its slip, it wrote to the unit itself
            if self.act == "dispute" and old and self.by_id and self.words.startswith(clear):
                return clear + str(_("原话密封"))
        return self.words


class Holding(models.Model):
    """Which unit owned a need from when to when (主办经历). The database lets an open need have exactly one live owner."""

    privacy = {"open": ("id", "need", "organisation", "from_at", "to_at"), "internal": ("assigned_by",)}

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="holdings")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="holdings")
    assigned_by = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["need_id", "from_at", "id"]
        indexes = [models.Index(fields=["organisation", "need"])]
        constraints = [models.UniqueConstraint(fields=["need"], condition=Q(to_at=None), name="one_live_owner_per_need")]

    def __str__(self):
        return f"{self.need_id} {self.organisation}"


class Support(models.Model):
    """A unit that helps the lead unit (协办)."""

    privacy = {"open": ("id", "need", "organisation", "asked_at")}

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="supports")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="supports")
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["need", "organisation"], name="support_once")]

    def __str__(self):
        return f"{self.need_id} {self.organisation}"


class Evidence(models.Model):
    """A paper or picture that shows what was done (附件/佐证). Kept encrypted; taken back by a mark, never deleted."""

    privacy = {
        "open": ("id", "need", "added_at"),
        "internal": ("name", "media_type", "size", "digest", "words", "added_by", "taken_back_at", "taken_back_reason"),
        "sensitive": ("body",),
    }
    erasure = Erasure(about={"casework.Need": ("need",)}, word=("name", "words", "taken_back_reason"), empty=("digest", "body"),
                      kept={"media_type": "that there was a picture or a paper"}, held={"body": {"size__gt": 0}})  # fmt: skip
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="evidence")
    name = models.CharField(_("文件名"), max_length=120, blank=True)
    media_type = models.CharField(max_length=80, blank=True)
    size = models.IntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    words = models.CharField(_("说明"), max_length=300, blank=True)
    body = EncryptedText()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    taken_back_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["added_at"]

    def __str__(self):
        return self.name or self.words
