"""Who sees which school, who may say when its bells ring; and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.orgs.models import Line
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..models import Bell, Gate, School, SchoolDay, Term

NO_DUTY = _("您的岗位没有登记学校和校历的权限。")
ELSEWHERE = _("这所学校不由您管。")
OUT_OF_REACH = _("这个区划不在您的范围。")
OVER = _("这所学校已经停办。")
ENDED = _("这一条已经停用。")
KEEPS = (Duty.KEEP_SCHOOL, Duty.KEEP_SCHOOL_YEAR)


def visible_schools(actor, *, duty=Duty.SEE_SCHOOLS):
    """Schools of the area of the posts that carry `duty`: of a line, those whose units belong to it; of a headmaster's post, that school."""
    return School.objects.filter(scope.in_reach(actor, duty=duty, held="unit__line"))


def visible_terms(actor, *, duty=Duty.SEE_SCHOOLS):
    """Terms of the areas of these posts, and of those that they lie in."""
    stems = {reach.first[:digits] for reach in scope.reaches(actor, duty=duty) for digits in (4, 6, 9, 12)}
    return Term.objects.filter(area__in=[stem.ljust(12, "0") for stem in stems])


def visible_days(actor, *, duty=Duty.SEE_SCHOOLS):
    """Days that are not as others, of these schools and of the areas of these posts; those taken back among them."""
    return SchoolDay.objects.filter(scope.in_reach(actor, duty=duty))


def visible_bells(actor, *, duty=Duty.SEE_SCHOOLS):
    """The bells of these schools."""
    return Bell.objects.filter(school__in=visible_schools(actor, duty=duty))


def visible_gates(actor, *, duty=Duty.SEE_SCHOOLS):
    """The gates of these schools."""
    return Gate.objects.filter(school__in=visible_schools(actor, duty=duty))


def keeps_year(actor, _row=None):
    """May the actor say what is a school, and when terms begin, at all; where, the act judges."""
    return first_refusal((actor.has_duty(Duty.KEEP_SCHOOL_YEAR), NO_DUTY))


def _covers(actor, code):
    return scope.covers(actor, code, duty=Duty.KEEP_SCHOOL_YEAR)


def may_be_school(actor, unit):
    """Decide whether a unit is the actor's to enter as a school: one of education's line."""
    return first_refusal((_covers(actor, unit.area_id) and unit.line == Line.EDUCATION, OUT_OF_REACH))


def _mine(actor, school):
    whole = any(visible_schools(actor, duty=Duty.KEEP_SCHOOL_YEAR).filter(pk=school.pk)[:1])
    own = school.unit_id in {unit.pk for unit in scope.units(actor, duty=Duty.KEEP_SCHOOL)}
    return (actor.has_duty(*KEEPS), NO_DUTY), (whole or own, ELSEWHERE), (school.to_on is None, OVER)


def can_keep(actor, school):
    """May the actor say when the bells of this school ring: its own people, and whoever keeps the year of its area."""
    return first_refusal(*_mine(actor, school))


def can_end(actor, row):
    """May the actor end a bell or a gate."""
    return first_refusal(*_mine(actor, row.school), (row.to_on is None, ENDED))


def can_change_term(actor, term):
    """May the actor change a term."""
    return first_refusal((actor.has_duty(Duty.KEEP_SCHOOL_YEAR), NO_DUTY), (_covers(actor, term.area_id), OUT_OF_REACH))


def can_drop_day(actor, row):
    """May the actor take back what the calendar says of a day that is still to come."""
    if row.school_id:
        return first_refusal(*_mine(actor, row.school), (row.dropped_at is None, ENDED))
    return first_refusal((actor.has_duty(Duty.KEEP_SCHOOL_YEAR), NO_DUTY), (_covers(actor, row.area_id), OUT_OF_REACH), (row.dropped_at is None, ENDED))
