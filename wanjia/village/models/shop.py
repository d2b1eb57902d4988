"""The shop where points are spent (爱心超市): what lies on its shelves, what was handed out for points, the close of a month."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, staff
from wanjia.policy.money import yuan
from wanjia.registry.models import Household

from ..point_states import MONTH, GoodSource, MonthState, StockKind, Way
from .points import PointEntry


class Good(models.Model):
    """Something on the shelves (兑换物品). fen: what one piece cost or is worth, from which its price in points follows (policy.points.price); on_hand: pieces, the sum of its moves, never below nought."""

    privacy = {"open": ("id", "village", "name", "source", "fen", "on_hand", "offered", "version")}
    erasure = Erasure(nobody="things")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    name = models.CharField(_("物品"), max_length=40)
    source = models.CharField(_("货源"), max_length=8, choices=GoodSource)
    fen = models.PositiveIntegerField(_("一件值多少钱(分)"))
    on_hand = models.IntegerField(_("库存(件)"), default=0)
    offered = models.BooleanField(_("上架"), default=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["village_id", "name"]
        constraints = [
            models.UniqueConstraint(fields=["village", "name"], name="a_good_once"),
            models.CheckConstraint(name="stock_not_below_nought", condition=Q(on_hand__gte=0)),
            models.CheckConstraint(name="a_good_is_worth_something", condition=Q(fen__gte=1)),
        ]

    def __str__(self):
        return self.name

    @property
    def yuan(self):
        """What a piece is worth, as it is written."""
        return yuan(self.fen)


class Redemption(models.Model):
    """What a home took for its points (兑换): signed for on the receipt. serial: the number of the receipt within the village."""

    privacy = {"open": ("id", "village", "serial", "good", "pieces", "points", "day", "way", "returned_on", "version"), "internal": ("home", "entry", "given_at", "given_by", "back")}
    erasure = Erasure(about={"registry.Household": ("home",)})
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    serial = models.PositiveIntegerField(_("回执号"))
    home = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+", verbose_name=_("哪一户"))
    good = models.ForeignKey(Good, on_delete=models.PROTECT, related_name="redemptions", verbose_name=_("物品"))
    pieces = models.PositiveIntegerField(_("几件"))
    points = models.PositiveIntegerField(_("几分"))
    day = models.DateField(_("哪天"))
    way = models.CharField(_("兑换方式"), max_length=10, choices=Way)
    entry = models.OneToOneField(PointEntry, on_delete=models.PROTECT, related_name="redemption")
    given_at = models.DateTimeField()
    given_by = staff()
    returned_on = models.DateField(_("哪天退回"), null=True)
    back = models.OneToOneField(PointEntry, null=True, on_delete=models.PROTECT, related_name="returned")
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["village_id", "-serial"]
        constraints = [
            models.UniqueConstraint(fields=["village", "serial"], name="redemption_numbered_once"),
            models.CheckConstraint(name="redemption_of_something", condition=Q(pieces__gte=1, points__gte=1)),
            models.CheckConstraint(name="returned_with_points_back", condition=Q(returned_on=None, back=None) | Q(returned_on__isnull=False, back__isnull=False)),
        ]

    def __str__(self):
        return str(self.serial)


class StockMove(models.Model):
    """Pieces that came or went (进出库): a positive number came. What was handed out or came back names its redemption. waits: they came, and count for nothing before another hand has looked at them; day: from when they count."""

    privacy = {"open": ("id", "good", "kind", "pieces", "day", "words"), "internal": ("redemption", "at", "made_by", "waits", "checked_by")}
    erasure = Erasure(nobody="pieces of a thing", kept={"words": "why pieces came or went, not who"})
    never_delete = True

    good = models.ForeignKey(Good, on_delete=models.PROTECT, related_name="moves")
    kind = models.CharField(max_length=12, choices=StockKind)
    pieces = models.IntegerField(_("几件"))
    day = models.DateField(_("哪天"))
    words = models.CharField(_("说明"), max_length=80, blank=True)
    redemption = models.ForeignKey(Redemption, null=True, on_delete=models.PROTECT, related_name="moves")
    at = models.DateTimeField()
    made_by = staff()
    waits = models.BooleanField(_("等核对"), default=False)
    checked_by = staff()

    class Meta:
        ordering = ["good_id", "-day", "-pk"]
        constraints = [
            models.CheckConstraint(name="only_what_came_waits", condition=Q(waits=False) | Q(kind=StockKind.IN, checked_by=None)),
            models.CheckConstraint(name="stock_checked_by_another", condition=Q(checked_by=None) | Q(made_by=None) | ~Q(checked_by=F("made_by"))),
            models.CheckConstraint(name="stock_moves_some_way", condition=Q(kind__in=(StockKind.IN, StockKind.BACK), pieces__gte=1) | Q(kind__in=(StockKind.OUT, StockKind.LOSS), pieces__lte=-1)),
            models.UniqueConstraint(fields=["redemption", "kind"], condition=Q(redemption__isnull=False), name="handed_out_once"),
        ]

    def __str__(self):
        return f"{self.pieces}"


class PointMonth(models.Model):
    """The close of a month (积分月结), printed and put up: points out at its begin and end, given, taken back, spent, come back and lapsed (without what was put back); what lay on the shelves, in fen. month: 2026-11. Checked by another."""

    machine = MONTH
    privacy = {
        "open": ("id", "village", "month", "opening", "awarded", "reversed", "spent", "returned", "lapsed", "closing", "homes", "redemptions", "stock_fen", "fen", "state", "version"),
        "internal": ("drawn_at", "drawn_by", "checked_at", "checked_by"),
    }  # fmt: skip
    erasure = Erasure(nobody="sums of a month", kept={"month": "a month"})
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    month = models.CharField(_("月份"), max_length=7)
    opening = models.IntegerField(_("月初积分"))
    awarded = models.IntegerField(_("本月记分"))
    reversed = models.IntegerField(_("本月冲正"))
    spent = models.IntegerField(_("本月兑换"))
    returned = models.IntegerField(_("本月退分"))
    lapsed = models.IntegerField(_("本月过期"), default=0)
    closing = models.IntegerField(_("月末积分"))
    homes = models.PositiveIntegerField(_("有积分的户"))
    redemptions = models.PositiveIntegerField(_("兑换笔数"))
    stock_fen = models.PositiveIntegerField(_("月末货值(分)"))
    fen = models.PositiveIntegerField(_("1 个积分值几分钱"))
    state = models.CharField(max_length=16, choices=MonthState, default=MonthState.DRAWN)
    drawn_at = models.DateTimeField()
    drawn_by = staff()
    checked_at = models.DateTimeField(null=True)
    checked_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-month", "village_id"]
        constraints = [
            models.UniqueConstraint(fields=["village", "month"], name="points_closed_once_a_month"),
            models.CheckConstraint(name="point_month_adds_up", condition=Q(closing=F("opening") + F("awarded") - F("reversed") - F("spent") + F("returned") - F("lapsed"))),
            models.CheckConstraint(name="point_month_checked_by_another", condition=Q(checked_by=None) | Q(drawn_by=None) | ~Q(checked_by=F("drawn_by"))),
        ]

    def __str__(self):
        return self.month
