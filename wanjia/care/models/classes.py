"""Classes after school and at weekends: where, which class, who is on its roll, who may fetch whom, what became of each child on each day."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, Organisation, staff
from wanjia.orgs.models.dated import DatedQuerySet
from wanjia.registry.models import Person
from wanjia.sealing.fields import EncryptedText

from ..class_states import ENROLMENT, HERE, SESSION, ClassKind, Enrolled, Here, SessionState
from .teams import Helper


class CareClass(models.Model):
    """A class after school or at weekends (四点半课堂、周末课堂): where, on which days of the week, from when to when, with how many seats.

    weekdays: digits, 1 is Monday; an afternoon's class is held on school days alone, also on those that make up for a feast.
    """

    privacy = {"open": ("id", "name", "kind", "unit", "area", "place", "weekdays", "starts", "ends", "seats", "from_on", "until_on", "leader", "version"), "internal": ("looked_on",)}
    erasure = Erasure(nobody="classes")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("课堂名称"), max_length=60)
    kind = models.CharField(_("类别"), max_length=9, choices=ClassKind)
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("主办单位"))
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    place = models.CharField(_("地点"), max_length=80)
    weekdays = models.CharField(_("星期几"), max_length=7)
    starts = models.TimeField(_("几点开始"))
    ends = models.TimeField(_("几点结束"))
    seats = models.PositiveSmallIntegerField(_("名额"))
    from_on = models.DateField(_("起"))
    until_on = models.DateField(_("止"))  # the first day no longer
    leader = models.ForeignKey(Helper, on_delete=models.PROTECT, related_name="classes", verbose_name=_("负责人"))
    looked_on = models.DateField(null=True, blank=True)  # up to this day the clock has noted which rolls nobody called; None: from its next look on
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["area_id", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "name", "from_on"], name="class_named_once"),
            models.CheckConstraint(name="class_ends_after_start", condition=Q(until_on__gt=F("from_on"), ends__gt=F("starts"))),
            models.CheckConstraint(name="class_has_seats", condition=Q(seats__gte=1)),
        ]

    def __str__(self):
        return self.name


class Enrolment(models.Model):
    """A child's place in a class, or in the line for one (报名)."""

    machine = ENROLMENT
    privacy = {"open": ("id", "care_class", "state", "on", "left_on"), "internal": ("asked_by", "recorded_at", "recorded_by", "version"), "child": ("child",)}
    erasure = Erasure(about={"registry.Person": ("child",)}, word=("asked_by",))

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    care_class = models.ForeignKey(CareClass, on_delete=models.PROTECT, related_name="roll")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enrolments")  # named: a merge of the register moves what it finds by its name
    state = models.CharField(max_length=12, choices=Enrolled)
    on = models.DateField(_("报名日期"))
    left_on = models.DateField(null=True, blank=True)
    asked_by = models.CharField(_("谁给孩子报的名"), max_length=40)
    recorded_at = models.DateTimeField()
    recorded_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["care_class_id", "on", "recorded_at"]
        constraints = [
            models.UniqueConstraint(fields=["care_class", "child"], condition=~Q(state=Enrolled.OUT), name="enrolled_once"),
            models.CheckConstraint(name="enrolment_left_with_its_day", condition=Q(state=Enrolled.OUT, left_on__isnull=False) | (~Q(state=Enrolled.OUT) & Q(left_on=None))),
        ]

    def __str__(self):
        return f"{self.care_class} {self.on}"


class Collector(models.Model):
    """An adult who may fetch a child (接送人), listed by one person with the guardian's word and confirmed by another.

    `code` is said at the gate: six letters and digits, on the slip that the guardian has; no photo. to_on: the first day no longer.
    words: what the guardian said, to whoever listed, to whoever confirmed, and why somebody was struck off: a line each. No journal repeats it.
    """

    privacy = {
        "open": ("id", "from_on", "to_on"), "internal": ("listed_by", "listed_at", "confirmed_by", "confirmed_at", "version"),
        "sensitive": ("phone", "code", "words"), "child": ("child", "name", "relation"),
    }  # fmt: skip
    erasure = Erasure(about={"registry.Person": ("child",)}, word=("name",), empty=("phone", "code", "words"), kept={"relation": "says nothing of whom"})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="collectors")
    name = models.CharField(_("接送人姓名"), max_length=40)
    relation = models.CharField(_("与孩子的关系"), max_length=20)
    phone = EncryptedText(_("手机号"))
    code = EncryptedText(_("接送码"))
    words = EncryptedText(_("监护人怎么说的"))
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)
    listed_at = models.DateTimeField()
    listed_by = staff()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = staff()
    version = models.IntegerField(default=0)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["child_id", "listed_at"]
        constraints = [
            models.CheckConstraint(
                name="collector_confirmed_by_another",
                condition=Q(confirmed_at=None, confirmed_by=None) | Q(confirmed_at__isnull=False, listed_by=None) | (Q(confirmed_at__isnull=False) & ~Q(confirmed_by=F("listed_by"))),
            ),
            models.CheckConstraint(name="collector_ends_after_start", condition=Q(to_on=None) | Q(to_on__gte=F("from_on"))),
        ]

    def __str__(self):
        return self.relation


class Session(models.Model):
    """A class on one day (一次课). One whose roll nobody called is noted by the clock, and has no moment of opening."""

    machine = SESSION
    privacy = {"open": ("id", "care_class", "day", "state"), "internal": ("opened_at", "opened_by", "closed_at", "wrong_codes", "version")}
    erasure = Erasure(nobody="a class on a day")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    care_class = models.ForeignKey(CareClass, on_delete=models.PROTECT, related_name="sessions")
    day = models.DateField()
    state = models.CharField(max_length=14, choices=SessionState, default=SessionState.OPEN)
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = staff()
    closed_at = models.DateTimeField(null=True, blank=True)
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-day", "care_class_id"]
        indexes = [models.Index(fields=["care_class"], condition=Q(state=SessionState.UNCALLED), name="sessions_uncalled")]  # the desk asks it with every page
        constraints = [models.UniqueConstraint(fields=["care_class", "day"], name="one_session_a_day")]

    def __str__(self):
        return f"{self.care_class} {self.day}"


class Presence(models.Model):
    """A child on the roll of a session (点名): there, excused, looked for, fetched by whom."""

    machine = HERE
    privacy = {
        "open": ("id", "session", "state"), "internal": ("arrived_at", "fetched_at", "fetched_by", "handed_by", "by_hand", "marked_at", "marked_by", "version"),
        "sensitive": ("words",), "child": ("child",),
    }  # fmt: skip
    erasure = Erasure(about={"registry.Person": ("child",)}, empty=("words",))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="roll")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="presences")
    state = models.CharField(max_length=10, choices=Here, default=Here.EXPECTED)
    arrived_at = models.DateTimeField(null=True, blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)
    fetched_by = models.ForeignKey(Collector, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    handed_by = staff()
    by_hand = models.BooleanField(_("按名单交接,没有接送码"), default=False)
    words = EncryptedText(_("情况"))
    marked_at = models.DateTimeField(null=True, blank=True)
    marked_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["session_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "child"], name="on_a_roll_once"),
            models.CheckConstraint(
                name="fetched_by_a_listed_adult",
                condition=Q(state=Here.FETCHED, fetched_by__isnull=False, fetched_at__isnull=False) | (~Q(state=Here.FETCHED) & Q(fetched_by=None, fetched_at=None)),
            ),
        ]

    def __str__(self):
        return str(self.state)
