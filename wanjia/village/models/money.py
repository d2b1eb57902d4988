"""The collective's book: its contracts and what is due by them, vouchers of two lines each, the balances. Apart from the village committee's money (集体经济组织法)."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, staff
from wanjia.registry.models import Household

from ..money_states import DEAL, VOUCHER, Category, Deal, DealState, Purse, VoucherKind, VoucherState

LAW = "a voucher of the collective's account: the accounting law has it kept, and it is shown to nobody outside the village"


class CollectiveDeal(models.Model):
    """A contract of the collective (集体合同): what it gives out, to whom, from when until when, for how much a year. party: whom with; home: where that is a home of the register; to_on: its last day."""

    machine = DEAL
    privacy = {
        "open": ("id", "village", "serial", "kind", "what", "from_on", "to_on", "fen", "state", "version"),
        "internal": ("party", "home", "basis", "ended_on", "reason", "drawn_at", "drawn_by", "checked_at", "checked_by"),
    }  # fmt: skip
    erasure = Erasure(about={"registry.Household": ("home",)}, word=("party", "reason"), kept=dict.fromkeys(("what", "basis"), LAW))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    serial = models.PositiveIntegerField(_("合同号"))
    kind = models.CharField(_("合同类型"), max_length=12, choices=Deal)
    what = models.CharField(_("标的"), max_length=60)
    party = models.CharField(_("对方"), max_length=60)
    home = models.ForeignKey(Household, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("本村哪一户"))
    basis = models.CharField(_("哪次会议定的"), max_length=120, blank=True)
    from_on = models.DateField(_("从哪天起"))
    to_on = models.DateField(_("到哪天止"))
    fen = models.PositiveBigIntegerField(_("一年多少钱(分)"))
    state = models.CharField(max_length=16, choices=DealState, default=DealState.DRAWN)
    ended_on = models.DateField(_("哪天终止"), null=True, blank=True)
    reason = models.CharField(_("为什么终止"), max_length=120, blank=True)
    drawn_at = models.DateTimeField()
    drawn_by = staff()
    checked_at = models.DateTimeField(null=True)
    checked_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["village_id", "-serial"]
        constraints = [
            models.UniqueConstraint(fields=["village", "serial"], name="collective_deal_numbered_once"),
            models.CheckConstraint(name="collective_deal_ends_after_start", condition=Q(to_on__gte=F("from_on"))),
            models.CheckConstraint(name="collective_deal_checked_by_another", condition=Q(checked_by=None) | Q(drawn_by=None) | ~Q(checked_by=F("drawn_by"))),
            models.CheckConstraint(name="collective_deal_ended_whole", condition=Q(state=DealState.ENDED, ended_on__isnull=False) | (~Q(state=DealState.ENDED) & Q(ended_on=None))),
        ]

    def __str__(self):
        return self.what


class DealDue(models.Model):
    """What is due by a contract on a day (应收); how much of it came is what the vouchers say that name it."""

    privacy = {"open": ("id", "deal", "due_on", "fen")}
    erasure = Erasure(nobody="a day and an amount; whose stands in its contract")
    never_delete = True

    deal = models.ForeignKey(CollectiveDeal, on_delete=models.PROTECT, related_name="dues")
    due_on = models.DateField(_("到期日"))
    fen = models.PositiveBigIntegerField(_("金额(分)"))

    class Meta:
        ordering = ["due_on", "deal_id"]
        constraints = [
            models.UniqueConstraint(fields=["deal", "due_on"], name="collective_due_once_a_day"),
            models.CheckConstraint(name="collective_due_is_something", condition=Q(fen__gte=1)),
        ]

    def __str__(self):
        return f"{self.due_on} {self.deal}"


class MoneyAccount(models.Model):
    """One account of a collective's book (科目余额): what its lines come to. All of a village add up to nought; there is never less cash than none, nor more paid out than was due."""

    privacy = {"open": ("id", "village", "purse", "fen", "version")}
    erasure = Erasure(nobody="totals of a book")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    purse = models.CharField(_("科目"), max_length=8, choices=Purse)
    fen = models.BigIntegerField(_("余额(分)"), default=0)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["village_id", "purse"]
        constraints = [
            models.UniqueConstraint(fields=["village", "purse"], name="collective_purse_once"),
            models.CheckConstraint(name="collective_cash_not_below_nought", condition=~Q(purse=Purse.CASH) | Q(fen__gte=0)),
            models.CheckConstraint(name="collective_owes_or_owes_nothing", condition=~Q(purse__in=(Purse.PAYABLE, Purse.RESERVE)) | Q(fen__lte=0)),
        ]

    def __str__(self):
        return self.get_purse_display()


class MoneyVoucher(models.Model):
    """One voucher (凭证): drawn up by one, on the book when another approved it; never changed then, never deleted: what was wrong is reversed by another that names it.

    day: when the money moved; year: the year of the account that it belongs to; paper: the number on its paper (票据号); serial: its number in the book, None until it is booked.
    """

    machine = VOUCHER
    privacy = {
        "open": ("id", "village", "serial", "kind", "category", "fen", "day", "year", "state", "version"),
        "internal": ("paper", "words", "due", "run", "reverses", "reason", "drawn_at", "drawn_by", "booked_at", "booked_by"),
    }  # fmt: skip
    erasure = Erasure(about={"registry.Household": ("due__deal__home",)}, word=("words", "reason"), kept={"paper": LAW})
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    serial = models.PositiveIntegerField(_("凭证号"), null=True)
    kind = models.CharField(max_length=16, choices=VoucherKind)
    category = models.CharField(_("收支类别"), max_length=16, choices=Category, blank=True)
    fen = models.PositiveBigIntegerField(_("金额(分)"))
    day = models.DateField(_("哪天收付"))
    year = models.PositiveSmallIntegerField(_("年度"))
    paper = models.CharField(_("票据号"), max_length=40, blank=True)
    words = models.CharField(_("摘要"), max_length=120, blank=True)
    due = models.ForeignKey(DealDue, null=True, blank=True, on_delete=models.PROTECT, related_name="vouchers")
    run = models.ForeignKey("village.DividendRun", null=True, blank=True, on_delete=models.PROTECT, related_name="vouchers")
    reverses = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversals")
    state = models.CharField(max_length=16, choices=VoucherState, default=VoucherState.DRAWN)
    reason = models.CharField(_("为什么不入账"), max_length=120, blank=True)
    drawn_at = models.DateTimeField()
    drawn_by = staff()
    booked_at = models.DateTimeField(null=True)
    booked_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["village_id", "-day", "-serial", "pk"]
        indexes = [models.Index(fields=["village", "year", "state"], name="money_vouchers_by_year")]
        constraints = [
            models.UniqueConstraint(fields=["village", "serial"], name="money_voucher_numbered_once"),
            models.UniqueConstraint(fields=["reverses"], condition=~Q(state=VoucherState.REFUSED), name="money_voucher_reversed_once"),
            models.CheckConstraint(name="money_voucher_moves_something", condition=Q(fen__gte=1)),
            models.CheckConstraint(name="money_voucher_booked_by_another", condition=Q(booked_by=None) | Q(drawn_by=None) | ~Q(booked_by=F("drawn_by"))),
            models.CheckConstraint(name="money_voucher_booked_whole", condition=Q(state=VoucherState.BOOKED, serial__isnull=False, booked_at__isnull=False) | (~Q(state=VoucherState.BOOKED) & Q(serial=None, booked_at=None))),
            models.CheckConstraint(
                name="money_voucher_says_what_for",
                condition=(Q(kind__in=(VoucherKind.OPENING, VoucherKind.INCOME, VoucherKind.COST, VoucherKind.USE), run=None, reverses=None) & ~Q(category="") & ~Q(paper=""))
                | Q(kind__in=(VoucherKind.RESERVE, VoucherKind.DIVIDEND, VoucherKind.PAYOUT), run__isnull=False, reverses=None, category="")
                | (Q(kind=VoucherKind.REVERSAL, run=None, reverses__isnull=False, category="") & ~Q(words="")),
            ),
        ]

    def __str__(self):
        return self.words or self.get_kind_display()

    @property
    def goes_out(self):
        """Whether money goes out of the cash box by it."""
        return self.kind in (VoucherKind.COST, VoucherKind.USE, VoucherKind.PAYOUT)


class MoneyLine(models.Model):
    """One side of a voucher (分录): so much into an account, or out of it. The two of a voucher add up to nought."""

    privacy = {"open": ("id", "voucher", "account", "fen")}
    erasure = Erasure(nobody="an account and an amount")
    never_delete = True

    voucher = models.ForeignKey(MoneyVoucher, on_delete=models.PROTECT, related_name="lines")
    account = models.ForeignKey(MoneyAccount, on_delete=models.PROTECT, related_name="lines")
    fen = models.BigIntegerField()

    class Meta:
        ordering = ["voucher_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["voucher", "account"], name="money_line_once_an_account"),
            models.CheckConstraint(name="a_money_line_moves_something", condition=~Q(fen=0)),
        ]

    def __str__(self):
        return str(self.fen)
