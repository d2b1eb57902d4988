"""What the acts of fees are about: a version of the rules, a charge run, what a home is due, a waiver, a receipt, a spending."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked

from ..bodies.homes import named_home
from ..models import FeeCharge, FeePayment, FeeRule, FeeRun, FeeSpend, FeeWaiver
from . import rules

OVER, HOMES = ("village:fees", _("垃圾清运收费")), ("village:fee_charges", _("各户应收"))


def _seen(visible, *related):
    return lambda actor, duty: visible(actor, duty=duty).select_related(*related)


RULES = Subject(
    "fee_rule", "village.feerule", "village/fees/rules", seen=_seen(rules.visible_rules, "village"), take=locked(FeeRule, "village"), page="village:fee_rule", over=OVER,
    about=lambda one: str(_("%(village)s收费办法第 %(n)s 版") % {"village": one.village.short_name, "n": one.serial}),
)  # fmt: skip
RUNS = Subject(
    "fee_run", "village.feerun", "village/fees/runs", seen=_seen(rules.visible_runs, "village", "rule"), take=locked(FeeRun, "village", "rule"), page="village:fee_run", over=OVER,
    about=lambda one: f"{one.village.short_name} {one.from_on:%Y-%m}",
)  # fmt: skip
CHARGES = Subject(
    "fee_charge", "village.feecharge", "village/fees/charges", seen=_seen(rules.visible_charges, "home", "village", "run__rule", "clause"), take=locked(FeeCharge, "home", "village", "run__rule", "clause"),
    page="village:fee_charge", over=HOMES, about=lambda one: f"{named_home(one.home)} {one.from_on:%Y-%m}",
)  # fmt: skip
WAIVERS = Subject(
    "fee_waiver", "village.feewaiver", "village/fees/waivers", seen=_seen(rules.visible_waivers, "charge__home", "charge__village"), take=locked(FeeWaiver, "charge__home", "charge__village"),
    page="village:fee_waiver", over=OVER, about=lambda one: str(_("%(home)s的减免申请") % {"home": named_home(one.charge.home)}),
)  # fmt: skip
PAYMENTS = Subject(
    "fee_payment", "village.feepayment", "village/fees/receipts", seen=_seen(rules.visible_payments, "charge__home", "charge__run__rule", "village"), take=locked(FeePayment, "charge__home", "village"),
    page="village:fee_payment", over=OVER, about=lambda one: str(_("收据 %(n)s 号") % {"n": one.serial}),
)  # fmt: skip
SPENDS = Subject(
    "fee_spend", "village.feespend", "village/fees/spends", seen=_seen(rules.visible_spends, "village"), take=locked(FeeSpend, "village"), page="village:fee_spend", over=OVER,
    about=lambda one: one.what,
)  # fmt: skip
