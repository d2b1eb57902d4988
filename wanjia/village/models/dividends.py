"""Who holds how many shares in the collective, and what a year's dividend gives each home."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, staff
from wanjia.orgs.models.dated import DatedQuerySet
from wanjia.registry.models import Household

from ..money_states import RUN, PaidBy, RunState
from .meetings import AgendaItem
from .money import MoneyVoucher


class ShareHolding(models.Model):
    """The shares of a home from a day on (成员份额): in hundredths of a share; basis: why, as the members' roll has it. to_on: the first day no longer."""

    privacy = {"open": ("id", "village", "from_on", "to_on"), "internal": ("home", "hundredths", "basis", "set_at", "set_by")}
    erasure = Erasure(about={"registry.Household": ("home",)}, word=("basis",))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    home = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+", verbose_name=_("哪一户"))
    hundredths = models.PositiveIntegerField(_("份额(百分之一份)"))
    from_on = models.DateField(_("从哪天起"))
    to_on = models.DateField(_("到哪天止"), null=True, blank=True)
    basis = models.CharField(_("依据"), max_length=80)
    set_at = models.DateTimeField()
    set_by = staff()

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["village_id", "home__number", "from_on"]
        constraints = [
            models.UniqueConstraint(fields=["home"], condition=Q(to_on=None), name="one_holding_of_a_home"),
            models.CheckConstraint(name="holding_ends_after_start", condition=Q(to_on=None) | Q(to_on__gte=F("from_on"))),
        ]

    def __str__(self):
        return self.home.number


class DividendRun(models.Model):
    """What a year's dividend comes to (分红方案), by the members' meeting's decision: the reserve first (art. 42), the rest by shares.

    day: whose shares count; told_on: when the members had the year's account and the plan (art. 46); reserve_parts: of 10,000; carried_fen: what earlier years left, or lost; total_fen: what is shared out.
    """

    machine = RUN
    privacy = {
        "open": ("id", "village", "year", "day", "item", "told_on", "reserve_parts", "income_fen", "cost_fen", "carried_fen", "reserve_fen", "total_fen", "hundredths", "homes", "state", "adopted_on", "version"),
        "internal": ("reason", "drawn_at", "drawn_by", "adopted_at", "adopted_by"),
    }  # fmt: skip
    erasure = Erasure(nobody="a year's totals", kept={"reason": "why a plan was not used; names nobody"})
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    year = models.PositiveSmallIntegerField(_("年度"))
    day = models.DateField(_("按哪天的份额"))
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="+", verbose_name=_("哪次成员大会的决定"))
    told_on = models.DateField(_("哪天把方案交给成员"))
    reserve_parts = models.PositiveSmallIntegerField(_("公积公益金(万分之几)"))
    income_fen = models.BigIntegerField(_("收入(分)"))
    cost_fen = models.BigIntegerField(_("支出(分)"))
    carried_fen = models.BigIntegerField(_("以前年度结余(分)"))
    reserve_fen = models.BigIntegerField(_("公积公益金(分)"))
    total_fen = models.BigIntegerField(_("分红合计(分)"))
    hundredths = models.PositiveIntegerField(_("份额合计(百分之一份)"))
    homes = models.PositiveIntegerField(_("户数"))
    state = models.CharField(max_length=16, choices=RunState, default=RunState.DRAWN)
    reason = models.CharField(_("为什么不用"), max_length=60, blank=True)
    drawn_at = models.DateTimeField()
    drawn_by = staff()
    adopted_on = models.DateField(null=True)
    adopted_at = models.DateTimeField(null=True)
    adopted_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-year", "village_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["village", "year"], condition=~Q(state=RunState.DROPPED), name="one_dividend_a_year"),
            models.CheckConstraint(name="dividend_no_more_than_there_is", condition=Q(total_fen__gte=1) & Q(total_fen__lte=F("income_fen") - F("cost_fen") + F("carried_fen") - F("reserve_fen"))),
            models.CheckConstraint(name="dividend_adopted_by_another", condition=Q(adopted_by=None) | Q(drawn_by=None) | ~Q(adopted_by=F("drawn_by"))),
            models.CheckConstraint(name="dividend_adopted_whole", condition=Q(state=RunState.ADOPTED, adopted_on__isnull=False, adopted_at__isnull=False) | (~Q(state=RunState.ADOPTED) & Q(adopted_on=None, adopted_at=None))),
        ]

    def __str__(self):
        return f"{self.village.short_name} {self.year}"

    @property
    def percent(self):
        """The reserve's share in percent, as people write it: 12.5."""
        return f"{self.reserve_parts / 100:g}"


class DividendShare(models.Model):
    """What a dividend gives one home (分红明细): private. serial: its receipt's number in the run; voucher: by which it left the book, when another hand had looked at its receipt."""

    privacy = {"open": ("id", "run", "serial"), "internal": ("home", "hundredths", "fen", "paid_on", "way", "paid_at", "paid_by", "voucher", "version")}
    erasure = Erasure(about={"registry.Household": ("home",)})
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(DividendRun, on_delete=models.PROTECT, related_name="shares")
    home = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+", verbose_name=_("哪一户"))
    serial = models.PositiveIntegerField(_("收据号"))
    hundredths = models.PositiveIntegerField(_("份额(百分之一份)"))
    fen = models.PositiveBigIntegerField(_("金额(分)"))
    paid_on = models.DateField(_("哪天发的"), null=True)
    way = models.CharField(_("发放方式"), max_length=8, choices=PaidBy, blank=True)
    paid_at = models.DateTimeField(null=True)
    paid_by = staff()
    voucher = models.ForeignKey(MoneyVoucher, null=True, blank=True, on_delete=models.PROTECT, related_name="paid")
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["run_id", "serial"]
        constraints = [
            models.UniqueConstraint(fields=["run", "home"], name="dividend_of_a_home_once"),
            models.UniqueConstraint(fields=["run", "serial"], name="dividend_receipt_numbered_once"),
            models.CheckConstraint(name="dividend_of_a_home_is_something", condition=Q(fen__gte=1, hundredths__gte=1)),
            models.CheckConstraint(name="dividend_paid_whole", condition=(Q(paid_on=None, paid_at=None, way="", voucher=None)) | (Q(paid_on__isnull=False, paid_at__isnull=False) & ~Q(way=""))),
        ]

    def __str__(self):
        return f"{self.run} {self.serial}"
