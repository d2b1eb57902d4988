"""The acts of orders and of each day's work: recorded, sent from the line, there, not gone, paid, owed, said.

Only the market's row is asked for its lock: whoever sends from its line does so alone. The rows say no a second time (one_work_a_day,
day_order_places_left), whatever the door.
"""

from typing import Annotated

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from wanjia.doors.clock import time_of
from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.brings import gather
from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.policy import vacancy_words
from wanjia.policy.identity import credit_code_holds
from wanjia.registry.lookups.commands import count_phone
from wanjia.verdict import Conflict, Refused

from ...day_states import DAY_ORDER, DAY_WORK, KEEPS_PLACE, DayState
from ...duties import Duty
from ...models import DayOrder, DayWork
from .. import asking, pages, queries, rules
from ..commands import KEEPS, move_place, note_line
from ..subjects import MARKETS, ORDERS, WORKS


@act(MARKETS, "day_order_new", at="orders/new", words=_("登记用工单"), done=_("已登记。点“派工”,排在前面又合适的先去。"), **KEEPS, may=rules.can_keep, rank=10,
     then=pages.to_order, lines={"day_order.record": _("登记用工单")})  # fmt: skip
def record_order(
    market, *, by, at,
    employer_name: asking.Employer, contact_name: asking.Contact,
    contact_phone: Annotated[str, Asked(_("经办人电话"), most=20, least=1, attrs=asking.TEL)],
    words: asking.DoesWhat, trade: asking.Trade, headcount: asking.People, day: asking.On, from_at: asking.From, hours: asking.Hours,
    area: asking.County, place: asking.WorkPlace, pay: asking.Pay, pay_per: asking.Per, settle_on: asking.SettleOn, settle_way: asking.Way,
    safety: asking.Safety, insured: asking.InsuredIs, credit_code: asking.CreditCode = "", meals: asking.Meals = False, pick_up: asking.PickUp = "",
):  # fmt: skip
    """Record what an employer wants for a day (用工单): by its real name, lawful in words, hours and pay an hour (policy/vacancy_words)."""
    rules.is_phone(contact_phone).or_raise()
    code = credit_code.strip().upper()
    if code and not credit_code_holds(code):
        raise Refused(_("统一社会信用代码的校验位不对,请照营业执照再核对一遍。"))
    if code and (until := queries.barred_until(code, today(at))):
        raise Refused(_("这家用工方有查实的投诉,%(day)s 以前不能在这里招人。") % {"day": until})
    if area not in dict(asking.counties(market, by, today(at))):
        raise Refused(_("请从列出的县里选做工的地方。"))
    order = DayOrder(
        market=market, employer_name=employer_name.strip(), credit_code=code, contact_name=contact_name.strip(), contact_phone=contact_phone.strip(),
        day=day, from_at=time_of(from_at), hours=hours, headcount=headcount, left=headcount, trade=trade, area=area, place=place.strip(), pay=pay, pay_per=pay_per,
        settle_on=settle_on, settle_way=settle_way, meals=meals, pick_up=pick_up.strip(), safety=safety.strip(), insured=insured, words=words.strip(),
        recorded_at=at, recorded_by=by if by.id else None,
    )  # fmt: skip
    rules.is_in_time(order, at).or_raise()
    rules.is_lawful(order, today(at)).or_raise()
    order.grown_only = bool(vacancy_words.unsafe(rules.offer_of(order)))
    order.save(force_insert=True)
    note_line("day_order.record", order, market, by=by, at=at, headcount=headcount, day=day)
    return order


@act(ORDERS, "fill", words=_("派工"), done=lambda sent: _("派了 %(n)s 人。") % {"n": len(sent)}, **KEEPS, may=rules.can_fill, rank=10,
     template="labour/day_markets/fill.html", more=pages.who_suits, lines={"day_order.fill": _("派工")})  # fmt: skip
def fill_order(order, *, by, at):
    """Send the first of the line whom the order suits, as many as there are places (派工); each day's work says why. Returns the ids of the works."""
    sent = [_send(order, one, by=by, at=at) for one in queries.suited(order)]
    if not sent:
        raise Refused(_("队里现在没有合适的人。有人来排队以后再派。"))
    note_line("day_order.fill", order, order.market, by=by, at=at, numbers=[one.waiting.number for one in sent])
    return [str(one.pk) for one in sent]


def _send(order, suits, *, by, at):
    waiting = suits.waiting
    waiting.market = order.market
    _take_place(order)
    move_place(waiting, "send", by=by, at=at)
    why = {"rank": suits.rank, "waited": waiting.waited, "before": suits.before}
    try:
        with transaction.atomic():
            work = DayWork.objects.create(order=order, waiting=waiting, why=why, sent_at=at, sent_by=by if by.id else None)
    except IntegrityError:
        raise Conflict() from None
    return work


def _take_place(order):
    """Take one of the places that are left, by compare-and-set: an order is never filled over its headcount."""
    if not DayOrder.objects.filter(pk=order.pk, left__gte=1).update(left=F("left") - 1, version=F("version") + 1):
        raise Conflict(_("这张用工单的人已经派满。"))
    order.left, order.version = order.left - 1, order.version + 1


def _give_place_back(order):
    DayOrder.objects.filter(pk=order.pk).update(left=F("left") + 1, version=F("version") + 1)
    order.left, order.version = order.left + 1, order.version + 1


@act(ORDERS, "day_order_call_off", at="call-off", words=_("用工方取消"), done=_("已取消。派了的人回到原来的位置。"), **KEEPS, may=rules.can_call_off, aside=True, tone="danger",
     lines={"day_order.call_off": _("取消用工单"), "day_work.call_off": _("用工方取消")})  # fmt: skip
def call_off_order(order, *, by, at, because: Annotated[str, Asked(_("原因"), least=2, most=80)]):
    """Note that the employer calls the order off (取消): whoever was sent stands where he stood."""
    order.called_off_because = because.strip()
    journal.move(order, DAY_ORDER, "call_off", by=by, at=at, saving=["called_off_because"], area_code=order.market.area_id)
    for work in queries.awaited(order):
        work.order = order
        _works_moves(work, "call_off", by=by, at=at)
        _give_place_back(order)
        _back_in_line(work, by=by, at=at)
    return order


def _works_moves(work, name, *, by, at, saving=(), **detail):
    journal.move(work, DAY_WORK, name, by=by, at=at, saving=saving, area_code=work.order.market.area_id, **detail)


def _back_in_line(work, *, by, at, **values):
    work.waiting.market = work.order.market
    move_place(work.waiting, "again", by=by, at=at, **values)


@act(WORKS, "work_refuse", at="refuse", words=_("本人不去"), done=_("已记下,位置空出来了。"), **KEEPS, may=rules.can_refuse, rank=30, lines={"day_work.refuse": _("本人不去")})
def refuse_work(work, *, by, at, because: asking.NotGoes, words: Annotated[str, Asked(_("怎么回事"), most=80)] = ""):
    """Note that somebody does not go (本人不去). What the work is at fault for, or he cannot do, costs no place in the line; else he stands at its end."""
    work.not_going, work.not_going_words = because, words.strip()
    _works_moves(work, "refuse", by=by, at=at, saving=["not_going", "not_going_words"])
    _give_place_back(work.order)
    _back_in_line(work, by=by, at=at, **({} if because in KEEPS_PLACE else {"came_at": at, "waited": False}))
    return work


@act(ORDERS, "arrivals", words=_("到岗确认"), done=_("已记下。干完活问本人结清没有。"), **KEEPS, may=rules.can_note_arrivals, rank=20,
     lines={"day_work.arrive": _("到岗"), "day_work.miss": _("没有到岗")})  # fmt: skip
def note_arrivals(order, *, by, at, absent: asking.Absent = ()):
    """Note that whoever was sent is there (到岗确认), but for those named: their places are free again. Nobody is asked to sign in by any machine."""
    for work in list(queries.awaited(order)):
        work.order = order
        if str(work.pk) in absent:
            _works_moves(work, "miss", by=by, at=at)
            _give_place_back(order)
            work.waiting.market = order.market
            move_place(work.waiting, "leave", by=by, at=at)
        else:
            work.arrived_at = at
            _works_moves(work, "arrive", by=by, at=at, saving=["arrived_at"])
    return order


@act(WORKS, "settle", words=_("登记结算"), done=lambda work: _("已记下:结清了。") if work.state == DayState.PAID else _("已记下:没有结清。可以登记欠薪。"), **KEEPS, may=rules.can_settle, rank=10,
     lines={"day_work.settle": _("本人说结清"), "day_work.owe": _("本人说没有结清")})  # fmt: skip
def settle_work(work, *, by, at, paid: asking.Got, asked: asking.Asks):
    """Note what somebody was paid in all, by his own word (结算确认): all of it, or less."""
    work.paid, work.settled_on, work.asked = paid, today(at), asked
    name = "settle" if paid >= work.order.due else "owe"
    _works_moves(work, name, by=by, at=at, saving=["paid", "settled_on", "asked"], paid=paid)
    return work


@act(WORKS, "arrears", words=_("登记欠薪"), done=lambda work: _("已登记成诉求 %(number)s,由诉求台账的一个单位负责到底。") % {"number": work.need}, **KEEPS, may=rules.can_open_need,
     rank=20, tone="danger", lines={"day_work.arrears": _("登记欠薪")})  # fmt: skip
def open_arrears(work, *, by, at, words: Annotated[str, Asked(_("本人怎么说"), rows=2, least=4, most=300)]):
    """Put what somebody is owed on the ledger of needs (欠薪): one need, one owner, in the market's county; where the work was is named in it.

    The ledger is another app's: it is asked through what it brings (OPENS_NEEDS), and knows nothing of markets.
    """
    order, card = work.order, work.card
    number = gather("OPENS_NEEDS")[0](
        village=order.market.area, person=card.worker.person if card.worker_id else None, name=card.shown_name, phone="" if card.is_protected else card.number,
        kind="rights", summary=_summary(work), story=words.strip(), young=card.is_protected,
        unit=scope.unit(by, duty=Duty.KEEP_MARKETS, code=order.market.area_id), by=by, at=at,
    )  # fmt: skip
    if not DayWork.objects.filter(pk=work.pk, need="", version=work.version).update(need=number, need_at=at, version=work.version + 1):
        raise Conflict()
    work.need, work.need_at, work.version = number, at, work.version + 1
    note_line("day_work.arrears", work, order.market, by=by, at=at, need=number, owes=work.owes)
    return work


def _summary(work):
    """What the ledger says in one sentence: where the work was is said when it lies in another county."""
    order = work.order
    county = dict(asking.counties(order.market, None, None)).get(order.area, order.area) if order.elsewhere else ""
    where = f"({county} {order.place})" if county else f"({order.place})"
    return f"{order.day:%Y-%m-%d} 在{order.employer_name}做零工{where},应得 {order.due} 元,还差 {work.owes} 元没有拿到"[:200]


@act(WORKS, "remark", words=_("双方评价"), done=_("已记下。不打分,不排名。"), **KEEPS, may=rules.can_remark, rank=40, lines={"day_work.remark": _("记双方评价")})
def remark_work(
    work, *, by, at,
    worker_says: Annotated[str, Asked(_("本人怎么说用工方"), _("写事情,不打分。"), rows=2, most=120, initial=lambda work, _actor, _day: work.worker_says)] = "",
    employer_says: Annotated[str, Asked(_("用工方怎么说这天的活"), _("写事情,不打分。"), rows=2, most=120, initial=lambda work, _actor, _day: work.employer_says)] = "",
):  # fmt: skip
    """Write down what both say of the day (双方评价), in words: nobody is given points, and nobody is ranked."""
    if not (worker_says.strip() or employer_says.strip()):
        raise Refused(_("至少写一方说的话。"))
    told = {"worker_says": worker_says.strip(), "employer_says": employer_says.strip()}
    if not DayWork.objects.filter(pk=work.pk, version=work.version).update(**told, version=work.version + 1):
        raise Conflict()
    work.version += 1
    note_line("day_work.remark", work, work.order.market, by=by, at=at)
    return work


@act(WORKS, "work_number", at="number", words=_("看电话"), **KEEPS, may=rules.can_see_number, reads=True, rank=35, call=None, because="a telephone is never sent over the API",
     template="labour/day_markets/number.html", lines={"day_work.number": _("查看零工电话")})  # fmt: skip
def see_day_number(work, *, by, at):
    """Journal that the clerk sees the telephone of somebody who was sent, to ask whether he is there and was paid. Returns the work."""
    why = _("%(day)s 的零工:问到岗、结算") % {"day": work.order.day}
    journal.record_reading(act="day_work.number", subject=work, by=by, at=at, reason=why, area_code=work.order.market.area_id, fields=["phone"])
    count_phone(by, at)
    return work
