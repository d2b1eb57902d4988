"""Patrols as rows of their own: who walks when and where, walked or why not, and what was found where a notice is not heeded."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, Organisation, staff

from ..road_states import PATROL, PatrolState
from .notices import NoticeStep, SafetyNotice
from .year import School

_UNITS = "places and units, not people: a unit sends whom it has that evening"


class PatrolPlan(models.Model):
    """A plan of patrols (巡查安排): one route, on some weekdays, over some days; tied to a notice, or to an evening route. Each of its days is a patrol from the start.

    weekdays: 1 Monday … 7 Sunday, as digits; ended_on: from which day on no more is walked; until_on: its last day.
    """

    privacy = {
        "open": ("id", "area", "name", "notice", "near", "route", "unit", "from_on", "until_on", "weekdays", "from_at", "to_at", "ended_on", "end_reason", "version"),
        "internal": ("made_at", "made_by"),
    }
    erasure = Erasure(nobody=_UNITS)
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("范围"))
    name = models.CharField(_("名称"), max_length=60)
    notice = models.ForeignKey(SafetyNotice, null=True, blank=True, on_delete=models.PROTECT, related_name="patrol_plans", verbose_name=_("为哪份通知书"))
    near = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("靠近哪所学校"))
    route = models.CharField(_("路线"), max_length=80)
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("组织单位"))
    from_on = models.DateField(_("从哪天起"))
    until_on = models.DateField(_("到哪天止"))
    weekdays = models.CharField(_("星期几"), max_length=7)
    from_at = models.TimeField(_("几点出发"))
    to_at = models.TimeField(_("几点结束"))
    made_at = models.DateTimeField()
    made_by = staff()
    ended_on = models.DateField(_("从哪天起不再巡查"), null=True, blank=True)
    end_reason = models.CharField(_("为什么不再巡查"), max_length=200, blank=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-from_on", "area_id", "pk"]
        constraints = [
            models.CheckConstraint(name="patrol_plan_has_an_end", condition=Q(until_on__gte=F("from_on"))),
            models.CheckConstraint(name="patrol_plan_lasts", condition=~Q(from_at=F("to_at"))),
            models.CheckConstraint(name="patrol_plan_ended_with_a_reason", condition=Q(ended_on=None, end_reason="") | (Q(ended_on__isnull=False) & ~Q(end_reason=""))),
        ]

    def __str__(self):
        return self.name


class Patrol(models.Model):
    """One patrol of one evening (巡查): several forces that walk it together are one. Walked, or a written reason why not; what is neither is alarmed.

    to_at before from_at: it ends after midnight; places, people: how many were looked at, how many walked; told_at: when either was entered.
    """

    machine = PATROL
    privacy = {
        "open": ("id", "plan", "area", "notice", "near", "route", "unit", "day", "from_at", "to_at", "state", "places", "people", "reason", "told_at", "version"),
        "internal": ("seen", "told_by", "made_at", "made_by"),
    }
    erasure = Erasure(nobody=_UNITS)
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(PatrolPlan, null=True, blank=True, on_delete=models.PROTECT, related_name="patrols")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("范围"))
    notice = models.ForeignKey(SafetyNotice, null=True, blank=True, on_delete=models.PROTECT, related_name="patrols", verbose_name=_("为哪份通知书"))
    near = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="patrols", verbose_name=_("靠近哪所学校"))
    route = models.CharField(_("路线"), max_length=80)
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("组织单位"))
    day = models.DateField(_("日期"))
    from_at = models.TimeField(_("几点出发"))
    to_at = models.TimeField(_("几点结束"))
    state = models.CharField(_("状态"), max_length=16, choices=PatrolState, default=PatrolState.PLANNED)
    places = models.PositiveSmallIntegerField(_("看了几处"), null=True)
    people = models.PositiveSmallIntegerField(_("到场几人"), null=True)
    seen = models.CharField(_("看到什么"), max_length=300, blank=True)
    reason = models.CharField(_("为什么没巡查"), max_length=200, blank=True)
    told_at = models.DateTimeField(null=True)
    told_by = staff()
    made_at = models.DateTimeField()
    made_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["day", "from_at", "area_id", "pk"]
        indexes = [models.Index(fields=["state", "day"], name="patrols_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["area", "route", "day", "from_at"], condition=~Q(state=PatrolState.MISSED), name="patrol_once"),
            models.CheckConstraint(name="patrol_lasts", condition=~Q(from_at=F("to_at"))),
            models.CheckConstraint(
                name="patrol_walked_or_why_not",
                condition=Q(state=PatrolState.PLANNED, told_at=None, reason="", people=None, places=None)
                | Q(state=PatrolState.WALKED, told_at__isnull=False, reason="", people__isnull=False, people__gte=1, places__isnull=False)
                | (Q(state=PatrolState.MISSED, told_at__isnull=False, people=None, places=None) & ~Q(reason="")),
            ),
        ]

    def __str__(self):
        return f"{self.day} {self.route}"


class PatrolForce(models.Model):
    """A unit that walks a patrol, and how many it sends (参加单位)."""

    privacy = {"open": ("id", "patrol", "unit", "people")}
    erasure = Erasure(nobody=_UNITS)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patrol = models.ForeignKey(Patrol, on_delete=models.PROTECT, related_name="forces")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("单位"))
    people = models.PositiveSmallIntegerField(_("派几人"))

    class Meta:
        ordering = ["patrol_id", "unit__name"]
        constraints = [
            models.UniqueConstraint(fields=["patrol", "unit"], name="unit_once_on_a_patrol"),
            models.CheckConstraint(name="patrol_unit_sends_somebody", condition=Q(people__gte=1)),
        ]

    def __str__(self):
        return self.unit.short_name or self.unit.name


class PatrolFinding(models.Model):
    """What a patrol found where a notice was not heeded (巡查发现): the step on its receipt says all of it, this says on which patrol it was taken."""

    privacy = {"open": ("id", "patrol", "step")}
    erasure = Erasure(nobody=_UNITS)
    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patrol = models.ForeignKey(Patrol, on_delete=models.PROTECT, related_name="findings")
    step = models.OneToOneField(NoticeStep, on_delete=models.PROTECT, related_name="finding")

    class Meta:
        ordering = ["patrol_id", "step__taken_at"]

    def __str__(self):
        return f"{self.patrol} {self.step}"
