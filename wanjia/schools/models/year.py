"""Schools and their year: terms, days that are not as others, when which grade comes and goes, the gates and crossings before them."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, Organisation, staff
from wanjia.orgs.models.dated import DatedQuerySet

from ..states import GateKind, OtherDay


class School(models.Model):
    """A school (学校): a unit that stands in the tree of units, and what its gates and buses need to know of it.

    grades: numbers with blanks between, 1 is the first of primary school, 0 the kindergarten; lat, lon: WGS 84 degrees, of the main gate; to_on: the first day no longer.
    """

    privacy = {"open": ("id", "unit", "area", "address", "grades", "boards", "lat", "lon", "from_on", "to_on", "version")}
    erasure = Erasure(nobody="units")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("学校"))
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("所在村(社区)"))
    address = models.CharField(_("地址"), max_length=80)
    grades = models.CharField(_("年级"), max_length=40)
    boards = models.BooleanField(_("有寄宿生"), default=False)
    lat = models.FloatField(_("校门纬度"), null=True, blank=True)
    lon = models.FloatField(_("校门经度"), null=True, blank=True)
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)
    version = models.IntegerField(default=0)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["area_id", "pk"]
        constraints = [
            models.CheckConstraint(name="school_ends_after_start", condition=Q(to_on=None) | Q(to_on__gt=F("from_on"))),
            models.CheckConstraint(
                name="school_stands_on_earth", condition=Q(lat=None, lon=None) | Q(lat__isnull=False, lon__isnull=False, lat__gte=-90, lat__lte=90, lon__gte=-180, lon__lte=180),
            ),
        ]

    def __str__(self):
        return str(self.unit)

    def teaches(self):
        """Return its grades as numbers."""
        return tuple(map(int, self.grades.split()))


class Term(models.Model):
    """A term of all schools of an area (学期). to_on: the first day no longer, when the holidays begin."""

    privacy = {"open": ("id", "area", "name", "from_on", "to_on", "version")}
    erasure = Erasure(nobody="a calendar")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("范围"))
    name = models.CharField(_("学期"), max_length=40)
    from_on = models.DateField(_("开学日"))
    to_on = models.DateField(_("放假第一天"))
    version = models.IntegerField(default=0)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["area_id", "-from_on"]
        constraints = [
            models.UniqueConstraint(fields=["area", "name"], name="term_named_once"),
            models.CheckConstraint(name="term_ends_after_start", condition=Q(to_on__gt=F("from_on"))),
        ]

    def __str__(self):
        return self.name


class SchoolDay(models.Model):
    """A day that is not as others (校历的特殊日): of one school, or of all of an area.

    weekday: the day of the week, 1 is Monday, whose bells ring on a day that makes up for another. What one school says of a day goes before what its area says.
    """

    privacy = {"open": ("id", "area", "school", "day", "kind", "weekday", "words"), "internal": ("recorded_at", "recorded_by", "dropped_at")}
    erasure = Erasure(nobody="a calendar")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("范围"))
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="days", verbose_name=_("学校"))
    day = models.DateField(_("日期"))
    kind = models.CharField(_("怎么安排"), max_length=10, choices=OtherDay)
    weekday = models.PositiveSmallIntegerField(_("按星期几"), null=True, blank=True)
    words = models.CharField(_("说明"), max_length=60)
    recorded_at = models.DateTimeField()
    recorded_by = staff()
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["day", "area_id"]
        constraints = [
            models.UniqueConstraint(fields=["school", "day"], condition=Q(school__isnull=False, dropped_at=None), name="school_day_once"),
            models.UniqueConstraint(fields=["area", "day"], condition=Q(school=None, dropped_at=None), name="area_day_once"),
            models.CheckConstraint(name="made_up_by_a_weekday", condition=Q(kind=OtherDay.MAKES_UP, weekday__isnull=False, weekday__gte=1, weekday__lte=7) | (~Q(kind=OtherDay.MAKES_UP) & Q(weekday=None))),
        ]

    def __str__(self):
        return f"{self.day} {self.words}"


class Bell(models.Model):
    """When grades of a school come and go on days of the week (作息). grades, weekdays: as School.grades; 1 is Monday. to_on: the first day no longer.

    Boarders come on one day and go on another: their bells say an arrival or a leaving alone.
    """

    privacy = {"open": ("id", "school", "grades", "weekdays", "boarders", "arrives", "leaves", "from_on", "to_on", "version")}
    erasure = Erasure(nobody="a timetable")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="bells")
    grades = models.CharField(_("年级"), max_length=40)
    weekdays = models.CharField(_("星期几"), max_length=7)
    boarders = models.BooleanField(_("寄宿生"), default=False)
    arrives = models.TimeField(_("几点到校"), null=True, blank=True)
    leaves = models.TimeField(_("几点离校"), null=True, blank=True)
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)
    version = models.IntegerField(default=0)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["school_id", "from_on", "arrives", "pk"]
        constraints = [
            models.CheckConstraint(name="bell_ends_after_start", condition=Q(to_on=None) | Q(to_on__gte=F("from_on"))),
            models.CheckConstraint(
                name="bell_rings", condition=Q(arrives__isnull=False, leaves=None) | Q(arrives=None, leaves__isnull=False) | Q(arrives__isnull=False, leaves__gt=F("arrives")),
            ),
        ]

    def __str__(self):
        return f"{self.grades} {self.weekdays}"


class Gate(models.Model):
    """A gate, a crossing or a stop before a school that is guarded (校门、路口). to_on: the first day no longer.

    road: traffic passes here, so one of the police stands there (ADR 135).
    """

    privacy = {"open": ("id", "school", "name", "kind", "road", "from_on", "to_on", "version")}
    erasure = Erasure(nobody="places")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="gates")
    name = models.CharField(_("名称"), max_length=40)
    kind = models.CharField(_("类别"), max_length=8, choices=GateKind)
    road = models.BooleanField(_("门前有车辆通行"), default=True)
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)
    version = models.IntegerField(default=0)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["school_id", "kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["school", "name"], condition=Q(to_on=None), name="gate_named_once"),
            models.CheckConstraint(name="gate_ends_after_start", condition=Q(to_on=None) | Q(to_on__gte=F("from_on"))),
        ]

    def __str__(self):
        return self.name
