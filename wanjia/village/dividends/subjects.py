"""What the acts of dividends are about: a home's shares, a dividend, what it gives one home."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked

from ..models import DividendRun, DividendShare
from . import rules

HOLDINGS = Subject(
    "share_holding", "village.shareholding", "village/money/holdings", seen=lambda actor, duty: rules.visible_holdings(actor, duty=duty).select_related("home", "village"), take=None,
    page="", over=("village:share_holdings", _("成员份额")), about=lambda one: one.home.number,
)  # fmt: skip
RUNS = Subject(
    "dividend_run", "village.dividendrun", "village/money/dividends", seen=lambda actor, duty: rules.visible_runs(actor, duty=duty).select_related("village", "item__meeting__body", "item__body"),
    take=locked(DividendRun, "village", "item__meeting__body", "item__body"), page="village:dividend_run", over=("village:dividends", _("分红")),
    about=lambda one: str(_("%(village)s %(year)s 年分红") % {"village": one.village.short_name, "year": one.year}),
)  # fmt: skip
SHARES = Subject(
    "dividend_share", "village.dividendshare", "village/money/receipts", seen=lambda actor, duty: rules.visible_shares(actor, duty=duty).select_related("home", "run__village"),
    take=locked(DividendShare, "home", "run__village"), page="village:dividend_share", over=("village:dividends", _("分红")), about=lambda one: str(_("收据 %(n)s 号") % {"n": one.serial}),
)  # fmt: skip
