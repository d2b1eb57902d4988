"""Aid that is to be cut, was refused, or was given before its papers: each decision written, with what it rests on, and told."""

import uuid
from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.doors.words import said
from wanjia.kernel.calendar import CHINA
from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, Organisation
from wanjia.policy.aid import grounds
from wanjia.policy.benefits import benefits
from wanjia.sealing.fields import EncryptedText

from ..states import CUT, OPEN_CUTS, CutState
from .circumstances import DatedStatus
from .homes import Household, Person


class CutKind(models.TextChoices):
    """What is proposed."""

    END = "end", _("停发")
    REDUCE = "reduce", _("减发")


class Told(models.TextChoices):
    """In which way somebody was sought, heard or handed a paper."""

    HOME = "home", _("上门")
    FACE = "face", _("当面(在办公室)")
    PHONE = "phone", _("电话")
    POST = "post", _("邮寄")
    LEFT = "left", _("留置送达")


class Climbing(models.Model):
    """A day that climbs the ladder when nobody keeps it. level: the rung it has come to, climbed_on when, told: the unit that was told then."""

    level = models.SmallIntegerField(default=0)
    climbed_on = models.DateField(null=True)
    told = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    @property
    def rung(self):
        """What it has climbed to, in words; "" for nothing."""
        return RUNGS[min(self.level, len(RUNGS) - 1)]


RUNGS = ("", _("提醒"), _("催办"), _("督办"), _("提级"))


def _staff():
    return models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")


class AidCut(Climbing):
    """One proposal to stop or reduce aid (停发、减发救助), from the proposal to the notice. 社会救助法 48: heard first, written, told.

    tries: [{"on", "way", "by", "at"}] of those times when nobody was reached (at: when it was noted); left: the notice was left behind instead of a hearing;
    due_on: by when the step that waits is to be taken, in working days of the rule of step_on, the day on which it began.
    """

    privacy = {
        "open": ("id", "state", "version", "village"),
        "internal": (
            "kind", "due_on", "step_on", "level", "climbed_on", "told", "tries", "left", "proposed_at", "proposed_by", "heard_on", "heard_way", "heard_by", "decided_at", "decided_by", "effective_on",
            "served_on", "served_way", "served_by", "ended_at",
        ),
        "sensitive": ("status", "ground", "document", "fact", "reasons", "heard_who", "words", "decision", "served_to", "drop_reason"),
    }  # fmt: skip
    erasure = Erasure(
        about={"registry.DatedStatus": ("status",)}, word=("document", "heard_who", "served_to", "drop_reason"), empty=("fact", "reasons", "words", "decision"),
        kept={"tries": "days, ways and ids of staff", "ground": "a code; figures go by it"},
    )  # fmt: skip
    machine = CUT
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    status = models.ForeignKey(DatedStatus, on_delete=models.PROTECT, related_name="cuts", verbose_name=_("哪一项救助"))
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("停发还是减发"), max_length=6, choices=CutKind)
    ground = models.CharField(_("理由"), max_length=12)
    document = models.CharField(_("凭什么材料"), max_length=80, blank=True)
    fact = EncryptedText(_("用的是什么事实"))
    reasons = EncryptedText(_("为什么提出"))
    state = models.CharField(_("状态"), max_length=10, choices=CutState, default=CutState.PROPOSED)
    version = models.IntegerField(default=0)
    due_on = models.DateField(_("哪天以前"), null=True)
    step_on = models.DateField(null=True)
    proposed_at = models.DateTimeField()
    proposed_by = _staff()
    tries = models.JSONField(default=list)
    left = models.BooleanField(_("没找到人,留下告知书"), default=False)
    heard_on = models.DateField(_("哪天听的"), null=True)
    heard_way = models.CharField(_("怎么听的"), max_length=6, choices=Told, blank=True)
    heard_who = models.CharField(_("谁说的"), max_length=40, blank=True)
    heard_by = _staff()
    words = EncryptedText(_("本人的话"))
    decided_at = models.DateTimeField(null=True)
    decided_by = _staff()
    decision = EncryptedText(_("决定的理由"))
    effective_on = models.DateField(_("从哪天起"), null=True)
    served_on = models.DateField(_("哪天送到"), null=True)
    served_way = models.CharField(_("怎么送的"), max_length=6, choices=Told, blank=True)
    served_to = models.CharField(_("交给谁"), max_length=40, blank=True)
    served_by = _staff()
    ended_at = models.DateTimeField(null=True)
    drop_reason = models.CharField(_("为什么撤回"), max_length=200, blank=True)

    class Meta:
        ordering = ["due_on", "proposed_at"]
        indexes = [models.Index(fields=["village", "state"])]
        constraints = [
            models.UniqueConstraint(fields=["status"], condition=Q(state__in=OPEN_CUTS), name="one_open_cut_per_status"),
            models.CheckConstraint(
                name="cut_is_heard_by_another", condition=Q(heard_by=None) | Q(proposed_by=None) | ~Q(heard_by=models.F("proposed_by"))
            ),
            models.CheckConstraint(
                name="cut_is_decided_by_a_third",
                condition=Q(decided_by=None) | (~Q(decided_by=models.F("proposed_by")) & (Q(heard_by=None) | ~Q(decided_by=models.F("heard_by")))),
            ),
            models.CheckConstraint(name="cut_has_its_day", condition=~Q(state="cut") | Q(effective_on__isnull=False)),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.status} {self.state}"

    @property
    def is_open(self):
        """Whether a step still waits."""
        return self.state in OPEN_CUTS

    @property
    def why(self):
        """The ground's table of policy."""
        return grounds()[self.ground]

    @property
    def ground_words(self):
        """The ground, in the reader's language."""
        return said(self.why)

    @property
    def cuts(self):
        """Whether it was decided to stop or reduce."""
        return self.effective_on is not None

    @property
    def missed_on(self):
        """The days on which nobody was reached, as they were told."""
        return [date.fromisoformat(one["on"]) for one in self.tries]

    @property
    def noted_at(self):
        """When each of them was noted, on the wall's clock; of before that was kept, nothing."""
        return [datetime.fromisoformat(one["at"]).astimezone(CHINA) for one in self.tries if "at" in one]

    @property
    def decided_unheard(self):
        """Whether nobody has said a word, nor was a notice left, where somebody is to be heard."""
        return self.why.heard and self.heard_on is None


class AidRefusal(Climbing):
    """Aid that was asked for and not given (不予救助决定): which condition failed, by which fact; written and told. 社会救助法 45.

    need_number: of the need in which it was asked, if it was; young: it is a child's benefit, and so the child's file's.
    """

    privacy = {
        "open": ("id", "household", "village"),
        "internal": ("benefit", "need_number", "young", "asked_on", "decided_at", "decided_by", "due_on", "level", "climbed_on", "told", "served_on", "served_way", "served_by"),
        "sensitive": ("person", "asked", "condition", "fact", "served_to"),
    }  # fmt: skip
    erasure = Erasure(
        about={"registry.Household": ("household",), "registry.Person": ("person",)}, word=("served_to",), empty=("asked", "condition", "fact"),
        kept={"benefit": "a code; figures go by it", "need_number": "a number of the ledger"},
    )  # fmt: skip
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="refusals")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="refusals", verbose_name=_("给谁申请的"))
    benefit = models.CharField(_("申请的是哪一项"), max_length=40)
    need_number = models.CharField(_("诉求编号"), max_length=30, blank=True)
    young = models.BooleanField(default=False)
    asked = EncryptedText(_("申请了什么"))
    asked_on = models.DateField(_("哪天申请的"))
    condition = EncryptedText(_("哪一条不符合"))
    fact = EncryptedText(_("用的是什么事实"))
    decided_at = models.DateTimeField()
    decided_by = _staff()
    due_on = models.DateField(_("哪天以前"), null=True)
    served_on = models.DateField(_("哪天送到"), null=True)
    served_way = models.CharField(_("怎么送的"), max_length=6, choices=Told, blank=True)
    served_to = models.CharField(_("交给谁"), max_length=40, blank=True)
    served_by = _staff()

    class Meta:
        ordering = ["-decided_at"]
        indexes = [models.Index(fields=["village", "served_on"]), models.Index(fields=["need_number"])]

    def __str__(self):
        return f"{self.benefit} {self.household_id}"

    @property
    def rule(self):
        """The benefit's table of policy."""
        return benefits()[self.benefit]

    @property
    def benefit_words(self):
        """The benefit, in the reader's language."""
        return said(self.rule)


class UrgentAid(Climbing):
    """Small aid given at once, its papers to be made up by a day (先行救助). 社会救助法 50."""

    privacy = {
        "open": ("id", "household", "village"),
        "internal": ("given_on", "recorded_at", "recorded_by", "due_on", "level", "climbed_on", "told", "papers_on", "papers_by"),
        "sensitive": ("given", "why", "papers"),
    }
    erasure = Erasure(about={"registry.Household": ("household",)}, word=("papers",), empty=("given", "why"))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="urgent_aid")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    given = EncryptedText(_("给了什么"))
    why = EncryptedText(_("遇到什么急难"))
    given_on = models.DateField(_("哪天给的"))
    recorded_at = models.DateTimeField()
    recorded_by = _staff()
    due_on = models.DateField(_("手续最晚哪天补齐"))
    papers = models.CharField(_("补了什么手续"), max_length=120, blank=True)
    papers_on = models.DateField(_("哪天补齐"), null=True)
    papers_by = _staff()

    class Meta:
        ordering = ["due_on"]
        indexes = [models.Index(fields=["village", "papers_on"])]

    def __str__(self):
        return f"{self.household_id} {self.given_on}"
