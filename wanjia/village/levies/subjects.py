"""What the acts of money and labour for a project are about: the project, what a home is due, a receipt, a spending."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked

from ..models import Levy, LevyPayment, LevyShare, LevySpend
from . import rules

OVER = ("village:levies", _("一事一议"))
OF_LEVY, OF_SHARE = ("village", "item__body", "item__meeting__body"), ("home", "levy__village", "village")


def _seen(visible, *related):
    return lambda actor, duty: visible(actor, duty=duty).select_related(*related)


LEVIES = Subject("levy", "village.levy", "village/levies", seen=_seen(rules.visible_levies, *OF_LEVY), take=locked(Levy, *OF_LEVY), page="village:levy", over=OVER, about=lambda one: f"{one.village.short_name} {one.name}")
RELIEFS = replace(LEVIES, drafts=False)  # who is let off may be ill
SHARES = Subject(
    "levy_share", "village.levyshare", "village/levies/shares", seen=_seen(rules.visible_shares, *OF_SHARE), take=locked(LevyShare, *OF_SHARE), page="village:levy_share", over=OVER,
    about=lambda one: f"{one.home.number} {one.levy.name}",
)  # fmt: skip
PAYMENTS = Subject(
    "levy_payment", "village.levypayment", "village/levies/receipts", seen=_seen(rules.visible_payments, "share__home", "share__levy", "village"), take=locked(LevyPayment, "share__home", "share__levy", "village"),
    page="village:levy_payment", over=OVER, about=lambda one: str(_("筹资收据 %(n)s 号") % {"n": one.serial}),
)  # fmt: skip
SPENDS = Subject(
    "levy_spend", "village.levyspend", "village/levies/spends", seen=_seen(rules.visible_spends, "levy", "village"), take=locked(LevySpend, "levy", "village"), page="village:levy_spend", over=OVER, about=lambda one: one.what,
)  # fmt: skip
