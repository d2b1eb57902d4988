"""Who stands where on which day: the duties of a version, exchanges, who came, what was told and what happened."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import User, staff
from wanjia.sealing.fields import EncryptedText
from wanjia.solving.models import Plan

from ..guard_states import SWAP, Stage, SwapState, Trouble
from ..plan_states import Party
from .guards import Guard, GuardAbsence
from .plans import Post
from .year import School

_OF_GUARDS = "of somebody who stands at a gate in office or by own offer; no person of the register is linked"


class GateDuty(models.Model):
    """One seat of a post on one day in a version of the roster, and who takes it (上岗). guard: nobody where it is uncovered; held: no later version moves it.

    place: Post.same_as, the same post through the versions of a school's plan; lost: the absence by which it lost its guard.
    """

    privacy = {"open": ("id", "plan", "school", "post", "place", "party", "n", "day", "from_at", "to_at", "going"), "internal": ("guard", "held", "lost", "version")}
    erasure = Erasure(nobody=_OF_GUARDS)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+", db_index=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    place = models.UUIDField(editable=False)
    party = models.CharField(_("哪一方"), max_length=8, choices=Party)
    n = models.PositiveSmallIntegerField(_("第几位"))
    day = models.DateField(_("日期"))
    from_at = models.TimeField(_("几点到岗"))
    to_at = models.TimeField(_("几点离岗"))
    going = models.BooleanField(_("放学"))
    guard = models.ForeignKey(Guard, null=True, blank=True, on_delete=models.PROTECT, related_name="duties", verbose_name=_("谁"))
    held = models.BooleanField(_("锁定"), default=False)
    lost = models.ForeignKey(GuardAbsence, null=True, blank=True, on_delete=models.PROTECT, related_name="lost")
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["day", "from_at", "school_id", "place", "party", "n"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "day", "place", "party", "n", "from_at"], name="gate_duty_once"),
            models.UniqueConstraint(fields=["plan", "guard", "day", "from_at"], condition=Q(guard__isnull=False), name="one_gate_at_a_time"),
            models.CheckConstraint(name="gate_duty_ends_after_start", condition=Q(to_at__gt=F("from_at"))),
            models.CheckConstraint(name="gate_duty_lost_is_open", condition=Q(lost=None) | Q(guard=None)),
        ]

    def __str__(self):
        return f"{self.day} {self.from_at}"


class DutySwap(models.Model):
    """Two guards exchange duties (换岗): both said yes to whoever asks for them, somebody else approves."""

    machine = SWAP
    privacy = {"open": ("id", "one", "other", "state"), "internal": ("asked_at", "asked_by", "reason", "decided_at", "decided_by", "answer", "version")}
    erasure = Erasure(nobody=_OF_GUARDS)
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    one = models.ForeignKey(GateDuty, on_delete=models.PROTECT, related_name="swaps")
    other = models.ForeignKey(GateDuty, on_delete=models.PROTECT, related_name="swaps_back")
    state = models.CharField(_("状态"), max_length=14, choices=SwapState, default=SwapState.ASKED)
    asked_at = models.DateTimeField()
    asked_by = staff()
    reason = models.CharField(_("原因"), max_length=60)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = staff()
    answer = models.CharField(_("答复"), max_length=60, blank=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(fields=["one"], condition=Q(state=SwapState.ASKED), name="one_swap_waits"),
            models.CheckConstraint(name="swap_of_two", condition=~Q(one=F("other"))),
        ]

    def __str__(self):
        return f"{self.one} {self.other}"


class Attendance(models.Model):
    """Whether somebody came, as the post's leader marked it with one tap (到岗). Nobody marks himself; no place, no time of arrival, no score."""

    privacy = {"open": ("id", "school", "post", "place", "party", "n", "day", "from_at"), "internal": ("guard", "came", "marked_at", "marked_by", "version")}
    erasure = Erasure(nobody=_OF_GUARDS)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    place = models.UUIDField(editable=False)
    party = models.CharField(_("哪一方"), max_length=8, choices=Party)
    n = models.PositiveSmallIntegerField(_("第几位"))
    day = models.DateField(_("日期"))
    from_at = models.TimeField(_("几点到岗"))
    guard = models.ForeignKey(Guard, on_delete=models.PROTECT, related_name="attendances")
    came = models.BooleanField(_("到岗"))
    marked_at = models.DateTimeField()
    marked_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-day", "from_at", "place", "party", "n"]
        constraints = [models.UniqueConstraint(fields=["guard", "day", "from_at"], name="marked_once")]
        indexes = [models.Index(fields=["school", "day"], name="marks_of_a_day")]

    def __str__(self):
        return f"{self.day} {self.guard}"


class GateAlarm(models.Model):
    """An uncovered slot was told to a person (空岗报警): the day before, and an hour before, with the cheapest remedy. guard: whom the remedy asks.

    person: who answers for it; nobody where no post of a school, of the police or of education is held. covered_at: somebody takes the seat now.
    """

    privacy = {
        "open": ("id", "school", "post", "place", "party", "n", "day", "from_at", "stage", "raised_at", "covered_at"),
        "internal": ("person", "guard", "why", "remedy", "seen_at", "seen_by"),
    }
    erasure = Erasure(nobody=_OF_GUARDS)
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="gate_alarms")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    place = models.UUIDField(editable=False)
    party = models.CharField(_("哪一方"), max_length=8, choices=Party)
    n = models.PositiveSmallIntegerField(_("第几位"))
    day = models.DateField(_("日期"))
    from_at = models.TimeField(_("几点到岗"))
    stage = models.CharField(_("什么时候报的"), max_length=4, choices=Stage)
    raised_at = models.DateTimeField(_("报警时间"))
    person = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("报给谁"))
    guard = models.ForeignKey(Guard, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    why = models.CharField(_("为什么空"), max_length=60)
    remedy = models.CharField(_("怎么补"), max_length=120)
    seen_at = models.DateTimeField(null=True)
    seen_by = staff()
    covered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["day", "from_at", "school_id", "place"]
        constraints = [models.UniqueConstraint(fields=["day", "place", "party", "n", "from_at", "stage"], name="alarmed_once_a_stage")]

    def __str__(self):
        return f"{self.day} {self.from_at}"


class GateTrouble(models.Model):
    """Something happened at a gate, and what was done (护学情况). No child is named."""

    privacy = {"open": ("id", "school", "day", "at", "kind"), "internal": ("recorded_at", "recorded_by"), "sensitive": ("words", "done")}
    erasure = Erasure(nobody="what happened at a gate; no child and nobody is named")
    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("日期"))
    at = models.TimeField(_("几点"))
    kind = models.CharField(_("类别"), max_length=8, choices=Trouble)
    words = EncryptedText(_("经过"))
    done = EncryptedText(_("怎么处置的"))
    recorded_at = models.DateTimeField()
    recorded_by = staff()

    class Meta:
        ordering = ["-day", "-at"]

    def __str__(self):
        return f"{self.day} {self.get_kind_display()}"


class GateTalk(models.Model):
    """A talk of helmets and belts at a gate (一盔一带宣传): the topic and how many listened."""

    privacy = {"open": ("id", "school", "day", "topic", "heard"), "internal": ("recorded_at", "recorded_by")}
    erasure = Erasure(nobody="counts")
    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("日期"))
    topic = models.CharField(_("讲了什么"), max_length=60)
    heard = models.PositiveSmallIntegerField(_("多少人听"))
    recorded_at = models.DateTimeField()
    recorded_by = staff()

    class Meta:
        ordering = ["-day", "school_id"]

    def __str__(self):
        return f"{self.day} {self.topic}"


class LeaderDay(models.Model):
    """A leader is on duty at a school on a day of the first of term or a feast (当天护学民警、领导带班): the calendar proposes, a person agrees, held is said afterwards."""

    privacy = {"open": ("id", "school", "day", "proposed_at", "agreed_at", "held"), "internal": ("guard", "agreed_by", "version")}
    erasure = Erasure(nobody=_OF_GUARDS)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("日期"))
    guard = models.ForeignKey(Guard, on_delete=models.PROTECT, related_name="+", verbose_name=_("带班领导"))
    proposed_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    agreed_by = staff()
    held = models.BooleanField(_("到了"), null=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["day", "school_id"]
        constraints = [models.UniqueConstraint(fields=["school", "day"], name="one_leader_a_day"), models.UniqueConstraint(fields=["guard", "day"], name="leader_at_one_school")]

    def __str__(self):
        return f"{self.day} {self.guard}"
