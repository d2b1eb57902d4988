"""What the acts of the markets are about: a market, a card, somebody's place in the line, an order, a day's work. The market is locked first, always."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.verdict import NotFound

from ..models import Card, DayOrder, DayWork, Market, Waiting
from .rules import visible_cards, visible_markets, visible_orders, visible_waiting, visible_works

OVER = ("labour:markets", _("零工市场"))


def _gone():
    return NotFound(_("没有找到。可能不存在,或者不在您的辖区。"))


def hold_market(market_id):
    """Lock a market's row: whoever takes a place in its line or sends from it does so alone."""
    return Market.objects.select_for_update().get(pk=market_id)


def _take_order(order_id, at):
    found = DayOrder.objects.filter(pk=order_id).values_list("market_id", flat=True).first()
    if found is None:
        raise _gone()
    market = hold_market(found)
    order = DayOrder.objects.select_for_update().get(pk=order_id)
    order.market = market
    return order, at


def _take_waiting(waiting_id, at):
    found = Waiting.objects.filter(pk=waiting_id).values_list("market_id", flat=True).first()
    if found is None:
        raise _gone()
    hold_market(found)
    return Waiting.objects.select_for_update(of=("self",)).select_related("market", "card__worker__person").get(pk=waiting_id), at


def _take_work(work_id, at):
    found = DayWork.objects.filter(pk=work_id).values_list("order_id", flat=True).first()
    if found is None:
        raise _gone()
    order, _at = _take_order(found, at)
    work = DayWork.objects.select_for_update(of=("self",)).select_related("waiting__card__worker__person").get(pk=work_id)
    work.order = order
    return work, at


def _look_work(work_id):
    work = DayWork.objects.select_related("order__market", "waiting__card__worker__person").filter(pk=work_id).first()
    if work is None:
        raise _gone()
    return work


def _take_card(card_id, at):
    card = Card.objects.select_for_update(of=("self",)).select_related("worker__person").filter(pk=card_id).first()
    if card is None:
        raise _gone()
    return card, at


def _shown(one):
    return one.card.shown_name


MARKETS = Subject(
    "market", "labour.market", "labour/markets", seen=lambda actor, duty: visible_markets(actor, duty=duty).select_related("unit", "area__parent"), take=None,
    page="labour:market", over=OVER, about=lambda market: market.name,
)  # fmt: skip
CARDS = Subject(
    "card", "labour.card", "labour/cards", seen=lambda actor, duty: visible_cards(actor, duty=duty).select_related("worker__person"), take=_take_card,
    page="", over=OVER, about=lambda card: card.shown_name, drafts=False,
)  # fmt: skip
WAITINGS = Subject(
    "waiting", "labour.waiting", "labour/waiting", seen=lambda actor, duty: visible_waiting(actor, duty=duty).select_related("card__worker__person", "market"),
    take=_take_waiting, page="labour:market", of=lambda waiting: waiting.market, over=OVER, about=_shown, drafts=False,
)  # fmt: skip
ORDERS = Subject(
    "order", "labour.dayorder", "labour/day-orders", seen=lambda actor, duty: visible_orders(actor, duty=duty).select_related("market__area"), take=_take_order,
    page="labour:day_order", over=OVER, about=lambda order: order.employer_name,
)  # fmt: skip
WORKS = Subject(
    "work", "labour.daywork", "labour/day-works",
    seen=lambda actor, duty: visible_works(actor, duty=duty).select_related("order__market", "waiting__card__worker__person"), take=_take_work, look=_look_work,
    page="labour:day_order", of=lambda work: work.order, over=OVER, about=_shown, says=lambda work: work.order.employer_name, drafts=False,
)  # fmt: skip
