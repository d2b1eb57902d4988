"""How the acts of markets, fairs and outreach are done rightly, and how each of their refusals is met."""

from datetime import date, timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.orgs.models import Area

from ..day_markets import commands
from ..day_markets.orders import commands as orders
from ..models import Card, DayOrder, DayWork, Market, Waiting, Worker
from .factories import entered

DAY = MONDAY.date()
PLACE = {"name": "大同零工市场", "place": "大同村集市东头", "opens": "06:00", "closes": "18:00"}
SOMEBODY = {"name": "陈师傅", "phone": "13887000011", "birth_on": date(1980, 5, 1), "came": "person"}
WANTED = {
    "employer_name": "永善某建筑有限公司", "contact_name": "孙经理", "contact_phone": "13887000099", "words": "搬砖、和灰", "trade": "build", "headcount": 1,
    "day": DAY, "from_at": "08:00", "hours": 8, "area": "530625", "place": "细沙乡卫生院工地", "pay": 200, "pay_per": "day", "settle_on": DAY, "settle_way": "cash",
    "safety": "戴安全帽", "insured": "accident",
}  # fmt: skip


def later(days=0, hours=0):
    """Return a moment after MONDAY."""
    return MONDAY + timedelta(days=days, hours=hours)


def anew(world, name="clerk"):
    """Read an actor of the world anew, as the doors do."""
    user = getattr(world, name)
    return type(user).objects.get(pk=user.pk)


def who(world, at=MONDAY):
    """The township's clerk, now."""
    return {"by": anew(world), "at": at}


def market(world, **facts):
    """A market in the village; the same one when it stands already."""
    return Market.objects.first() or commands.open_market(area=world.datong, **PLACE | facts, **who(world))


def stands(world, **facts):
    """Somebody stands in the line; return his place."""
    card = commands.make_card(market=market(world), **SOMEBODY | facts, **who(world))
    return Waiting.objects.get(card=card, day=DAY)


def order(world, **facts):
    """An order for today."""
    return orders.record_order(market_id=market(world).pk, **WANTED | facts, **who(world))


def sent(world, **facts):
    """Somebody was sent to an order; return the keyword of the work."""
    stands(world)
    one = order(world, **facts)
    [key] = orders.fill_order(order_id=one.pk, **who(world))
    return {"work_id": DayWork.objects.get(pk=key).pk}


def there(world, **facts):
    """He is there."""
    what = sent(world, **facts)
    orders.note_arrivals(order_id=DayOrder.objects.get().pk, **who(world))
    return what


def another(world):
    """Somebody else was sent to another order, and is not there yet; return the keyword of the work."""
    stands(world, name="周师傅", phone="13887000012")
    one = order(world, place="另一个工地")
    [key] = orders.fill_order(order_id=one.pk, **who(world))
    return {"work_id": DayWork.objects.get(pk=key).pk}


def elsewhere(world):
    """A market of another township."""
    return {"market": commands.open_market(area=world.register.xinmin, **PLACE, by=anew(world, "stranger"), at=MONDAY)}


def paid(world):
    """He was paid."""
    what = there(world)
    orders.settle_work(**what, paid=200, asked="face", **who(world))
    return what


def suited(world):
    """Somebody stands in the line whom an order suits; return the keyword of the order."""
    stands(world)
    return {"order_id": order(world).pk}


def awaited(world):
    """Somebody was sent; return the keyword of the order."""
    sent(world)
    return {"order_id": DayOrder.objects.get().pk}


def card_of_before(world):
    """Somebody has a card since last week and stands in no line today."""
    stands(world)
    Waiting.objects.update(day=DAY - timedelta(days=7))
    return {"card_id": Card.objects.get().pk, "market": market(world), "came": "person"}


def labourer(world, **facts):
    """The head of the Wang home is on the roll of labourers."""
    person = world.register.head
    if not Worker.objects.filter(person=person).exists():
        entered(Worker(person=person, **{"village": world.datong, "entered_on": DAY, "verified_on": DAY} | facts))
    return {"person_id": person.pk, "market": market(world), "came": "person"}


def closed(_world, _what):
    """The market is closed down."""
    Market.objects.update(closed_on=DAY)


def on_work(**values):
    """Put facts on the work straight away."""
    return lambda _world, what: DayWork.objects.filter(pk=what["work_id"]).update(**values)


def on_order(**values):
    """Put facts on the order straight away."""
    return lambda _world, _what: DayOrder.objects.update(**values)


def young(world, what):
    """He is seventeen."""
    Card.objects.update(birth_on=date(2009, 5, 1))


NO_DUTY, ELSEWHERE = "您的岗位没有管理零工市场的权限。", "这个零工市场不在您的辖区。"
SHUT = {NO_DUTY: Felt(by="caller"), ELSEWHERE: Felt(by="stranger")}
MAY = "township_worker station_worker labour_officer"
CLOSED = {"这个零工市场已经停办。": Felt(before=closed)}
PHONE = "电话号码不对,请再核对一遍。"
UNDER_AGE = "未满 16 周岁的,不能介绍工作。"
ONE_LINE = "今天已经在“%(market)s”排了 %(n)s 号,一天只排一个队。"
LAWFUL = "这张用工单不能发:“%(said)s”——%(why)s(%(law)s)。%(instead)s。"
CALLED_OFF = "这张用工单用工方已经取消。"

ACTS = {
    "labour.open_market": Tried("clerk", lambda w: {"area": w.datong, **PLACE}, {"name": "另一个市场"}, may=MAY, spoil={
        **SHUT, "请选到村(社区):市场在哪个村(社区),欠薪的诉求就由那里的乡镇(街道)接。": Felt(what=lambda w: {"area": Area.objects.get(pk=w.xisha.pk)}),
        "关门要晚于开门。": Felt(what={"closes": "05:00"}),
        "几点要写成 07:30 这样。": Felt(what={"opens": "早上"}),
    }),
    "labour.end_market": Tried("clerk", lambda w: {"market_id": market(w).pk, "because": "集市搬了"}, {"because": "另写"}, may=MAY, spoil={**SHUT, **CLOSED}),
    "labour.make_card": Tried("clerk", lambda w: {"market": market(w), **SOMEBODY}, {"name": "周师傅"}, may=MAY, spoil={
        **SHUT, PHONE: Felt(what={"phone": "12"}), UNDER_AGE: Felt(what={"birth_on": date(2012, 1, 1)}),
        "没有登记出生日期,不知道满没满 16 周岁。请先看身份证。": Felt(what={"birth_on": None}),
        "这个电话已经登记在另一个名字的卡上。是同一个人,请搜号码找到他的卡;两个人合用的,请留另一个号码。": Felt(before=lambda w, _what: stands(w, name="周师傅")),
    }),
    "labour.stand_labourer": Tried("clerk", labourer, {"least_pay": 300}, may=MAY, spoil={
        NO_DUTY: Felt(by="caller"), ELSEWHERE: Felt(what=elsewhere), "此人不在劳动力名册里。请用“新来的人”登记姓名和电话。": Felt(before=lambda _w, _what: Worker.objects.update(left_on=DAY, left_because="age")),
    }),
    "labour.stand_again": Tried("clerk", card_of_before, {"least_pay": 300}, may=MAY, spoil={
        NO_DUTY: Felt(by="caller"), "这张卡不是本县零工市场的。": Felt(by="stranger"),
        ONE_LINE: Felt(before=lambda _w, _what: Waiting.objects.update(day=DAY)),
    }),
    "labour.leave_line": Tried("clerk", lambda w: {"waiting_id": stands(w).pk}, {}, may=MAY, spoil={
        **SHUT, "他今天没有在排队。": Felt(before=lambda _w, _what: Waiting.objects.update(state="gone")),
    }),
    "labour.record_order": Tried("clerk", lambda w: {"market_id": market(w).pk, **WANTED}, {"headcount": 2}, may=MAY, spoil={
        **SHUT, **CLOSED, PHONE: Felt(what={"contact_phone": "12"}),
        "统一社会信用代码的校验位不对,请照营业执照再核对一遍。": Felt(what={"credit_code": "91530625MA6K00000X"}),
        "请从列出的县里选做工的地方。": Felt(what={"area": "110101"}),
        "用工的日子不能早于今天。": Felt(what={"day": DAY - timedelta(days=1)}), "结算的日子不能早于干活那天。": Felt(what={"settle_on": DAY - timedelta(days=1)}),
        "干完活最迟 %(n)s 天以内结清(劳动合同法第七十二条)。": Felt(what={"settle_on": DAY + timedelta(days=16)}),
        LAWFUL: Felt(what={"words": "搬砖,只要男的"}),
    }),
    "labour.fill_order": Tried("clerk", suited, {}, may=MAY, spoil={
        **SHUT, CALLED_OFF: Felt(before=on_order(state="called_off", called_off_because="下雨")),
        "只派当天的工:这张用工单不是今天的。": Felt(at=later(1)), "这张用工单的人已经派满。": Felt(before=on_order(left=0)),
        "队里现在没有合适的人。有人来排队以后再派。": Felt(before=lambda _w, _what: Waiting.objects.update(trade="cook")),
    }),
    "labour.call_off_order": Tried("clerk", lambda w: awaited(w) | {"because": "下雨"}, {"because": "停电"}, may=MAY, spoil={
        **SHUT, CALLED_OFF: Felt(before=on_order(state="called_off", called_off_because="下雨")),
        "已经有人到岗,不能取消:到了岗的要结算。": Felt(before=lambda _w, _what: DayWork.objects.update(state="arrived")),
    }),
    "labour.refuse_work": Tried("clerk", lambda w: sent(w) | {"because": "unlawful"}, {"because": "unfit"}, may=MAY, spoil={
        **SHUT, "已经到岗或者已经记过,不能再改成不去。": Felt(before=on_work(state="arrived")),
    }),
    "labour.note_arrivals": Tried("clerk", awaited, {"absent": ["x"]}, may=MAY, spoil={
        **SHUT, "没有等着到岗的人。": Felt(before=lambda _w, _what: DayWork.objects.update(state="arrived")), "还没有到干活那天。": Felt(at=later(-1)),
    }),
    "labour.settle_work": Tried("clerk", lambda w: there(w) | {"paid": 200, "asked": "face"}, {"paid": 100}, may=MAY, spoil={
        **SHUT, "到了岗、还没有结清的,才能登记结算。": Felt(what=another),
    }),
    "labour.open_arrears": Tried("clerk", lambda w: there(w) | {"words": "老板说下个月再给"}, {"words": "电话打不通了"}, may=MAY, spoil={
        **SHUT, "到了岗、没有结清的,才算欠薪。": Felt(what=another), "还没有到结算的日子。": Felt(before=on_order(settle_on=DAY + timedelta(days=1))),
        "这一笔已经登记成诉求 %(number)s。": Felt(before=on_work(need="530625-202611-0001", need_at=MONDAY)),
    }),
    "labour.remark_work": Tried("clerk", lambda w: paid(w) | {"worker_says": "中午管了饭"}, {"worker_says": "另写"}, may=MAY, spoil={
        **SHUT, "到了岗的才有评价。": Felt(what=another), "至少写一方说的话。": Felt(what={"worker_says": ""}),
    }),
    "labour.see_day_number": Tried("clerk", sent, {}, may=MAY, spoil={
        **SHUT, "这一天的事已经了结,不用再打电话。": Felt(before=on_work(state="absent")),
        "未成年人的电话不在这里显示。请打给用工方,或者到市场当面问。": Felt(before=young),
    }),
}  # fmt: skip
#TODO