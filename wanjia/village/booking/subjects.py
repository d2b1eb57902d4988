"""What the book's acts are about: one booking. A home's account has a page, and no act of its own."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked

from ..models import PointEntry
from .rules import visible_accounts, visible_entries

ENTRIES = Subject(
    "point_entry", "village.pointentry", "village/points/entries", seen=lambda actor, duty: visible_entries(actor, duty=duty).select_related("claim__item", "lapse", "village"), take=locked(PointEntry, "claim__item", "lapse", "village"),
    page="village:point_entry", over=("village:points", _("积分")), about=lambda one: str(_("流水 %(n)s 号") % {"n": one.serial}),
)  # fmt: skip
ACCOUNTS = Subject(
    "point_account", "village.pointaccount", "village/points/accounts", seen=lambda actor, duty: visible_accounts(actor, duty=duty).select_related("home", "village"), take=None,
    page="village:point_account", over=("village:point_accounts", _("各户积分")), about=lambda one: one.home.number,
)  # fmt: skip
