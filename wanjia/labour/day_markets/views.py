"""Pages of the markets: which there are and who is owed, a market's morning, one order with whoever was sent to it."""

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.registry.lookups.commands import look_up

from ..day_states import Skipped
from ..duties import Duty
from . import asking, queries
from .subjects import MARKETS, ORDERS

PER_PAGE = 40


@page("labour/markets/", Duty.KEEP_MARKETS, template="list")
def markets(request):
    """The markets in reach with their morning, and whoever was not paid though the day of settling has come."""
    owed = page_of(request, queries.unsettled(request.user, request.day), per_page=PER_PAGE, word="owed")
    return {"markets": queries.markets_listed(request.user, request.day), "owed": owed, "day": request.day}


@page("labour/markets/<uuid:market_id>/", Duty.KEEP_MARKETS, of=MARKETS, moves=True)
def market(request, one):
    """A market's morning: somebody is found and stands in the line; today's orders; the line, by trade."""
    actor, day, text = request.user, request.day, request.GET.get("q", "").strip()
    trade = request.GET.get("trade", "")
    look_up(actor, text)
    cards = queries.cards_meant(actor, one, text) if text else []
    labourers = queries.labourers_meant(actor, text) if text else []
    line = page_of(request, queries.line_of_trade(one, day, trade), per_page=PER_PAGE)
    return {
        "q": text, "cards": cards[: queries.FOUND], "labourers": labourers[: queries.FOUND], "more": max(len(cards), len(labourers)) > queries.FOUND,
        "standing": queries.standing_today(cards, day), "orders": queries.orders_of_day(one, day), "coming": queries.orders_after(one, day), "page": line, "trade": trade,
        "trades": asking.trade_choices(), "day": day,
    }  # fmt: skip


@page("labour/day-orders/<uuid:order_id>/", Duty.KEEP_MARKETS, of=ORDERS, moves=True, name="day_order")
def order(request, one):
    """One order: what the employer wants, who was sent and why, who is there, who was paid."""
    works = page_of(request, queries.works_of(one), per_page=PER_PAGE)
    skipped = dict(Skipped.choices)
    for work in works:
        work.order = one
        work.before = [(number, skipped.get(why, why)) for number, why in work.why.get("before", ())]
    return {"page": works, "day": request.day, "county": dict(asking.counties(one.market, None, None)).get(one.area, one.area)}
