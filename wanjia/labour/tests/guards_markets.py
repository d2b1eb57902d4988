"""What each constraint of markets, fairs and outreach refuses: a row that is right but for this, written past the acts (tests/house/test_guards_felt.py)."""

from datetime import time, timedelta

from ..models import Card, DayOrder, DayWork, Fair, Market, OptOut, Outreach, Reached, Registration, Stall, Waiting
from . import acts_markets as m
from . import acts_reach as r
from . import demand_world as d

BEFORE = m.DAY - timedelta(days=1)


def _change(model, **values):
    return model.objects.update(**values)


def _with(row, **values):
    """The same row with other facts, unsaved."""
    for name, value in values.items():
        setattr(row, name, value)
    return row


def _another_card(w):
    m.stands(w, name="周师傅", phone="13887000012")
    Waiting.objects.filter(card__name="周师傅").update(day=BEFORE)
    return Card.objects.get(name="周师傅")


def _work(w):
    return DayWork.objects.get(pk=m.sent(w)["work_id"])


def _another_employer(w):
    return d.employer(w, code=d.code(2), name="另一家")


CHECKS = {
    "market_closes_after_it_opens": lambda w: m.market(w) and _change(Market, closes=time(5)),
    "card_is_of_somebody": lambda w: m.stands(w) and _change(Card, name=""),
    "day_order_places_left": lambda w: m.order(w) and _change(DayOrder, left=2),
    "day_order_pays": lambda w: m.order(w) and _change(DayOrder, pay=0),
    "day_order_settled_after_work": lambda w: m.order(w) and _change(DayOrder, settle_on=BEFORE),
    "day_order_called_off_with_reason": lambda w: m.order(w) and _change(DayOrder, state="called_off"),
    "waiting_number_from_one": lambda w: m.stands(w) and _change(Waiting, number=0),
    "day_work_refused_with_reason": lambda w: m.sent(w) and _change(DayWork, state="refused"),
    "day_work_settled_by_word": lambda w: m.there(w) and _change(DayWork, state="paid"),
    "day_work_need_has_its_moment": lambda w: m.there(w) and _change(DayWork, need="1"),
    "outreach_tells_somebody": lambda w: r.plan(w) and _change(Outreach, most=0),
    "outreach_sent_at_its_moment": lambda w: r.plan(w) and _change(Outreach, state="sent_out"),
    "reached_answered_on_a_day": lambda w: r.told(w) and _change(Reached, answer="wants"),
    "opt_out_ends_after_start": lambda w: r.opted(w) and _change(OptOut, to_on=BEFORE),
    "stall_number_from_one": lambda w: r.stall(w) and _change(Stall, number=0),
    "registration_offered_on_a_day": lambda w: r.signed(w) and _change(Registration, state="offered"),
    "registration_started_by_a_start": lambda w: r.signed(w, offered=True) and _change(Registration, state="started"),
}
ONCE = {
    "market_once_in_its_place": m.market,
    "one_line_a_day": lambda w: _with(m.stands(w), number=9),
    "one_number_once": lambda w: _with(m.stands(w), card=_another_card(w)),
    "one_work_a_day": lambda w: _with(_work(w), order=m.order(w, place="另一个工地")),
    "sent_to_an_order_once": lambda w: _with(_work(w), state="absent"),
    "told_of_a_vacancy_once": lambda w: Reached.objects.get(pk=r.told(w)["reached_id"]),
    "opted_out_once": lambda w: r.opted(w) and OptOut.objects.get(),
    "fair_once_a_day": lambda w: r.fair(w) and Fair.objects.get(),
    "one_stall_an_employer": lambda w: _with(r.stall(w), number=9),
    "one_stall_number_once": lambda w: _with(r.stall(w), employer=_another_employer(w)),
    "registered_for_a_vacancy_once": lambda w: Registration.objects.get(pk=r.signed(w)["registration_id"]),
}
