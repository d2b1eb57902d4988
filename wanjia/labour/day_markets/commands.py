"""The acts of the markets: opened, closed down; a place in the line; an order; sent, there, paid, owed, said.

Only the market's row is asked for its lock: whoever sends from its line does so alone. The rows say no a second time (one_work_a_day,
day_order_places_left), whatever the door.
"""

from typing import Annotated

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from wanjia.doors.clock import clock, time_of
from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.brings import gather
from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.areas.fields import under_its_place
from wanjia.orgs.fields import searched
from wanjia.orgs.locks import hold
from wanjia.orgs.models import Area
from wanjia.policy import vacancy_words
from wanjia.policy.identity import credit_code_holds
from wanjia.registry.lookups.commands import count_phone
from wanjia.registry.people.subjects import PEOPLE
from wanjia.verdict import Conflict, Refused

from ..day_states import DAY_ORDER, DAY_WORK, KEEPS_PLACE, WAITING, Came, DayState
from ..duties import Duty
from ..models import Card, DayOrder, DayWork, Market, Waiting, Worker
from . import asking, pages, queries, rules
from .subjects import CARDS, MARKETS, ORDERS, WAITINGS, WORKS, hold_market

KEEPS = {"duty": Duty.KEEP_MARKETS}
MarketIs = Annotated[Market, Asked(_("零工市场"), among=queries.open_markets, within=rules.ELSEWHERE)]


def _note(name, row, market, *, by, at, **detail):
    journal.record(act=name, subject=row, by=by, at=at, area_code=market.area_id, **detail)


@act(MARKETS, "market_new", at="new", words=_("开办零工市场"), done=_("已登记。每天早上从“排队”开始。"), **KEEPS, may=rules.keeps, new=True, lines={"market.open": _("开办零工市场")})
def open_market(
    *, by, at,
    area: Annotated[Area, Asked(_("村(社区)"), _("市场就在这个村(社区):欠薪的诉求由这里的乡镇(街道)接。"), **searched(queries.places_for, under_its_place))],
    name: Annotated[str, Asked(_("市场名称"), least=2, most=40)],
    place: Annotated[str, Asked(_("地点"), least=2, most=80)],
    opens: Annotated[str, Asked(_("几点开"), field=clock, most=5, least=1)],
    closes: Annotated[str, Asked(_("几点关"), field=clock, most=5, least=1)],
    phone: Annotated[str, Asked(_("市场电话"), _("贴在门口的那个,打来就能排队。"), most=20, attrs=asking.TEL)] = "",
):  # fmt: skip
    """Open a casual-labour market (零工市场), run by the actor's unit. The public service costs nobody anything: no act asks for money."""
    rules.can_open(by, area).or_raise()
    opens, closes = time_of(opens), time_of(closes)
    if closes <= opens:
        raise Refused(_("关门要晚于开门。"))
    unit = scope.unit(by, duty=Duty.KEEP_MARKETS, code=area.code)
    try:
        with transaction.atomic():
            one = Market.objects.create(area=area, unit=unit, name=name.strip(), place=place.strip(), opens=opens, closes=closes, phone=phone.strip(), from_on=today(at))
    except IntegrityError:
        raise Conflict(_("这里已经有一个叫这个名字的零工市场。")) from None
    _note("market.open", one, one, by=by, at=at)
    return one


@act(MARKETS, "market_end", at="end", words=_("停办"), done=_("已停办。登记的都留着。"), **KEEPS, may=rules.can_keep, aside=True, tone="danger",
     lines={"market.end": _("停办零工市场")})  # fmt: skip
def end_market(market, *, by, at, because: Annotated[str, Asked(_("原因"), least=2, most=80)]):
    """Close a market down (停办): its book is kept."""
    if not Market.objects.filter(pk=market.pk, closed_on=None).update(closed_on=today(at), version=F("version") + 1):
        raise Conflict()
    _note("market.end", market, market, by=by, at=at, reason=because.strip())
    return market


@act(CARDS, "card_new", at="new", words=_("新来的人,登记并排队"), done=pages.numbered, **KEEPS, may=rules.keeps, new=True,
     given=pages.new_card, then=pages.to_market, lines={"card.make": _("登记零工卡")})  # fmt: skip
def make_card(
    *, by, at, market: MarketIs,
    name: Annotated[str, Asked(_("姓名"), least=1, most=60)], phone: asking.Phone, birth_on: asking.Born,
    trade: asking.AnyTrade = "", least_pay: asking.LeastPay = None, days_only: asking.DaysOnly = False, came: asking.HowCame = Came.PERSON,
):  # fmt: skip
    """Make the card of somebody who is new here and give him a place in today's line. A card once made under a telephone is found again."""
    rules.can_keep(by, market).or_raise()
    market = hold_market(market.pk)
    worker = queries.labourer_by_number(by, phone, name)  # who stands in the register has one card, whichever way he came: one place in the line
    if worker is not None:
        rules.may_work(worker.person.birth_on, today(at)).or_raise()
        card = card_of(worker, market.area_id, by=by, at=at)
    else:
        card = card_for(market.area_id, by=by, at=at, name=name, phone=phone, birth_on=birth_on, trade=trade)
    return _stand(card, market, by=by, at=at, trade=trade, least_pay=least_pay, days_only=days_only, came=came)


def card_for(area, *, by, at, name, phone, birth_on, trade=""):
    """Return the card of somebody known by name and telephone, within an act of markets or fairs: the one that stands in the county, else a new one."""
    rules.is_phone(phone).or_raise()
    rules.may_work(birth_on, today(at)).or_raise()
    hold(f"cards|{area[:6]}|{rules.last4(phone)}")
    known = queries.card_by_number(area, phone)
    if known is not None and known.shown_name != rules.named(name, birth_on):
        # Not whose it is: a form that says so of any number is a directory, and counts nobody's look-ups.
        raise Refused(_("这个电话已经登记在另一个名字的卡上。是同一个人,请搜号码找到他的卡;两个人合用的,请留另一个号码。"))
    return known or _card("card.make", area, by=by, at=at, name=name.strip(), phone=phone.strip(), phone_last4=rules.last4(phone), birth_on=birth_on, trade=trade)


def card_of(worker, area, *, by, at):
    """Return a labourer's card, within an act of markets or fairs; made from the register where there is none.

    The card that he was given before anybody knew him for a labourer becomes his: with two he would stand in a line twice.
    """
    if own := Card.objects.filter(worker=worker).first():
        return own
    phone = worker.person.phone
    if phone:
        hold(f"cards|{area[:6]}|{rules.last4(phone)}")
        known = queries.card_by_number(area, phone)
        if known is not None and known.worker_id is None and known.name == worker.person.name:
            known.worker, known.name, known.birth_on, known.phone, known.phone_last4 = worker, "", None, "", ""
            known.save(update_fields=["worker", "name", "birth_on", "phone", "phone_index", "phone_last4"])
            journal.record(act="card.of_worker", subject=known, by=by, at=at, area_code=area)
            return known
    return _card("card.of_worker", area, by=by, at=at, worker=worker, trade=worker.trade)


def _card(line, area, *, by, at, **facts):
    card = Card(area_id=area, last_on=today(at), made_at=at, made_by=by if by.id else None, **facts)
    card.save(force_insert=True)
    journal.record(act=line, subject=card, by=by, at=at, area_code=area)
    return card


@act(PEOPLE, "market_stand", at="market", words=_("到零工市场排队"), done=pages.numbered, **KEEPS, may=rules.keeps, button=False,
     given=pages.at_market, then=pages.to_market, lines={"card.of_worker": _("按名册登记零工卡")})  # fmt: skip
def stand_labourer(
    person, *, by, at, market: MarketIs,
    trade: asking.AnyTrade = "", least_pay: asking.LeastPay = None, days_only: asking.DaysOnly = False, came: asking.HowCame = Came.PERSON,
):  # fmt: skip
    """Give a labourer of the register a place in today's line: his card is made from the register, nothing is asked twice."""
    rules.can_keep(by, market).or_raise()
    market = hold_market(market.pk)
    worker = Worker.objects.select_related("person").filter(pk=person.pk, left_on=None).first()
    if worker is None:
        raise Refused(_("此人不在劳动力名册里。请用“新来的人”登记姓名和电话。"))
    rules.may_work(person.birth_on, today(at)).or_raise()
    return _stand(card_of(worker, market.area_id, by=by, at=at), market, by=by, at=at, trade=trade, least_pay=least_pay, days_only=days_only, came=came)


@act(CARDS, "card_stand", at="stand", words=_("排队"), done=pages.numbered, **KEEPS, may=rules.can_take, given=pages.at_market,
     then=pages.to_market, lines={"waiting.stand": _("排队"), "waiting.again": _("回到队里"), "waiting.send": _("从队里派工")})  # fmt: skip
def stand_again(
    card, *, by, at, market: MarketIs,
    trade: asking.AnyTrade = "", least_pay: asking.LeastPay = None, days_only: asking.DaysOnly = False, came: asking.HowCame = Came.PERSON,
):  # fmt: skip
    """Give somebody who has a card a place in today's line: whoever was passed over on the market's last day stands before the others."""
    rules.can_keep(by, market).or_raise()
    market = hold_market(market.pk)
    rules.may_work(card.somebody.birth_on, today(at)).or_raise()
    return _stand(card, market, by=by, at=at, trade=trade, least_pay=least_pay, days_only=days_only, came=came)


def _stand(card, market, *, by, at, **wishes):
    day = today(at)
    standing = Waiting.objects.filter(card=card, day=day).select_related("market").first()
    rules.stands_once(standing, market).or_raise()
    if standing is not None:  # left the line, and is back: at its end
        _line_moves(standing, "again", by=by, at=at, came_at=at, waited=False, **wishes)
        return card
    waiting = Waiting(
        market=market, day=day, card=card, number=queries.last_number(market, day) + 1, came_at=at, waited=queries.passed_over(card, market, day),
        recorded_at=at, recorded_by=by if by.id else None, **wishes,
    )  # fmt: skip
    try:
        with transaction.atomic():
            waiting.save(force_insert=True)
    except IntegrityError:  # at two markets of the county in one moment
        raise Conflict(_("他刚刚在别的市场排上了,一天只排一个队。")) from None
    Card.objects.filter(pk=card.pk, last_on__lt=day).update(last_on=day)
    _note("waiting.stand", waiting, market, by=by, at=at, number=waiting.number)
    return card


@act(WAITINGS, "waiting_leave", at="leave", words=_("不排了"), done=_("已记下。"), **KEEPS, may=rules.can_leave, lines={"waiting.leave": _("不排了")})
def leave_line(waiting, *, by, at):
    """Note that somebody waits no longer today (不排了). Nothing is held against him."""
    _line_moves(waiting, "leave", by=by, at=at)
    return waiting


def _line_moves(waiting, name, *, by, at, **values):
    """Move a place in the line by compare-and-set, with a line that names no person's worth, only the act."""
    move = WAITING.moves[name]
    changed = Waiting.objects.filter(pk=waiting.pk, state__in=move.sources, version=waiting.version)
    if not changed.update(state=move.target, version=waiting.version + 1, **values):
        raise Conflict()
    before, waiting.state, waiting.version = waiting.state, move.target, waiting.version + 1
    _note(f"waiting.{name}", waiting, waiting.market, by=by, at=at, before=before, after=str(move.target), number=waiting.number)


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
    _note("day_order.record", order, market, by=by, at=at, headcount=headcount, day=day)
    return order


@act(ORDERS, "fill", words=_("派工"), done=lambda sent: _("派了 %(n)s 人。") % {"n": len(sent)}, **KEEPS, may=rules.can_fill, rank=10,
     template="labour/day_markets/fill.html", more=pages.who_suits, lines={"day_order.fill": _("派工")})  # fmt: skip
def fill_order(order, *, by, at):
    """Send the first of the line whom the order suits, as many as there are places (派工); each day's work says why. Returns the ids of the works."""
    sent = [_send(order, one, by=by, at=at) for one in queries.suited(order)]
    if not sent:
        raise Refused(_("队里现在没有合适的人。有人来排队以后再派。"))
    _note("day_order.fill", order, order.market, by=by, at=at, numbers=[one.waiting.number for one in sent])
    return [str(one.pk) for one in sent]


def _send(order, suits, *, by, at):
    waiting = suits.waiting
    waiting.market = order.market
    _take_place(order)
    _line_moves(waiting, "send", by=by, at=at)
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
    _line_moves(work.waiting, "again", by=by, at=at, **values)


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
            _line_moves(work.waiting, "leave", by=by, at=at)
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
    _note("day_work.arrears", work, order.market, by=by, at=at, need=number, owes=work.owes)
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
    _note("day_work.remark", work, work.order.market, by=by, at=at)
    return work


@act(WORKS, "work_number", at="number", words=_("看电话"), **KEEPS, may=rules.can_see_number, reads=True, rank=35, call=None, because="a telephone is never sent over the API",
     template="labour/day_markets/number.html", lines={"day_work.number": _("查看零工电话")})  # fmt: skip
def see_day_number(work, *, by, at):
    """Journal that the clerk sees the telephone of somebody who was sent, to ask whether he is there and was paid. Returns the work."""
    why = _("%(day)s 的零工:问到岗、结算") % {"day": work.order.day}
    journal.record_reading(act="day_work.number", subject=work, by=by, at=at, reason=why, area_code=work.order.market.area_id, fields=["phone"])
    count_phone(by, at)
    return work


