"""What is asked of a market: its line, who of it suits an order, what is unpaid today, whose card it is."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db.models import Count, F, Max, Q

from wanjia.orgs.areas.queries import villages_for
from wanjia.policy.identity import fold
from wanjia.registry.finding import LAST_FOUR, NUMBER, meaning, phone_tokens
from wanjia.registry.models import Person
from wanjia.registry.people.rules import visible_people, whose_files

from ..day_states import AT_WORK, KEEPS_PLACE, DayState, OrderState, WaitingState
from ..duties import Duty
from ..employers.standing import standing_of
from ..models import Card, DayOrder, DayWork, Employer, Waiting, Worker
from . import rules

IN_LINE = ("-waited", "came_at", "number")
FOUND = 8
places_for = villages_for(Duty.KEEP_MARKETS)


def line_of(market, day):
    """The line of a market on a day: who waits, in its order."""
    rows = Waiting.objects.filter(market=market, day=day, state=WaitingState.WAITING)
    return rows.select_related("card__worker__person").order_by(*IN_LINE)


def line_of_trade(market, day, trade):
    """Who of the line waits for a trade, or for whatever there is."""
    return line_of(market, day).filter(trade__in=("", trade)) if trade else line_of(market, day)


@dataclass
class Suits:
    """Somebody of the line whom an order suits: `rank` among those of the line, and who further in front it does not suit: [[number, Skipped]]."""

    waiting: object
    rank: int
    before: list = field(default_factory=list)


def suited(order):
    """Return who of the line suits an order, the first in the line first: as many as there are places."""
    said_no = set(DayWork.objects.filter(order=order).values_list("waiting_id", flat=True))
    found, before = [], []
    for rank, waiting in enumerate(line_of(order.market, order.day), 1):
        if len(found) == order.left:
            break
        if why := rules.why_not(waiting, order, said_no, order.day):
            before.append([waiting.number, str(why)])
        else:
            found.append(Suits(waiting, rank, list(before)))
    return found


def passed_over(card, market, day):
    """Tell whether somebody stood in this market's line to the end of its day before `day`, and was sent nowhere that he could have gone.

    Whoever did not go for a reason of his own had his turn that day: he stands in line again, before nobody.
    """
    last = Waiting.objects.filter(market=market, day__lt=day).aggregate(last=Max("day"))["last"]
    had_his_turn = DayWork.objects.filter(state=DayState.REFUSED).exclude(not_going__in=KEEPS_PLACE).values("waiting")
    return last is not None and Waiting.objects.filter(card=card, market=market, day=last, state=WaitingState.WAITING).exclude(pk__in=had_his_turn).exists()


def last_number(market, day):
    """Return the last number given out in a market's line of a day."""
    return Waiting.objects.filter(market=market, day=day).aggregate(n=Max("number"))["n"] or 0


def last_place(card):
    """Return the place in a line that somebody took last."""
    return Waiting.objects.filter(card=card).order_by("-day").first()


def card_by_number(area, phone):
    """Return the card of an area's county under this telephone, or None: of a labourer by the register's."""
    cards = Card.objects.filter(rules.in_county(area[:6]))
    own = cards.filter(phone_index__in=phone_tokens(Card, phone)).first()
    return own or cards.filter(worker__person__phone_index__in=phone_tokens(Person, phone)).first()


def cards_meant(actor, market, text):
    """Return the cards that a text may mean at a market: a whole telephone, its last four, a name. Of a child by the whole telephone alone."""
    text = fold(text)
    cards = rules.visible_cards(actor).filter(rules.in_county(market.county)).select_related("worker__person")
    if LAST_FOUR.fullmatch(text):
        found = cards.filter(Q(phone_last4=text) | Q(worker__person__citizen_last4=text))
    elif NUMBER.fullmatch(text):
        found = cards.filter(Q(phone_index__in=phone_tokens(Card, text)) | Q(worker__person__phone_index__in=phone_tokens(Person, text)))
        return list(found.order_by("pk")[: FOUND + 1])
    else:
        found = cards.filter(Q(name__startswith=text) | Q(worker__person__name__startswith=text))
    return [one for one in found.order_by("pk")[: FOUND + 1] if not one.is_protected]


def labourers_meant(actor, text):
    """Return the labourers in reach whom a text may mean and who have no card yet, as people of the register."""
    seen = visible_people(actor, duty=Duty.KEEP_MARKETS).filter(meaning(fold(text), children=whose_files(actor)), merged_into=None, worker__left_on=None)
    return list(seen.filter(worker__isnull=False, worker__card=None).select_related("village").order_by("pk")[: FOUND + 1])


def labourer_by_number(actor, phone, name):
    """Return the labourer in reach who has this telephone and this name in the register, or None."""
    seen = visible_people(actor, duty=Duty.KEEP_MARKETS).filter(phone_index__in=phone_tokens(Person, phone), name=name.strip(), merged_into=None)
    return Worker.objects.filter(person__in=seen, left_on=None).select_related("person").first()


def standing_today(cards, day):
    """Return {card's id: Waiting} of those that stand in a line today."""
    return {one.card_id: one for one in Waiting.objects.filter(card__in=[card.pk for card in cards], day=day).select_related("market")}


def orders_of_day(market, day):
    """The orders of a market for a day, the earliest first."""
    return DayOrder.objects.filter(market=market, day=day).order_by("from_at", "recorded_at", "pk")


def orders_after(market, day):
    """The orders of a market for the days to come, a handful."""
    return DayOrder.objects.filter(market=market, day__gt=day, state=OrderState.OPEN).order_by("day", "from_at", "pk")[:FOUND]


def works_of(order):
    """Who was sent to an order, in the order of the line."""
    return order.works.select_related("waiting__card__worker__person").order_by("sent_at", "waiting__number", "pk")


def awaited(order):
    """Who was sent and is not there yet."""
    return works_of(order).filter(state=DayState.SENT)


def awaited_choices(order, _actor, _day):
    """List (id, number and name) of who was sent and is not there yet."""
    return [(str(one.pk), f"{one.waiting.number} · {one.card.shown_name}") for one in awaited(order)]


def unsettled(actor, day):
    """Whose day of settling has come without the worker's word that he was paid, and without a need: the longest first."""
    rows = rules.visible_works(actor).filter(state__in=(DayState.ARRIVED, DayState.UNPAID), order__settle_on__lte=day, need="")
    return rows.select_related("order__market", "waiting__card__worker__person").order_by("order__settle_on", "order", "waiting__number")


def owing(actor, day):
    """Count whose day of settling has come and who is not paid."""
    return unsettled(actor, day).order_by().count() if actor.has_duty(Duty.KEEP_MARKETS) else 0


def queue(actor, day):
    """Return how many wait for the actor, for the menu."""
    return {"labour:markets": owing(actor, day)} if actor.has_duty(Duty.KEEP_MARKETS) else {}


def barred_until(code, day):
    """Return until when justified complaints bar an employer that the house knows under this credit code; None where none do."""
    employer = Employer.objects.filter(code=code).first()
    return standing_of(employer, day).barred_to_on if employer else None


def markets_of(row, actor, day):
    """The markets that the actor keeps: for a card, those of its county."""
    found = open_markets(row, actor, day)
    return found.filter(rules.in_county(row.area_id[:6])) if isinstance(row, Card) else found


def open_markets(_row, actor, _day):
    """The markets that the actor keeps."""
    return rules.visible_markets(actor).filter(closed_on=None)


def markets_listed(actor, day):
    """The markets in reach with today's book: {"market", "waits", "places", "owing"}; three questions whatever their number."""
    markets = list(rules.visible_markets(actor).filter(closed_on=None).select_related("area__parent", "unit"))
    waits = _counted(Waiting.objects.filter(market__in=markets, day=day, state=WaitingState.WAITING), "market_id")
    owes = _counted(unsettled(actor, day).filter(order__market__in=markets), "order__market_id")
    places = {}
    for market_id, left in DayOrder.objects.filter(market__in=markets, day=day, state=OrderState.OPEN).values_list("market_id", "left"):
        places[market_id] = places.get(market_id, 0) + left
    return [{"market": one, "waits": waits.get(one.pk, 0), "places": places.get(one.pk, 0), "owing": owes.get(one.pk, 0)} for one in markets]


def _counted(rows, path):
    counted = {}
    for key in rows.order_by().values_list(path, flat=True):
        counted[key] = counted.get(key, 0) + 1
    return counted


def market_named(actor, market_id):
    """Return an open market in reach by an address's word, or None."""
    try:
        return open_markets(None, actor, None).filter(pk=market_id).first() if market_id else None
    except (ValueError, TypeError, ValidationError):  # no key at all
        return None

def faults(_day):
    """Yield (order, column, is, should) where the places left are not the headcount less those who were sent and go."""
    goes = Count("works", filter=Q(works__state__in=AT_WORK))
    for pk, left, should in DayOrder.objects.order_by("pk").annotate(should=F("headcount") - goes).values_list("pk", "left", "should"):
        if left != should:
            yield str(pk), "left", left, should
