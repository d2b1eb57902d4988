"""What a ride costs, who pays which part, and what a month came to, to the fen."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import staff
from wanjia.orgs.models.dated import DatedQuerySet
from wanjia.policy.money import yuan

from ..bus_states import SETTLEMENT, SettlementState
from .buses import Operator, Rider

ADDS_UP = Q(full=F("home") + F("subsidy"))


class InYuan:
    """Sums of a row as people write money."""

    @property
    def full_yuan(self):
        """The full fare."""
        return yuan(self.full)

    @property
    def home_yuan(self):
        """What the home pays."""
        return yuan(self.home)

    @property
    def subsidy_yuan(self):
        """What the subsidy covers."""
        return yuan(self.subsidy)


class BusFare(InYuan, models.Model):
    """What an operator takes for a ride (票价), from when to when. full: fen; share: percent that the home pays; source: who pays the rest."""

    privacy = {"open": ("id", "operator", "full", "share", "source", "from_on", "to_on")}
    erasure = Erasure(nobody="a price")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    operator = models.ForeignKey(Operator, on_delete=models.PROTECT, related_name="fares", verbose_name=_("承运单位"))
    full = models.PositiveIntegerField(_("全价(分)"))
    share = models.PositiveSmallIntegerField(_("家庭自付(%)"))
    source = models.CharField(_("补助从哪里来"), max_length=60)
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["operator_id", "-from_on"]
        constraints = [
            models.UniqueConstraint(fields=["operator"], condition=Q(to_on=None), name="one_bus_fare"),
            models.CheckConstraint(name="bus_fare_share_is_a_part", condition=Q(share__gte=0, share__lte=100)),
            models.CheckConstraint(name="bus_fare_ends_after_start", condition=Q(to_on=None) | Q(to_on__gte=F("from_on"))),
        ]

    def __str__(self):
        return f"{self.full} {self.share}"


class Settlement(InYuan, models.Model):
    """An operator's month (月结): rides, what they cost, what the homes paid, what the subsidy owes, in fen. month: 2026-11. Signed by another than who drew it up."""

    machine = SETTLEMENT
    privacy = {"open": ("id", "operator", "month", "state", "rides", "full", "home", "subsidy"), "internal": ("drawn_at", "drawn_by", "signed_at", "signed_by", "version")}
    erasure = Erasure(nobody="sums of a month", kept={"month": "a month"})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    operator = models.ForeignKey(Operator, on_delete=models.PROTECT, related_name="settlements", verbose_name=_("承运单位"))
    month = models.CharField(_("月份"), max_length=7)
    state = models.CharField(max_length=16, choices=SettlementState, default=SettlementState.DRAWN)
    rides = models.PositiveIntegerField(_("乘车人次"))
    full = models.PositiveIntegerField(_("全价(分)"))
    home = models.PositiveIntegerField(_("家庭自付(分)"))
    subsidy = models.PositiveIntegerField(_("补助(分)"))
    drawn_at = models.DateTimeField()
    drawn_by = staff()
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-month", "operator_id"]
        constraints = [
            models.UniqueConstraint(fields=["operator", "month"], name="one_settlement_a_month"),
            models.CheckConstraint(name="settlement_adds_up", condition=ADDS_UP),
            models.CheckConstraint(
                name="settlement_signed_by_another",
                condition=Q(signed_at=None, signed_by=None) | Q(signed_at__isnull=False, drawn_by=None) | (Q(signed_at__isnull=False) & ~Q(signed_by=F("drawn_by"))),
            ),
        ]

    def __str__(self):
        return self.month


class SettlementRow(InYuan, models.Model):
    """One rider's month in a settlement (月结明细), in fen."""

    privacy = {"open": ("id", "settlement", "rides", "full", "home", "subsidy"), "child": ("rider",)}
    erasure = Erasure(about={"registry.Person": ("rider__child",)})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="rows")
    rider = models.ForeignKey(Rider, on_delete=models.PROTECT, related_name="months")
    rides = models.PositiveIntegerField()
    full = models.PositiveIntegerField()
    home = models.PositiveIntegerField()
    subsidy = models.PositiveIntegerField()

    class Meta:
        ordering = ["settlement_id", "rider_id"]
        constraints = [
            models.UniqueConstraint(fields=["settlement", "rider"], name="settled_once"),
            models.CheckConstraint(name="settlement_row_adds_up", condition=ADDS_UP),
        ]

    def __str__(self):
        return str(self.rides)
