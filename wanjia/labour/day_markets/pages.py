"""Where the acts of the markets lead on, and what their pages show besides."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _

from . import queries


def numbered(card):
    """Say which number somebody has who just took a place."""
    return _("%(n)s 号,记下了。") % {"n": queries.last_place(card).number}


def to_market(_request, _row, card):
    """To the market's book of the day."""
    return redirect("labour:market", queries.last_place(card).market_id)


def to_order(_request, _market, order):
    """To the order."""
    return redirect("labour:day_order", order.pk)


def at_market(request, row):
    """The market that the page came from stands chosen (?market=); one whose market is the only one in reach is chosen too."""
    there = queries.market_named(request.user, request.GET.get("market"))
    kept = list(queries.markets_of(row, request.user, request.day)[:2]) if not there else []
    there = there or (kept[0] if len(kept) == 1 else None)
    return {"initial": {"market": there.pk}} if there else {}


def new_card(request, row):
    """A card begins with what was searched for (?q=): a telephone, else a name."""
    given = at_market(request, row)
    text = request.GET.get("q", "").strip()[:60]
    if text:
        given.setdefault("initial", {})["phone" if text.isdigit() else "name"] = text
    return given


def who_suits(request, order):
    """Who would be sent now, and why."""
    return {"suits": queries.suited(order), "order": order}
