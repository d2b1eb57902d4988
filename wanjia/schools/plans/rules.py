"""Who writes a school's plan, who signs it, and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..models import PlanContact, PlanMark, PlanRisk, PlanVersion, Post
from ..plan_states import PlanState, SignsFor
from ..year.rules import ELSEWHERE, OVER, visible_schools

NO_WRITING = _("您的岗位没有编写护学方案的权限。")
NO_SIGNING = _("您的岗位没有签署护学方案的权限。")
UNDER_WAY = _("这所学校已经有一版在起草或者送签,先办完那一版。")
NOT_A_DRAFT = _("送签以后不能再改;要改,请签署的人退回。")
NOT_HANDED_IN = _("送签以后才能签。")
SIGNED_ALREADY = _("这一方已经签过。")
FOR_ONE_ALONE = _("三方要由三个不同的单位签,同一个单位不能签两方。")
ONE_HAND = _("同一个人不能替两方签。")
NOT_ONES_OWN = _("起草的单位只能作为学校签,公安和教体要由别的单位签。")
SIGNS = {SignsFor.SCHOOL: Duty.SIGN_FOR_SCHOOL, SignsFor.POLICE: Duty.SIGN_FOR_POLICE, SignsFor.EDUCATION: Duty.SIGN_FOR_EDUCATION}


def visible_plans(actor, *, duty=Duty.SEE_SCHOOLS):
    """All versions of the plans of the schools that the actor sees."""
    return PlanVersion.objects.filter(school__in=visible_schools(actor, duty=duty))


def visible_posts(actor, *, duty=Duty.SEE_SCHOOLS):
    """The posts of these plans."""
    return Post.objects.filter(plan__in=visible_plans(actor, duty=duty))


def visible_risks(actor, *, duty=Duty.SEE_SCHOOLS):
    """The risks that these plans name."""
    return PlanRisk.objects.filter(plan__in=visible_plans(actor, duty=duty))


def visible_contacts(actor, *, duty=Duty.SEE_SCHOOLS):
    """The numbers that these plans say to call."""
    return PlanContact.objects.filter(plan__in=visible_plans(actor, duty=duty))


def visible_marks(actor, *, duty=Duty.SEE_SCHOOLS):
    """The signs on the maps of these plans."""
    return PlanMark.objects.filter(plan__in=visible_plans(actor, duty=duty))


def is_own(actor, school):
    """Tell whether the actor writes the plans of this school: its own people alone, so that education may sign."""
    return school.unit_id in {unit.pk for unit in scope.units(actor, duty=Duty.WRITE_PLAN)}


def _mine(actor, school):
    return (actor.has_duty(Duty.WRITE_PLAN), NO_WRITING), (is_own(actor, school), ELSEWHERE), (school.to_on is None, OVER)


def can_draft(actor, school):
    """May the actor begin the next version: one at a time."""
    return first_refusal(*_mine(actor, school), (not school.plans.filter(state__in=(PlanState.DRAFT, PlanState.HANDED)).exists(), UNDER_WAY))


def can_write(actor, plan):
    """May the actor change this version: a draft of its own school."""
    return first_refusal(*_mine(actor, plan.school), (plan.state == PlanState.DRAFT, NOT_A_DRAFT))


def can_write_row(actor, row):
    """May the actor change a row of a version."""
    return can_write(actor, row.plan)


def units_of(actor, plan):
    """Return {for whom the actor may sign this plan at all: in the name of which unit}."""
    area, found = plan.school.area_id, {}
    for signs_for, duty in SIGNS.items():
        unit = scope.unit(actor, duty=duty, code=area)
        if signs_for == SignsFor.SCHOOL:
            unit = next((one for one in scope.units(actor, duty=duty) if one.pk == plan.school.unit_id), None)
        if unit is not None:
            found[signs_for] = unit
    return found


def live_signatures(plan):
    """The signatures under a version that were not made void by sending it back."""
    return plan.signatures.filter(void_at=None)


def open_for(actor, plan):
    """Return {for whom the actor may still sign this plan: in the name of which unit}."""
    signed = set(live_signatures(plan).values_list("signs_for", flat=True))
    return {signs_for: unit for signs_for, unit in units_of(actor, plan).items() if signs_for not in signed}


def may_sign_for(actor, plan, signs_for, unit, at):
    """Decide whether one may sign for one side in the name of a unit: three units, three hands, the writer's unit as school alone."""
    found = list(live_signatures(plan))
    return first_refusal(
        (signs_for == SignsFor.SCHOOL or unit.pk != plan.drafted_for_id, NOT_ONES_OWN),
        (unit.pk not in {one.unit_id for one in found}, FOR_ONE_ALONE),
        (actor.id not in {one.signed_by_id for one in found}, ONE_HAND), (not any(is_one_person(actor, one.signed_by_id, at) for one in found), SAME_PERSON),
    )


def can_sign(actor, plan, at):
    """May the actor sign this version now, for any side."""
    first = first_refusal(
        (actor.has_duty(*SIGNS.values()), NO_SIGNING), (units_of(actor, plan), ELSEWHERE), (plan.state == PlanState.HANDED, NOT_HANDED_IN),
        (open_for(actor, plan), SIGNED_ALREADY),
    )  # fmt: skip
    if not first:
        return first
    judged = [may_sign_for(actor, plan, signs_for, unit, at) for signs_for, unit in open_for(actor, plan).items()]
    return next((one for one in judged if one), judged[0])


def can_send_back(actor, plan):
    """May the actor send this version back: whoever signs it, for the school its own headmaster."""
    return first_refusal((actor.has_duty(*SIGNS.values()), NO_SIGNING), (units_of(actor, plan), ELSEWHERE), (plan.state == PlanState.HANDED, NOT_HANDED_IN))
