"""What the forms of the markets ask: where, when, which trade, for how much, settled how."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.doors.clock import clock
from wanjia.kernel.acts import Asked
from wanjia.orgs.models import Area, Level

from ..day_states import Came, Insured, NotGoing, PayPer, SettleWay, Spoken
from ..workers.asking import trade_choices
from . import queries

LARGEST_PAY, MOST_HOURS, MOST_PEOPLE = 5000, 11, 500
TODAY = {"initial": lambda _row, _actor, day: day}
TEL = {"inputmode": "tel", "autocomplete": "off"}


def counties(market, _actor, _day):
    """List (six digits, name) of the counties of a market's city."""
    found = Area.objects.filter(level=Level.COUNTY, code__startswith=market.area_id[:4]).order_by("code") if market else ()
    return [(one.code[:6], one.short_name) for one in found]


def own_trade(card, _actor, _day):
    """The trade that somebody's card says."""
    return getattr(card, "trade", "")


AnyTrade = Annotated[str, Asked(_("排哪个工种"), among=trade_choices, select=True, none=_("什么都做"), initial=own_trade)]
LeastPay = Annotated[int | None, Asked(_("一天至少要多少元"), _("没有要求就留空。"), most=LARGEST_PAY)]
DaysOnly = Annotated[bool, Asked(_("不做夜里的活(晚上 10 点到早上 6 点)"))]
HowCame = Annotated[Came, Asked(_("怎么来的"))]
Phone = Annotated[str, Asked(_("电话"), _("加密保存。下次报号码就能找到,不用再登记。"), most=20, least=1, attrs=TEL)]
Born = Annotated[date, Asked(_("出生日期"), _("看身份证。未满 16 周岁的不能介绍工作。"))]

On = Annotated[date, Asked(_("哪天"), **TODAY)]
From = Annotated[str, Asked(_("几点开工"), field=clock, most=5, least=1)]
Hours = Annotated[int, Asked(_("做几小时"), least=1, most=MOST_HOURS, initial=8)]
People = Annotated[int, Asked(_("要几个人"), least=1, most=MOST_PEOPLE)]
Trade = Annotated[str, Asked(_("工种"), among=trade_choices, select=True, none=_("请选择"))]
County = Annotated[str, Asked(_("在哪个县做"), among=counties, select=True, initial=lambda market, _actor, _day: market.county if market else None)]
WorkPlace = Annotated[str, Asked(_("具体地点"), least=2, most=80)]
Pay = Annotated[int, Asked(_("工钱(元)"), least=1, most=LARGEST_PAY)]
Per = Annotated[PayPer, Asked(_("按什么算"))]
SettleOn = Annotated[date, Asked(_("哪天结算"), _("当天干完当天结的,就填当天。到了这天没有结清会提醒。"), **TODAY)]
Way = Annotated[SettleWay, Asked(_("怎么结算"))]
Meals = Annotated[bool, Asked(_("管饭"))]
PickUp = Annotated[str, Asked(_("接送"), _("几点、在哪里上车;不接送就留空。"), most=80)]
Safety = Annotated[str, Asked(_("有什么危险、怎么防护"), _("例如“两米以上,系安全带”。没有危险也写一句。"), least=2, most=120)]
InsuredIs = Annotated[Insured, Asked(_("保险"))]
DoesWhat = Annotated[str, Asked(_("做什么"), rows=2, least=2, most=200)]
Employer = Annotated[str, Asked(_("用工方(实名)"), _("单位写全称,个人写姓名。"), least=2, most=80)]
CreditCode = Annotated[str, Asked(_("统一社会信用代码"), _("单位必填,18 位;个人请工的留空。"), most=18)]
Contact = Annotated[str, Asked(_("经办人"), least=2, most=40)]

NotGoes = Annotated[NotGoing, Asked(_("为什么不去"), _("活不合法、不安全、和单子不一样、身体干不了的,原来的位置留着。"))]
Absent = Annotated[list[str], Asked(_("没有到的"), among=queries.awaited_choices)]
Got = Annotated[int, Asked(_("本人一共拿到多少元"), _("听本人说的,不听用工方说的。一分没拿到写 0。"), most=LARGEST_PAY * 2, initial=lambda work, _actor, _day: work.order.due)]
Asks = Annotated[Spoken, Asked(_("怎么问的"))]
