"""Who keeps the shop, hands out for points, takes back, closes a month; and why not."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.policy import points as policy
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..models import Good, PointMonth, Redemption
from ..point_states import MonthState
from ..points.queries import in_force
from ..points.rules import kept, reviewed

NO_RULES = _("这个村还没有现行的积分办法,先拟好、启用。")


def visible_goods(actor, *, duty=Duty.SEE_VILLAGE):
    """What lies in the shops of villages in reach."""
    return Good.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))


def visible_redemptions(actor, *, duty=Duty.SEE_VILLAGE):
    """What homes of villages in reach took for points."""
    return Redemption.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))


def visible_months(actor, *, duty=Duty.SEE_VILLAGE):
    """The closes of months of villages in reach."""
    return PointMonth.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))


def can_stock(actor, good):
    """May the actor write down what came into the shop or went from it otherwise than for points."""
    return first_refusal(*kept(actor, good))


def waits_for(good):
    """Return what came of a thing and was looked at by nobody else yet."""
    return good.moves.filter(waits=True)


def can_check_stock(actor, good, at):
    """May the actor look at what came and let it count: another hand than took it in. Its worth and its number are what points out are answered for with."""
    hands = set(waits_for(good).values_list("made_by", flat=True))
    return first_refusal(
        *reviewed(actor, good), (hands, _("没有等核对的进货。")),
        (actor.id not in hands, _("自己登记的进货自己不能核对,请另一个人核对。")), (not any(is_one_person(actor, hand, at) for hand in hands), SAME_PERSON),
    )  # fmt: skip


def can_redeem(actor, good):
    """May the actor hand out this thing for points: where rules are in force, and some are left."""
    return first_refusal(*kept(actor, good), (in_force(good.village_id) is not None, NO_RULES), (good.offered, _("这样东西已经下架。")), (good.on_hand > 0, _("这样东西没有了。")))


def can_return(actor, redemption, at):
    """May the actor take back what a home had: once, within the days of the rules."""
    days = policy.in_force(today(at)).return_days
    return first_refusal(
        *kept(actor, redemption), (redemption.returned_on is None, _("这一笔已经退过。")),
        (today(at) <= redemption.day + timedelta(days=days), _("超过 %(n)s 天,不能退了。") % {"n": days}),
    )  # fmt: skip


def can_check(actor, month, at):
    """May the actor check the close of a month: another hand than drew it up."""
    return first_refusal(
        *reviewed(actor, month), (month.state == MonthState.DRAWN, _("这个月已经核对过。")),
        (month.drawn_by_id != actor.id, _("谁算的谁不能核对,请另一个人核对。")), (not is_one_person(actor, month.drawn_by_id, at), SAME_PERSON),
    )  # fmt: skip
