"""The refuse-collection fee (垃圾清运收费): rules that a meeting adopted, what each home is due, waivers, money that came. What went, and the purse: spending.py. Money is whole fen."""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, staff
from wanjia.policy.money import yuan
from wanjia.registry.models import Household
from wanjia.sealing.fields import EncryptedText

from ..fee_states import (
    FEE_RULE,
    FEE_RUN,
    FEE_WAIVER,
    Basis,
    Ground,
    RuleState,
    RunState,
    Span,
    WaiverState,
)
from .bylaws import BylawClause
from .receipts import Receipt


class FeeRule(models.Model):
    """A village's rules of the fee (收费办法), a version. fen: the rate, by home or head, for a span; cites: the clause of a by-law that it goes by; resolved_on, resolved: that clause and since when it stands, or the meeting that adopted it; from_on: the first of a month."""

    machine = FEE_RULE
    privacy = {
        "open": ("id", "village", "serial", "basis", "span", "fen", "resolved", "resolved_on", "cites", "from_on", "to_on", "state", "version"),
        "internal": ("drawn_at", "drawn_by", "adopted_at", "adopted_by"),
    }  # fmt: skip
    erasure = Erasure(nobody="rules, not people")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    serial = models.PositiveSmallIntegerField(_("第几版"))
    basis = models.CharField(_("计费方式"), max_length=12, choices=Basis)
    span = models.CharField(_("多久收一次"), max_length=8, choices=Span)
    fen = models.PositiveIntegerField(_("标准(分)"))
    resolved = models.CharField(_("哪次会议通过"), max_length=120)
    resolved_on = models.DateField(_("会议日期"))
    cites = models.ForeignKey(BylawClause, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("依据哪条制度"))
    from_on = models.DateField(_("从哪天起"))
    to_on = models.DateField(_("到哪天止"), null=True, blank=True)
    state = models.CharField(max_length=16, choices=RuleState, default=RuleState.DRAFT)
    drawn_at = models.DateTimeField()
    drawn_by = staff()
    adopted_at = models.DateTimeField(null=True)
    adopted_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["village_id", "-serial"]
        constraints = [
            models.UniqueConstraint(fields=["village", "serial"], name="fee_rule_numbered_once"),
            models.UniqueConstraint(fields=["village"], condition=Q(state=RuleState.IN_FORCE), name="one_fee_rule_in_force"),
            models.UniqueConstraint(fields=["village"], condition=Q(state=RuleState.DRAFT), name="one_fee_rule_drafted"),
            models.CheckConstraint(name="fee_rule_adopted_by_another", condition=Q(adopted_by=None) | Q(drawn_by=None) | ~Q(adopted_by=F("drawn_by"))),
            models.CheckConstraint(name="fee_is_something", condition=Q(fen__gte=1)),
            models.CheckConstraint(name="fee_rule_binds_nobody_backwards", condition=Q(from_on__gte=F("resolved_on"))),
        ]

    def __str__(self):
        return f"{self.village.short_name} {self.serial}"

    @property
    def yuan(self):
        """The rate as it is written."""
        return yuan(self.fen)


class FeeClause(models.Model):
    """Who pays less (减免条款): on which ground of the register, how many percent less, and the words of the clause."""

    privacy = {"open": ("id", "rule", "ground", "percent", "words")}
    erasure = Erasure(nobody="a rule, not people")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rule = models.ForeignKey(FeeRule, on_delete=models.PROTECT, related_name="clauses")
    ground = models.CharField(_("减免情形"), max_length=12, choices=Ground)
    percent = models.PositiveSmallIntegerField(_("减百分之几"))
    words = models.CharField(_("条文"), max_length=120)

    class Meta:
        ordering = ["rule_id", "ground"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "ground"], name="fee_clause_once"),
            models.CheckConstraint(name="fee_clause_lets_off_some", condition=Q(percent__gte=1, percent__lte=100)),
        ]

    def __str__(self):
        return f"{self.get_ground_display()} {self.percent}%"


class FeeRun(models.Model):
    """What is charged for a period (应收批次), over the homes as the register has them on `as_of`; from_on: its first day, until_on: the first day no longer. Drawn up by one, checked by another, who finds the same homes and sum."""

    machine = FEE_RUN
    privacy = {
        "open": ("id", "village", "rule", "from_on", "until_on", "as_of", "homes", "exempt", "due_fen", "state", "version"),
        "internal": ("drawn_at", "drawn_by", "checked_at", "checked_by"),
    }  # fmt: skip
    erasure = Erasure(nobody="sums of a period")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    rule = models.ForeignKey(FeeRule, on_delete=models.PROTECT, related_name="runs", verbose_name=_("收费办法"))
    from_on = models.DateField(_("从哪天起"))
    until_on = models.DateField(_("到哪天止"))
    as_of = models.DateField(_("按哪天的户册"))
    homes = models.PositiveIntegerField(_("户数"))
    exempt = models.PositiveIntegerField(_("其中免收的户"))
    due_fen = models.PositiveBigIntegerField(_("应收(分)"))
    state = models.CharField(max_length=16, choices=RunState, default=RunState.DRAWN)
    drawn_at = models.DateTimeField()
    drawn_by = staff()
    checked_at = models.DateTimeField(null=True)
    checked_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["village_id", "-from_on"]
        constraints = [
            models.UniqueConstraint(fields=["village", "from_on"], condition=~Q(state=RunState.DROPPED), name="a_period_charged_once"),
            models.CheckConstraint(name="fee_run_checked_by_another", condition=Q(checked_by=None) | Q(drawn_by=None) | ~Q(checked_by=F("drawn_by"))),
            models.CheckConstraint(name="fee_run_has_days", condition=Q(until_on__gt=F("from_on"), exempt__lte=F("homes"))),
        ]

    def __str__(self):
        return f"{self.from_on:%Y-%m}"

    @property
    def yuan(self):
        """What is due, as it is written."""
        return yuan(self.due_fen)

    @property
    def last_on(self):
        """The last day of the period."""
        return self.until_on - timedelta(days=1)


class FeeCharge(models.Model):
    """What a home is due for a period (应收). fen: by the rate; cut_fen: what its clause lets it off; due_fen: the rest, of which so much was waived and paid. Who still owes is seen by whoever keeps the fees, and by nobody else."""

    privacy = {"open": ("id", "run", "village", "from_on", "version"), "internal": ("home", "heads", "fen", "cut_fen", "due_fen", "waived_fen", "paid_fen"), "sensitive": ("clause",)}
    erasure = Erasure(about={"registry.Household": ("home",)})
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(FeeRun, on_delete=models.PROTECT, related_name="charges")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    home = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+", verbose_name=_("哪一户"))
    from_on = models.DateField(_("从哪天起"))
    heads = models.PositiveSmallIntegerField(_("人数"))
    fen = models.PositiveIntegerField(_("标准(分)"))
    clause = models.ForeignKey(FeeClause, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("减免条款"))
    cut_fen = models.PositiveIntegerField(_("按条款减(分)"), default=0)
    due_fen = models.PositiveIntegerField(_("应收(分)"))
    waived_fen = models.IntegerField(_("申请减免(分)"), default=0)
    paid_fen = models.IntegerField(_("已收(分)"), default=0)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-from_on", "village_id", "home__number"]
        constraints = [
            models.UniqueConstraint(fields=["home", "from_on"], name="a_home_charged_once_a_period"),
            models.CheckConstraint(name="fee_charge_adds_up", condition=Q(due_fen=F("fen") - F("cut_fen"))),
            models.CheckConstraint(name="no_more_paid_than_due", condition=Q(waived_fen__gte=0, paid_fen__gte=0, due_fen__gte=F("waived_fen") + F("paid_fen"))),
            models.CheckConstraint(name="let_off_by_a_clause", condition=Q(clause=None, cut_fen=0) | Q(clause__isnull=False)),
        ]

    def __str__(self):
        return f"{self.home.number} {self.from_on:%Y-%m}"

    @property
    def left_fen(self):
        """What is still to be paid."""
        return self.due_fen - self.waived_fen - self.paid_fen

    @property
    def yuan(self):
        """What is due, waived, paid and left, as it is written."""
        return {"fen": yuan(self.fen), "cut": yuan(self.cut_fen), "due": yuan(self.due_fen), "waived": yuan(self.waived_fen), "paid": yuan(self.paid_fen), "left": yuan(self.left_fen)}


class FeeWaiver(models.Model):
    """A home asks to be let off (减免申请): so much of a charge, and why, sealed, for it may tell of illness or need. Decided by another hand than wrote it down."""

    machine = FEE_WAIVER
    privacy = {"open": ("id", "charge", "state", "version"), "internal": ("fen", "asked_on", "asked_at", "asked_by", "decided_on", "decided_by", "answer"), "sensitive": ("reason",)}
    erasure = Erasure(about={"registry.Household": ("charge__home",)}, word=("answer",), empty=("reason",))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    charge = models.ForeignKey(FeeCharge, on_delete=models.PROTECT, related_name="waivers")
    fen = models.PositiveIntegerField(_("减免多少(分)"))
    reason = EncryptedText(_("为什么申请"))
    state = models.CharField(max_length=16, choices=WaiverState, default=WaiverState.ASKED)
    asked_on = models.DateField(_("哪天申请的"))
    asked_at = models.DateTimeField()
    asked_by = staff()
    answer = models.CharField(_("答复"), max_length=120, blank=True)
    decided_on = models.DateField(_("哪天决定的"), null=True)
    decided_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-asked_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["charge"], condition=Q(state=WaiverState.ASKED), name="one_waiver_asked"),
            models.CheckConstraint(name="waiver_of_something", condition=Q(fen__gte=1)),
            models.CheckConstraint(name="waiver_decided_by_another", condition=Q(decided_by=None) | Q(asked_by=None) | ~Q(decided_by=F("asked_by"))),
            models.CheckConstraint(name="waiver_decided_with_words", condition=Q(state=WaiverState.ASKED, decided_on=None) | (Q(decided_on__isnull=False) & ~Q(answer=""))),
        ]

    def __str__(self):
        return str(self.asked_on)

    @property
    def yuan(self):
        """How much, as it is written."""
        return yuan(self.fen)


class FeePayment(Receipt):
    """Money that a home paid (收款), with its numbered receipt; never changed: what was wrong is reversed by another of its own number (红字). fen: below nought where it reverses."""

    privacy = {"open": ("id", "village", "serial", "day"), "internal": ("charge", "fen", "way", "words", "reverses", "at", "made_by")}
    erasure = Erasure(about={"registry.Household": ("charge__home",)}, word=("words",))
    never_delete = True

    charge = models.ForeignKey(FeeCharge, on_delete=models.PROTECT, related_name="payments")

    class Meta:
        ordering = ["village_id", "-serial"]
        constraints = [
            models.UniqueConstraint(fields=["village", "serial"], name="fee_receipt_numbered_once"),
            models.CheckConstraint(name="fee_payment_says_why", condition=Q(fen__gte=1, reverses=None) | (Q(fen__lte=-1, reverses__isnull=False) & ~Q(words=""))),
        ]
