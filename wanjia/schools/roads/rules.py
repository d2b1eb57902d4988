"""Who enters an operation on the road, tells its counts and corrects them, what counts fit together; and why not."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.handing.queries import people_with
from wanjia.orgs.models.areas import STEM_DIGITS, Level
from wanjia.policy.nameless import tells_whom
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..models import RoadCount, RoadOperation
from ..road_states import DEALT_WITH, OFFENCES, RoadKind, RoadState
from ..venues.rules import own_units

COUNTY = STEM_DIGITS[Level.COUNTY]
NO_DUTY = _("您的岗位没有登记道路行动的权限。")
OUT_OF_REACH = _("这个地方不在您的范围。")
NOT_OURS = _("这次行动由组织单位填数。")
NOT_PLANNED = _("这次行动已经填数,或者不办。")
NOT_HELD = _("还没有填数,没有要更正的。")
TOO_EARLY = _("行动那天还没到,到了再填。")
NO_NUMBERS = _("这里只记数:不写车牌、电话、身份证号。")
NOBODY = _("至少有一方力量参加。")
NO_CARS = _("没有检查车辆,就不会有违法、教育和处罚。")
TOO_MANY = _("处罚、立案移交的起数(%(n)s)不会多于查到的违法(%(all)s)。")
AS_BEFORE = _("更正以后的数和原来一样。")


def visible_operations(actor, *, duty=Duty.SEE_VENUES):
    """The operations of the areas of these posts, and those of own units."""
    return RoadOperation.objects.filter(scope.in_reach(actor, duty=duty) | Q(unit__in=own_units(actor, duty=duty)))


def counts(actor, _row=None):
    """May the actor enter operations at all; where and for which unit, the act judges."""
    return first_refusal((actor.has_duty(Duty.COUNT_ROADS), NO_DUTY))


def _ours(actor, one):
    return (actor.has_duty(Duty.COUNT_ROADS), NO_DUTY), (one.unit_id in own_units(actor, duty=Duty.COUNT_ROADS), NOT_OURS)


def can_report(actor, one, at):
    """May the actor tell the counts: of the own unit, once, when the day has come."""
    return first_refusal(*_ours(actor, one), (one.state == RoadState.PLANNED, NOT_PLANNED), (one.day <= today(at), TOO_EARLY))


def can_correct(actor, one):
    """May the actor correct counts that were told: what stood before is kept."""
    return first_refusal(*_ours(actor, one), (one.state == RoadState.HELD, NOT_HELD))


def can_call_off(actor, one):
    """May the actor say that an operation is not held: before its counts were told."""
    return first_refusal(*_ours(actor, one), (one.state == RoadState.PLANNED, NOT_PLANNED))


def tells_nobody(*texts):
    """Decide whether texts name no vehicle and nobody by a number."""
    return first_refusal((not any(tells_whom(text) for text in texts), NO_NUMBERS))


def fits(found):
    """Decide whether counts {kind: n} fit together: nothing without a vehicle that was stopped, and no more dealt with than was found."""
    offences, dealt = sum(found[kind] for kind in OFFENCES), sum(found[kind] for kind in DEALT_WITH)
    return first_refusal((found[RoadKind.STOPPED] or not any(found.values()), NO_CARS), (dealt <= offences, TOO_MANY % {"n": dealt, "all": offences}))


def differs(one, found):
    """Decide whether a correction says anything else than what stands."""
    stands = dict(RoadCount.objects.filter(report__operation=one, report__number=one.reported).values_list("kind", "n"))
    return first_refusal((stands != {kind.value: n for kind, n in found.items()}, AS_BEFORE))


def can_take(one, unit, day):
    """Decide whether a unit may take an operation over from one that ends: of its county, with somebody who may count."""
    return first_refusal(
        (unit.area_id[:COUNTY] == one.area_id[:COUNTY], _("%(unit)s不在这个县,不能接手道路行动。") % {"unit": unit.name}),
        (people_with(unit, day, Duty.COUNT_ROADS), _("%(unit)s没有能填数的人,不能接手道路行动。") % {"unit": unit.name}),
    )
