"""Who plans a patrol, joins it, walks it, says why it was not walked; and why not."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import CHINA, today
from wanjia.orgs import scope
from wanjia.orgs.handing.queries import people_with
from wanjia.orgs.models.areas import STEM_DIGITS, Level
from wanjia.policy.nameless import tells_whom
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..models import Patrol, PatrolForce, PatrolPlan
from ..notice_states import NoticeState
from ..road_states import PatrolState
from ..venues.rules import own_units

COUNTY = STEM_DIGITS[Level.COUNTY]
# A walk that is entered weeks later is remembered by nobody: after so many days a reason may still be written, a walk no more. The county confirms.
TELL_WITHIN = timedelta(days=3)
LONGEST = timedelta(days=62)  # a plan goes over two months at most: what lasts longer is looked at anew

NO_PLANNING = _("您的岗位没有安排巡查的权限。")
NO_WALKING = _("您的岗位没有巡查的权限。")
OUT_OF_REACH = _("这个区划不在您的范围。")
NOT_OURS = _("这次巡查没有您的单位参加。")
NOT_LEAD = _("这次巡查由组织单位安排。")
TOLD = _("这次巡查已经登记过了。")
TOO_EARLY = _("巡查那天还没到。")
NOT_SET_OUT = _("还没到这次巡查出发的时间。")
TOO_LATE = _("巡查过了 %(n)s 天才来登记,只能写明没巡查的原因。")
ENDED = _("这个安排已经停了。")
NO_NUMBERS = _("写事不写人:不写车牌、电话、身份证号。")
NO_NOTICE = _("这次巡查没有对应的通告、倡议,不登记处置。")
NOT_OF_ITS_DAYS = _("通告、倡议从 %(first)s 到 %(last)s 有效,巡查要在这些天里。")
NOT_ISSUED = _("这份通告、倡议没有签发,或者已经解除。")
NOT_ITS_AREA = _("巡查的范围要在通告、倡议的范围里。")


def visible_patrols(actor, *, duty=Duty.SEE_VENUES):
    """The patrols of the areas of these posts, and those that own units plan or walk."""
    own = own_units(actor, duty=duty)
    return Patrol.objects.filter(scope.in_reach(actor, duty=duty) | Q(unit__in=own) | Q(pk__in=PatrolForce.objects.filter(unit__in=own).values("patrol")))


def visible_plans(actor, *, duty=Duty.SEE_VENUES):
    """The plans of the areas of these posts, those of own units, and those of which they walk a patrol."""
    own = own_units(actor, duty=duty)
    walked = PatrolForce.objects.filter(unit__in=own, patrol__plan__isnull=False).values("patrol__plan")
    return PatrolPlan.objects.filter(scope.in_reach(actor, duty=duty) | Q(unit__in=own) | Q(pk__in=walked))


def plans(actor, _row=None):
    """May the actor plan patrols at all; where and for which unit, the act judges."""
    return first_refusal((actor.has_duty(Duty.LEAD_ROUNDS), NO_PLANNING))


def follows(notice, area, first, last):
    """Decide whether patrols of these days may look after a notice: it is issued, holds on all of them, and reaches the area."""
    if notice is None:
        return first_refusal()
    return first_refusal(
        (notice.state == NoticeState.ISSUED, NOT_ISSUED), (area.code.startswith(notice.area.stem), NOT_ITS_AREA),
        (notice.from_on <= first and last <= notice.until_on, NOT_OF_ITS_DAYS % {"first": notice.from_on, "last": notice.until_on}),
    )  # fmt: skip


def tells_nobody(*texts):
    """Decide whether texts name nobody by a number."""
    return first_refusal((not any(tells_whom(text) for text in texts), NO_NUMBERS))


def walks(actor, one):
    """Tell whether a unit of the actor walks this patrol or plans it."""
    own = set(own_units(actor, duty=Duty.INSPECT))
    return one.unit_id in own or any(force.unit_id in own for force in one.forces.all())  # a list has them all at once


def leads(actor, one):
    """Tell whether a unit of the actor plans these patrols."""
    return one.unit_id in own_units(actor, duty=Duty.LEAD_ROUNDS)


def can_end(actor, plan):
    """May the actor end a plan: of the own unit, once."""
    return first_refusal((actor.has_duty(Duty.LEAD_ROUNDS), NO_PLANNING), (leads(actor, plan), NOT_LEAD), (plan.ended_on is None, ENDED))


def can_join(actor, one):
    """May the actor send a unit along: of the planning unit, until the patrol was told."""
    return first_refusal((actor.has_duty(Duty.LEAD_ROUNDS), NO_PLANNING), (leads(actor, one), NOT_LEAD), (one.state == PatrolState.PLANNED, TOLD))


def has_set_out(one, at):
    """Decide whether the hour has come at which a patrol sets out: nobody has walked it before. Asked when it is told, not when its page opens: a telephone takes the page along in the afternoon."""
    return first_refusal((datetime.combine(one.day, one.from_at, CHINA) <= at, NOT_SET_OUT))


def _ours(actor, one):
    return (actor.has_duty(Duty.INSPECT), NO_WALKING), (walks(actor, one), NOT_OURS)


def can_walk(actor, one, at):
    """May the actor say that a patrol was walked: of a unit that walks it, from its day on, while somebody remembers. Whoever comes second is told that it was said."""
    day = today(at)
    return first_refusal(
        *_ours(actor, one), (one.state == PatrolState.PLANNED, TOLD), (one.day <= day, TOO_EARLY), (day <= one.day + TELL_WITHIN, TOO_LATE % {"n": TELL_WITHIN.days}),
    )  # fmt: skip


def can_miss(actor, one):
    """May the actor write why a patrol is not walked: before it, or at any time after."""
    return first_refusal(*_ours(actor, one), (one.state == PatrolState.PLANNED, TOLD))


def can_find(actor, one, at):
    """May the actor enter what was found where the notice is not heeded: on the patrol, or while it is told. What may be done there, the receipt's own rules judge."""
    day = today(at)
    return first_refusal(
        *_ours(actor, one), (one.notice_id, NO_NOTICE), (one.state != PatrolState.MISSED, TOLD), (one.day <= day, TOO_EARLY), (day <= one.day + TELL_WITHIN, TOO_LATE % {"n": TELL_WITHIN.days}),
    )  # fmt: skip


def can_take(area_code, unit, day):
    """Decide whether a unit may take patrols over from one that ends: of their county, with somebody who may walk."""
    return first_refusal(
        (unit.area_id[:COUNTY] == area_code[:COUNTY], _("%(unit)s不在这个县,不能接手巡查。") % {"unit": unit.name}),
        (people_with(unit, day, Duty.INSPECT), _("%(unit)s没有能巡查的人,不能接手。") % {"unit": unit.name}),
    )
