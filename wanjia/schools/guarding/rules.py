"""Who keeps the guards of which school; and why not."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..models import Busy, Consent, Guard, GuardAbsence, School
from ..plan_states import Party

NO_DUTY = _("您的岗位没有登记护学人员的权限。")
ELSEWHERE = _("这个人不由您登记。")
GONE = _("这个人已经退出护学。")
ENDED = _("这一条已经停用。")
SEES = (Duty.SEE_SCHOOLS, Duty.KEEP_GUARDS)


def visible_guards(actor, *, duty=Duty.SEE_SCHOOLS):
    """Guards of schools and units in reach of the posts that carry `duty`; of a school's own post, those who are based there."""
    of_school = scope.in_reach(actor, duty=duty, area="school__area_id", held="school__unit__line")
    of_unit = scope.in_reach(actor, duty=duty, area="unit__area_id", held="unit__line")
    return Guard.objects.filter(Q(school__isnull=False) & of_school | Q(school=None) & of_unit)


def visible_busy(actor, *, duty=Duty.SEE_SCHOOLS):
    """The hours of these guards."""
    return Busy.objects.filter(guard__in=visible_guards(actor, duty=duty))


def visible_consents(actor, *, duty=Duty.SEE_SCHOOLS):
    """What these parents offered."""
    return Consent.objects.filter(guard__in=visible_guards(actor, duty=duty))


def visible_absences(actor, *, duty=Duty.SEE_SCHOOLS):
    """When these guards cannot come."""
    return GuardAbsence.objects.filter(guard__in=visible_guards(actor, duty=duty))


def keeps(actor, _row=None):
    """May the actor keep guards at all; of which school, the act judges."""
    return first_refusal((actor.has_duty(Duty.KEEP_GUARDS), NO_DUTY))


def is_mine(actor, guard):
    """Decide whether this guard, entered or to be entered, is the actor's to keep: of his own school, or of his area."""
    return first_refusal((keeps_guard(actor, guard), ELSEWHERE))


def keeps_guard(actor, guard, *, duty=Duty.KEEP_GUARDS):
    """Tell whether an actor answers for a guard by a duty: for his school, or where he has none for his unit."""
    return answers(actor, guard.school.area_id, guard.school.unit_id, duty=duty) if guard.school_id else answers(actor, guard.unit.area_id, guard.unit_id, duty=duty)


def answers(actor, area, unit, *, duty):
    """Tell whether an actor answers for a unit in an area by a duty: over the whole area, or because the unit is his own. A school's post answers for no other school of its line."""
    own = {one.pk for one in scope.units(actor, duty=duty)}
    return any(reach.holds(area) and (reach.whole or unit in own) for reach in scope.reaches(actor, duty=duty))


def answered_schools(actor, *, duty):
    """The schools for which an actor answers by a duty."""
    whole = Q(pk__in=[])
    for reach in scope.reaches(actor, duty=duty):
        whole |= Q(area__gte=reach.first, area__lt=reach.end) if reach.whole else Q(unit=reach.unit) if reach.unit is not None else Q()
    return School.objects.filter(whole)


def _mine(actor, guard):
    return (actor.has_duty(Duty.KEEP_GUARDS), NO_DUTY), (keeps_guard(actor, guard), ELSEWHERE)


def can_keep(actor, guard):
    """May the actor change what is known of this guard."""
    return first_refusal(*_mine(actor, guard), (guard.to_on is None, GONE))


def can_consent(actor, guard):
    """May the actor write down that a parent offered to come: of parents alone."""
    return first_refusal(*_mine(actor, guard), (guard.to_on is None, GONE), (guard.party == Party.PARENT, _("只有家长志愿者要登记本人同意。")))


def can_end(actor, busy):
    """May the actor end hours in which a guard cannot come."""
    return first_refusal(*_mine(actor, busy.guard), (busy.to_on is None, ENDED))


def can_withdraw(actor, consent, at):
    """May the actor write down that a parent offers no longer."""
    return first_refusal(*_mine(actor, consent.guard), (consent.withdrawn_at is None and consent.to_on > today(at), ENDED))
