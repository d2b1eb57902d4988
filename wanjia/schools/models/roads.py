"""Operations on the road by counts alone: who was there, how many of what, and each earlier count that was corrected. Nobody and no plate is kept."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, Organisation, staff

from ..road_states import ROAD, Force, RoadKind, RoadSort, RoadState
from .year import School

_COUNTS = "counts of an operation; no driver, no passenger and no plate is kept"


class RoadOperation(models.Model):
    """An operation on the roads around schools (道路行动): a day, a place, who takes part. reported: the number of the count that stands, 0 while there is none.

    to_at before from_at: it ended after midnight; closing: why it was not held.
    """

    machine = ROAD
    privacy = {
        "open": ("id", "area", "place", "near", "sort", "unit", "day", "from_at", "to_at", "state", "reported", "closing", "version"),
        "internal": ("made_at", "made_by"),
    }
    erasure = Erasure(nobody=_COUNTS)
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("在哪里"))
    place = models.CharField(_("路段"), max_length=60)
    near = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="road_operations", verbose_name=_("靠近哪所学校"))
    sort = models.CharField(_("行动类别"), max_length=16, choices=RoadSort)
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("组织单位"))
    day = models.DateField(_("日期"))
    from_at = models.TimeField(_("几点开始"))
    to_at = models.TimeField(_("几点结束"))
    state = models.CharField(_("状态"), max_length=16, choices=RoadState, default=RoadState.PLANNED)
    reported = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = staff()
    closing = models.CharField(_("为什么不办"), max_length=200, blank=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-day", "-from_at", "area_id", "pk"]
        indexes = [models.Index(fields=["state", "day"], name="road_operations_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["area", "place", "day", "from_at"], condition=~Q(state=RoadState.CALLED_OFF), name="road_operation_once"),
            models.CheckConstraint(name="road_operation_lasts", condition=~Q(from_at=F("to_at"))),
            models.CheckConstraint(name="road_operation_held_with_counts", condition=Q(state=RoadState.HELD, reported__gte=1) | (~Q(state=RoadState.HELD) & Q(reported=0))),
            models.CheckConstraint(name="road_operation_off_with_a_reason", condition=(Q(state=RoadState.CALLED_OFF) & ~Q(closing="")) | (~Q(state=RoadState.CALLED_OFF) & Q(closing=""))),
        ]

    def __str__(self):
        return f"{self.day} {self.place}"


class RoadForce(models.Model):
    """How many of a force take part in an operation (参加力量)."""

    privacy = {"open": ("id", "operation", "force", "people")}
    erasure = Erasure(nobody=_COUNTS)
    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    operation = models.ForeignKey(RoadOperation, on_delete=models.PROTECT, related_name="forces")
    force = models.CharField(_("参加力量"), max_length=16, choices=Force)
    people = models.PositiveSmallIntegerField(_("几人"))

    class Meta:
        ordering = ["operation_id", "force"]
        constraints = [
            models.UniqueConstraint(fields=["operation", "force"], name="force_once_on_the_road"),
            models.CheckConstraint(name="force_sends_somebody", condition=Q(people__gte=1)),
        ]

    def __str__(self):
        return f"{self.get_force_display()} {self.people}"


class RoadReport(models.Model):
    """One telling of an operation's counts (填数): the first, or a correction with its reason (更正). None is ever changed; the last one stands."""

    privacy = {"open": ("id", "operation", "number", "reason", "told_at"), "internal": ("told_by",)}
    erasure = Erasure(nobody=_COUNTS)
    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    operation = models.ForeignKey(RoadOperation, on_delete=models.PROTECT, related_name="reports")
    number = models.PositiveSmallIntegerField(_("第几次"))
    reason = models.CharField(_("为什么更正"), max_length=200, blank=True)
    told_at = models.DateTimeField()
    told_by = staff()

    class Meta:
        ordering = ["operation_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["operation", "number"], name="road_report_numbered_once"),
            models.CheckConstraint(name="road_report_corrected_with_a_reason", condition=Q(number=1, reason="") | (Q(number__gt=1) & ~Q(reason=""))),
        ]

    def __str__(self):
        return f"{self.operation} {self.number}"


class RoadCount(models.Model):
    """How many of one kind a telling says (清点数). A nought that was told is a row too."""

    privacy = {"open": ("id", "report", "kind", "n")}
    erasure = Erasure(nobody=_COUNTS)
    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(RoadReport, on_delete=models.PROTECT, related_name="counts")
    kind = models.CharField(_("清点项目"), max_length=18, choices=RoadKind)
    n = models.PositiveIntegerField(_("数"))

    class Meta:
        ordering = ["report_id", "kind"]
        constraints = [models.UniqueConstraint(fields=["report", "kind"], name="road_kind_counted_once")]

    def __str__(self):
        return f"{self.get_kind_display()} {self.n}"
