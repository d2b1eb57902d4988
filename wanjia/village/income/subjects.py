"""What the acts of the collective's book are about: a contract, a voucher."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked

from ..models import CollectiveDeal, MoneyVoucher
from . import rules

DEALS = Subject(
    "collective_deal", "village.collectivedeal", "village/money/deals", seen=lambda actor, duty: rules.visible_deals(actor, duty=duty).select_related("village", "home"),
    take=locked(CollectiveDeal, "village"), page="village:collective_deal", over=("village:collective_deals", _("集体合同")), about=lambda one: one.what,
)  # fmt: skip
VOUCHERS = Subject(
    "money_voucher", "village.moneyvoucher", "village/money/vouchers", seen=lambda actor, duty: rules.visible_vouchers(actor, duty=duty).select_related("village", "reverses", "due__deal", "run"),
    take=locked(MoneyVoucher, "village", "reverses"), page="village:money_voucher", over=("village:money", _("集体收支")),
    about=lambda one: str(_("凭证 %(n)s 号") % {"n": one.serial}) if one.serial else one.get_kind_display(),
)  # fmt: skip
