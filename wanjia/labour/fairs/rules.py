"""Who keeps which fair, who may have a stall, whose offer led to which start, and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..models import Fair, Registration, Stall
from ..reach_states import FAIR_PART

NO_DUTY = _("您的岗位没有管理招聘会的权限。")
ELSEWHERE = _("这场招聘会不由您的单位办。")
CALLED_OFF = _("这场招聘会已经取消。")


def visible_fairs(actor, *, duty=Duty.KEEP_MARKETS):
    """Fairs within the posts that carry `duty`."""
    return Fair.objects.filter(scope.in_reach(actor, duty=duty))


def visible_stalls(actor, *, duty=Duty.KEEP_MARKETS):
    """Stalls of these fairs."""
    return Stall.objects.filter(scope.in_reach(actor, area="fair__area_id", duty=duty))


def visible_registrations(actor, *, duty=Duty.KEEP_MARKETS):
    """Who registered at these stalls."""
    return Registration.objects.filter(scope.in_reach(actor, area="stall__fair__area_id", duty=duty))


def keeps(actor, _row=None):
    """May the actor keep fairs at all; where, the act judges."""
    return first_refusal((actor.has_duty(Duty.KEEP_MARKETS), NO_DUTY))


def _mine(actor, fair):
    return (
        (actor.has_duty(Duty.KEEP_MARKETS), NO_DUTY),
        (scope.covers(actor, fair.area_id, duty=Duty.KEEP_MARKETS), ELSEWHERE),
        (not fair.called_off_because, CALLED_OFF),
    )


def can_keep(actor, fair):
    """May the actor change this fair: stalls, calling off."""
    return first_refusal(*_mine(actor, fair))


def can_register(actor, stall, at):
    """May the actor type who registered at this stall: on the day of the fair or later, from the paper list."""
    return first_refusal(*_mine(actor, stall.fair), (stall.fair.day <= today(at), _("招聘会还没有开。")))


def can_offer(actor, registration):
    """May the actor note that the employer wants somebody."""
    return first_refusal(*_mine(actor, registration.stall.fair), (FAIR_PART.allows("offer", registration.state), _("已经达成意向或者上岗了。")))


def can_fail(actor, registration):
    """May the actor note that nothing came of it."""
    return first_refusal(*_mine(actor, registration.stall.fair), (FAIR_PART.allows("fail", registration.state), _("已经上岗,或者已经记过没有谈成。")))


def can_trace(actor, registration):
    """May the actor say which start an offer led to: of a labourer of the register, whose spell of work stands there."""
    return first_refusal(
        *_mine(actor, registration.stall.fair),
        (FAIR_PART.allows("start", registration.state), _("达成意向以后才能登记上岗。")),
        (registration.card.worker_id is not None, _("此人不在劳动力名册里,上岗记不到人。请先列入名册,在劳动力页面登记务工。")),
    )
