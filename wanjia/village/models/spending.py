"""What villages spend of the refuse fee and of a project's money, and the purse that the fee lies in. Money is whole fen."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area
from wanjia.policy.money import yuan

from ..fee_states import FEE_SPEND, LEVY_SPEND, SpendState
from .levies import Levy
from .receipts import Spending

OPEN = ("id", "village", "serial", "fen", "what", "voucher", "day", "state", "paid_on", "undone_on", "version")
INTERNAL = ("payee", "reason", "drawn_at", "drawn_by", "decided_at", "decided_by", "reverses")
PUBLIC = Erasure(nobody="a village's money", kept={
    "what": "what public money was spent on, as it was published", "voucher": "a number of a paper", "payee": "who was paid out of public money", "reason": "why public money was not spent, or came back",
})  # fmt: skip


class FeePurse(models.Model):
    """What lies in the purse of a village's fee (收费结余): what came less what was spent, never below nought; it is the sum of its payments and spendings (`wanjia check`)."""

    privacy = {"open": ("id", "village", "fen", "version")}
    erasure = Erasure(nobody="a village's money")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.OneToOneField(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    fen = models.BigIntegerField(_("结余(分)"), default=0)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["village_id"]
        constraints = [models.CheckConstraint(name="fee_purse_not_below_nought", condition=Q(fen__gte=0))]

    def __str__(self):
        return yuan(self.fen)


def _two_hands(spend, voucher):
    """Return what every spending keeps: its number and its voucher once, another hand, words for what is refused or came back."""
    approved, refused = Q(state=SpendState.APPROVED), Q(state=SpendState.REFUSED)
    return [
        models.UniqueConstraint(fields=["village", "serial"], name=f"{spend}_numbered_once"),
        models.UniqueConstraint(fields=["village", "voucher"], condition=Q(reverses=None, undone_on=None) & ~refused, name=voucher),
        models.CheckConstraint(name=f"{spend}_says_why", condition=Q(fen__gte=1, reverses=None) | (Q(fen__lte=-1, reverses__isnull=False) & ~Q(reason=""))),
        models.CheckConstraint(name=f"{spend}_approved_by_another", condition=Q(decided_by=None) | Q(drawn_by=None) | ~Q(decided_by=F("drawn_by"))),
        models.CheckConstraint(name=f"{spend}_left_on_a_day", condition=Q(state=SpendState.APPROVED, paid_on__isnull=False) | (~approved & Q(paid_on=None))),
        models.CheckConstraint(name=f"{spend}_refused_with_reason", condition=~refused | ~Q(reason="")),
    ]


class FeeSpend(Spending):
    """What the fee's money was spent on (支出)."""

    machine = FEE_SPEND
    privacy = {"open": OPEN, "internal": INTERNAL}
    erasure = PUBLIC
    never_delete = True

    class Meta:
        ordering = ["village_id", "-serial"]
        constraints = _two_hands("fee_spend", "a_voucher_once")


class LevySpend(Spending):
    """What a project's money was spent on (筹资支出)."""

    machine = LEVY_SPEND
    privacy = {"open": (*OPEN, "levy"), "internal": INTERNAL}
    erasure = PUBLIC
    never_delete = True

    levy = models.ForeignKey(Levy, on_delete=models.PROTECT, related_name="spends", verbose_name=_("项目"))

    class Meta:
        ordering = ["village_id", "-serial"]
        constraints = _two_hands("levy_spend", "a_levy_voucher_once")
