"""Who keeps which market, whom its line takes, what an order may say, who is sent where, and why not."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.doors.words import in_english
from wanjia.kernel.brings import gather
from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.models import Level
from wanjia.policy import vacancy_words
from wanjia.policy.day_work import hourly, in_force
from wanjia.policy.identity import judge_phone
from wanjia.policy.labour import least_age
from wanjia.policy.special_groups import age_on
from wanjia.registry.models import Somebody
from wanjia.verdict import first_refusal

from ..day_states import DAY_WORK, DayState, OrderState, PayPer, Skipped, WaitingState
from ..duties import Duty
from ..models import Card, DayOrder, DayWork, Market, Waiting

NO_DUTY = _("您的岗位没有管理零工市场的权限。")
ELSEWHERE = _("这个零工市场不在您的辖区。")
GROWN = 18
TOLD = (DayState.ARRIVED, DayState.PAID, DayState.UNPAID)  # who was there


def visible_markets(actor, *, duty=Duty.KEEP_MARKETS):
    """Markets within the posts that carry `duty`."""
    return Market.objects.filter(scope.in_reach(actor, area="area_id", duty=duty))


def visible_cards(actor, *, duty=Duty.KEEP_MARKETS):
    """Cards of the counties in which the actor keeps a market: somebody who was at another market of the county is found again here."""
    counties = {area[:6] for area in visible_markets(actor, duty=duty).values_list("area_id", flat=True)}
    within = Q(pk__in=[])
    for county in counties:
        within |= in_county(county)
    return Card.objects.filter(within)


def in_county(county, path="area_id"):
    """Return the Q of rows whose area code begins with these six digits."""
    return Q(**{f"{path}__gte": county, f"{path}__lt": f"{county}:"})


def visible_orders(actor, *, duty=Duty.KEEP_MARKETS):
    """Orders of these markets."""
    return DayOrder.objects.filter(scope.in_reach(actor, area="market__area_id", duty=duty))


def visible_waiting(actor, *, duty=Duty.KEEP_MARKETS):
    """Places in the lines of these markets."""
    return Waiting.objects.filter(scope.in_reach(actor, area="market__area_id", duty=duty))


def visible_works(actor, *, duty=Duty.KEEP_MARKETS):
    """The work that people were sent to from these markets."""
    return DayWork.objects.filter(scope.in_reach(actor, area="order__market__area_id", duty=duty))


def _reaches(actor, market):
    return (
        (actor.has_duty(Duty.KEEP_MARKETS), NO_DUTY),
        (scope.covers(actor, market.area_id, duty=Duty.KEEP_MARKETS), ELSEWHERE),
    )


def keeps(actor, _row=None):
    """May the actor keep markets at all; which, the act judges."""
    return first_refusal((actor.has_duty(Duty.KEEP_MARKETS), NO_DUTY))


def can_open(actor, area):
    """May the actor open a market in this village or community."""
    return first_refusal(
        (area.level == Level.VILLAGE, _("请选到村(社区):市场在哪个村(社区),欠薪的诉求就由那里的乡镇(街道)接。")),
        (scope.covers(actor, area.code, duty=Duty.KEEP_MARKETS), ELSEWHERE),
    )


def can_keep(actor, market):
    """May the actor write in this market's book: it is in reach and not closed down."""
    return first_refusal(*_reaches(actor, market), (market.closed_on is None, _("这个零工市场已经停办。")))


def can_take(actor, card):
    """May the actor give the owner of this card a place in a line; at which market, the act judges."""
    return first_refusal(
        (actor.has_duty(Duty.KEEP_MARKETS), NO_DUTY),
        (visible_cards(actor).filter(pk=card.pk).exists(), _("这张卡不是本县零工市场的。")),
    )


def may_work(birth_on, day):
    """Decide whether somebody born then may be taken at all (劳动法 15)."""
    return first_refusal(
        (birth_on is not None, _("没有登记出生日期,不知道满没满 16 周岁。请先看身份证。")),
        (birth_on is None or age_on(birth_on, day) >= least_age(), _("未满 16 周岁的,不能介绍工作。")),
    )


def named(name, birth_on):
    """Return how a list would call somebody of this name and birth."""
    return Somebody(name.strip(), birth_on, "").shown_name


def last4(phone):
    """Return the last four of a telephone."""
    return judge_phone(phone)[0][-4:]


def is_phone(phone):
    """Decide whether this can be a telephone number."""
    found, code = judge_phone(phone)
    return first_refusal((found and (code is None or code.startswith("warn.")), _("电话号码不对,请再核对一遍。")))


def stands_once(standing, market):
    """Decide whether somebody may take a place (standing: his place of the day, or None): one line a day; whoever left this market's line comes back."""
    return first_refusal((
        standing is None or (standing.state == WaitingState.GONE and standing.market_id == market.pk), _("今天已经在“%(market)s”排了 %(n)s 号,一天只排一个队。") % {"market": standing.market.name if standing else "", "n": standing.number if standing else 0},
    ))  # fmt: skip


def is_lawful(order, day):
    """Decide whether an order may hang at the market: its words, its pay an hour, its hours; the article is said."""
    found = vacancy_words.refusing(vacancy_words.judge(offer_of(order), day))
    one = found[0] if found else None
    return first_refusal((
        one is None, _("这张用工单不能发:“%(said)s”——%(why)s(%(law)s)。%(instead)s。") % {
            "said": one.said if one else "", "why": (one.en if in_english() else one.zh) if one else "", "law": one.law if one else "",
            "instead": (one.instead_en if in_english() else one.instead_zh) if one else "",
        },
    ))  # fmt: skip


def offer_of(order):
    """Return an order as the law looks at it: by the hour, whatever the pay is said for."""
    pay = hourly(order.pay, order.hours, of_day=order.pay_per == PayPer.DAY)
    said = "\n".join((order.words, order.safety, order.pick_up, order.place))
    return vacancy_words.Offer(said, order.area, pay, True, order.hours, order.hours, GROWN, 0, order.trade, order.at_night)


def is_in_time(order, at):
    """Decide whether an order's days can be: today or later, settled on that day or after it."""
    return first_refusal(
        (order.day >= today(at), _("用工的日子不能早于今天。")),
        (order.settle_on >= order.day, _("结算的日子不能早于干活那天。")),
        (
            order.settle_on - order.day <= timedelta(days=in_force(today(at)).settled_within),
            _("干完活最迟 %(n)s 天以内结清(劳动合同法第七十二条)。") % {"n": in_force(today(at)).settled_within},
        ),
    )


def can_fill(actor, order, at):
    """May the actor send people from the line to this order now."""
    return first_refusal(
        *_reaches(actor, order.market),
        (order.state == OrderState.OPEN, _("这张用工单用工方已经取消。")),
        (order.day == today(at), _("只派当天的工:这张用工单不是今天的。")),
        (order.left > 0, _("这张用工单的人已经派满。")),
    )


def can_call_off(actor, order):
    """May the actor note that the employer calls an order off: nobody was there yet."""
    return first_refusal(
        *_reaches(actor, order.market),
        (order.state == OrderState.OPEN, _("这张用工单用工方已经取消。")),
        (not order.works.filter(state__in=TOLD).exists(), _("已经有人到岗,不能取消:到了岗的要结算。")),
    )


def can_note_arrivals(actor, order, at):
    """May the actor note who was there: on the day, while somebody is awaited."""
    return first_refusal(
        *_reaches(actor, order.market),
        (order.works.filter(state=DayState.SENT).exists(), _("没有等着到岗的人。")),
        (order.day <= today(at), _("还没有到干活那天。")),
    )


def can_leave(actor, waiting, at):
    """May the actor note that somebody waits no longer."""
    return first_refusal(
        *_reaches(actor, waiting.market),
        (waiting.state == WaitingState.WAITING and waiting.day == today(at), _("他今天没有在排队。")),
    )


def can_refuse(actor, work):
    """May the actor note that somebody does not go where he was sent."""
    return first_refusal(
        *_reaches(actor, work.order.market),
        (DAY_WORK.allows("refuse", work.state), _("已经到岗或者已经记过,不能再改成不去。")),
    )


def can_settle(actor, work):
    """May the actor note what somebody was paid, by his own word."""
    return first_refusal(
        *_reaches(actor, work.order.market),
        (DAY_WORK.allows("settle", work.state), _("到了岗、还没有结清的,才能登记结算。")),
    )


def can_open_need(actor, work, at):
    """May the actor put somebody's arrears on the ledger of needs: the day of settling has come, he was there, it stands there not yet.

    Where no ledger is installed the refusal says whom to call.
    """
    return first_refusal(
        *_reaches(actor, work.order.market),
        (DAY_WORK.allows("owe", work.state), _("到了岗、没有结清的,才算欠薪。")),
        (work.order.settle_on <= today(at), _("还没有到结算的日子。")),
        (not work.need, _("这一笔已经登记成诉求 %(number)s。") % {"number": work.need}),
        (gather("OPENS_NEEDS"), _("这台系统没有诉求台账。请打 %(phone)s 举报欠薪。") % {"phone": in_force(today(at)).hotline}),
    )


def can_remark(actor, work):
    """May the actor write down what both say of the day: of a day that somebody was there."""
    return first_refusal(*_reaches(actor, work.order.market), (work.state in TOLD, _("到了岗的才有评价。")))


def can_see_number(actor, work, at):
    """May the actor see the telephone of somebody who was sent: to ask whether he is there and was paid. A child's is shown by its file alone."""
    return first_refusal(
        *_reaches(actor, work.order.market),
        (work.state in (DayState.SENT, DayState.ARRIVED, DayState.UNPAID), _("这一天的事已经了结,不用再打电话。")),
        (not work.card.is_protected, _("未成年人的电话不在这里显示。请打给用工方,或者到市场当面问。")),
    )


def why_not(waiting, order, said_no, day):
    """Return why somebody in the line is not sent to an order, a Skipped; "" where the order suits."""
    birth = waiting.card.somebody.birth_on
    return next((why for why, holds in (
        (Skipped.TRADE, waiting.trade not in ("", order.trade)),
        (Skipped.PAY, (waiting.least_pay or 0) > order.due),
        (Skipped.NIGHT, waiting.days_only and order.at_night),
        (Skipped.YOUNG, order.grown_only and (birth is None or age_on(birth, day) < GROWN)),
        (Skipped.SAID_NO, waiting.pk in said_no),
    ) if holds), "")  # fmt: skip
