"""The acts of the markets: opened, closed down; a card; a place in the line. What an employer wants and who is sent stands in `orders`.

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
from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.areas.fields import under_its_place
from wanjia.orgs.fields import searched
from wanjia.orgs.locks import hold
from wanjia.orgs.models import Area
from wanjia.registry.people.subjects import PEOPLE
from wanjia.verdict import Conflict, Refused

from ..day_states import WAITING, Came
from ..duties import Duty
from ..models import Card, Market, Waiting, Worker
from . import asking, pages, queries, rules
from .subjects import CARDS, MARKETS, WAITINGS, hold_market

KEEPS = {"duty": Duty.KEEP_MARKETS}
MarketIs = Annotated[Market, Asked(_("零工市场"), among=queries.open_markets, within=rules.ELSEWHERE)]


def note_line(name, row, market, *, by, at, **detail):
    """Write a line of a market's book in the journal, within an act."""
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
    note_line("market.open", one, one, by=by, at=at)
    return one


@act(MARKETS, "market_end", at="end", words=_("停办"), done=_("已停办。登记的都留着。"), **KEEPS, may=rules.can_keep, aside=True, tone="danger",
     lines={"market.end": _("停办零工市场")})  # fmt: skip
def end_market(market, *, by, at, because: Annotated[str, Asked(_("原因"), least=2, most=80)]):
    """Close a market down (停办): its book is kept."""
    if not Market.objects.filter(pk=market.pk, closed_on=None).update(closed_on=today(at), version=F("version") + 1):
        raise Conflict()
    note_line("market.end", market, market, by=by, at=at, reason=because.strip())
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
        move_place(standing, "again", by=by, at=at, came_at=at, waited=False, **wishes)
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
    note_line("waiting.stand", waiting, market, by=by, at=at, number=waiting.number)
    return card


@act(WAITINGS, "waiting_leave", at="leave", words=_("不排了"), done=_("已记下。"), **KEEPS, may=rules.can_leave, tone="danger", lines={"waiting.leave": _("不排了")})
def leave_line(waiting, *, by, at):
    """Note that somebody waits no longer today (不排了). Nothing is held against him."""
    move_place(waiting, "leave", by=by, at=at)
    return waiting


def move_place(waiting, name, *, by, at, **values):
    """Move a place in the line by compare-and-set, with a line that names no person's worth, only the act."""
    move = WAITING.moves[name]
    changed = Waiting.objects.filter(pk=waiting.pk, state__in=move.sources, version=waiting.version)
    if not changed.update(state=move.target, version=waiting.version + 1, **values):
        raise Conflict()
    before, waiting.state, waiting.version = waiting.state, move.target, waiting.version + 1
    note_line(f"waiting.{name}", waiting, waiting.market, by=by, at=at, before=before, after=str(move.target), number=waiting.number)
