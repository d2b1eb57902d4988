"""What every room's receipts and spendings have in common: numbered in the village, in whole fen, never changed."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from wanjia.orgs.models import Area, staff
from wanjia.policy.money import yuan

from ..fee_states import MoneyWay, SpendState


class Moved(models.Model):
    """Money of a village under the next number. fen: below nought where it reverses."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    fen = models.IntegerField(_("金额(分)"))

    class Meta:
        abstract = True

    def __str__(self):
        return str(self.serial)

    @property
    def yuan(self):
        """How much, as it is written."""
        return yuan(self.fen)


class Receipt(Moved):
    """Money that came (收据); what was wrong is reversed by another of its own number (红字)."""

    serial = models.PositiveIntegerField(_("收据号"))
    way = models.CharField(_("收款方式"), max_length=10, choices=MoneyWay)
    reverses = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by")
    words = models.CharField(_("说明"), max_length=120, blank=True)
    day = models.DateField(_("哪天"))
    at = models.DateTimeField()
    made_by = staff()

    class Meta:
        abstract = True


class Spending(Moved):
    """Money that is to go (支出), written down by one, approved by another, put up with its voucher. payee: to whom, it stands on no board; paid_on: when it left; fen: below nought where it reverses; undone_on: when it came back, and its voucher may be written down anew."""

    serial = models.PositiveIntegerField(_("支出号"))
    what = models.CharField(_("用在哪里"), max_length=80)
    payee = models.CharField(_("付给谁"), max_length=60)
    voucher = models.CharField(_("发票、收据号"), max_length=40)
    day = models.DateField(_("票据日期"))
    state = models.CharField(max_length=16, choices=SpendState, default=SpendState.DRAWN)
    reason = models.CharField(_("原因"), max_length=120, blank=True)
    drawn_at = models.DateTimeField()
    drawn_by = staff()
    paid_on = models.DateField(_("支出日期"), null=True)
    reverses = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by")
    undone_on = models.DateField(_("冲正日期"), null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        abstract = True
