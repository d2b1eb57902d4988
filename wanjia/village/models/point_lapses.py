"""Points that lapse (积分过期): what one version of the rules gave in one year, told to the homes, taken off the book after its last day."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, staff

from ..point_states import LAPSE, LapseState


class PointLapse(models.Model):
    """What lapses of the points that one version of the rules gave in one year (积分过期): told by one, carried out by another after `until_on`, the last day on which they may be spent.

    scheme: the version that says so; points, homes: how many lapsed and of how many homes, None until they did; reason: why they do not lapse after all.
    """

    machine = LAPSE
    privacy = {"open": ("id", "village", "scheme", "year", "told_on", "until_on", "state", "points", "homes", "reason", "version"), "internal": ("told_at", "told_by", "booked_at", "booked_by")}
    erasure = Erasure(nobody="a rule carried out; whose points lapsed stands in the book", kept={"reason": "why the points of a year do not lapse"})
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    scheme = models.ForeignKey("village.PointScheme", on_delete=models.PROTECT, related_name="lapses", verbose_name=_("依据哪一版积分办法"))
    year = models.PositiveSmallIntegerField(_("哪一年记的积分"))
    told_on = models.DateField(_("哪天公告"))
    until_on = models.DateField(_("用到哪天"))
    state = models.CharField(max_length=16, choices=LapseState, default=LapseState.TOLD)
    points = models.PositiveIntegerField(_("过期多少分"), null=True)
    homes = models.PositiveIntegerField(_("几户"), null=True)
    reason = models.CharField(_("为什么不注销"), max_length=120, blank=True)
    told_at = models.DateTimeField()
    told_by = staff()
    booked_at = models.DateTimeField(null=True)
    booked_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["village_id", "-until_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "year"], condition=~Q(state=LapseState.DROPPED), name="points_of_a_year_lapse_once"),
            models.CheckConstraint(name="lapse_told_before", condition=Q(told_on__lt=F("until_on"))),
            models.CheckConstraint(name="lapse_booked_by_another", condition=Q(booked_by=None) | Q(told_by=None) | ~Q(booked_by=F("told_by"))),
            models.CheckConstraint(
                name="lapse_booked_whole",
                condition=Q(state=LapseState.BOOKED, points__isnull=False, homes__isnull=False, booked_at__isnull=False) | (~Q(state=LapseState.BOOKED) & Q(points=None, homes=None, booked_at=None)),
            ),
            models.CheckConstraint(name="lapse_dropped_with_reason", condition=~Q(state=LapseState.DROPPED) | ~Q(reason="")),
        ]

    def __str__(self):
        return str(self.year)
