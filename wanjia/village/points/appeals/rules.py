"""Who writes an appeal down, until when, who may own it and who answers; and why not."""

from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.orgs import scope
from wanjia.orgs.models import Post, User
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.policy import points as policy
from wanjia.verdict import first_refusal

from ...duties import CARRIES, Duty
from ...models import PointAppeal, PointClaim
from ...point_states import AppealState, ClaimState
from ..rules import kept, reviewed

NOT_YET = _("还没有记分,也没有说不记分。在公示里的,登记异议。")
TOO_LATE = _("申诉期限是 %(day)s,已经过了。")
ONCE = _("这一件已经申诉过。")
NOT_NEUTRAL = _("审核、申报、登记申诉的人不能答复,请交给另一个人。")


def visible_appeals(actor, *, duty=Duty.SEE_VILLAGE):
    """The appeals of villages in reach."""
    return PointAppeal.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))


def begun(claim):
    """Return the day from which an appeal against a line is counted: when it was refused, or put up; where somebody objected, when that was answered and the line stood again, for until then nobody could appeal."""
    if claim.state == ClaimState.REFUSED or claim.posted_on is None:
        return claim.refused_on
    return max(claim.posted_on, claim.objections.aggregate(last=Max("answered_on"))["last"] or claim.posted_on)


def last_day(posted_on):
    """Return the last day of an appeal against what was put up on a day."""
    return WorkingCalendar.load().add(posted_on, policy.in_force(posted_on).appeal_days).on


def due_day(told_on):
    """Return by when an appeal is answered."""
    return WorkingCalendar.load().add(told_on, policy.in_force(told_on).answer_days).on


def in_time(posted_on, day):
    """Decide whether an appeal comes in time."""
    last = last_day(posted_on)
    return first_refusal((posted_on <= day <= last, TOO_LATE % {"day": last}))


def can_appeal(actor, claim, at):
    """May the actor write down that a home appeals against this line, at the desk or by its slip of paper: once, within the days."""
    told = first_refusal(*kept(actor, claim), (claim.state in (ClaimState.BOOKED, ClaimState.REFUSED) and begun(claim) is not None, NOT_YET))
    told = told and first_refusal((not PointAppeal.objects.filter(claim=claim).exists(), ONCE), (not _is_reversed(claim), _("这一笔已经冲正。")))
    return told and in_time(begun(claim), today(at))


def _is_reversed(claim):
    return PointClaim.objects.filter(pk=claim.pk, entry__reversed_by__isnull=False).exists()


def was_posted(village_id, day):
    """Decide whether points of a village were put up on a day: what is missing is missing on a board."""
    return first_refusal((PointClaim.objects.filter(village_id=village_id, posted_on=day).exists(), _("那一天没有公示过积分。")))


def hands(claim, teller_id):
    """Return who had a hand in a line, or answered an objection to it, or wrote its appeal down."""
    of_line = (claim.proposed_by_id, claim.posted_by_id, claim.refused_by_id, *claim.objections.values_list("answered_by", flat=True)) if claim else ()
    return {hand for hand in (teller_id, *of_line) if hand}


def people_for(village_id):
    """Return who may answer appeals of a village: those who look at points in it or in its township."""
    roles = [role for role, carried in CARRIES.items() if Duty.REVIEW_POINTS in carried]
    near = Q(organisation__area_id=village_id) | Q(organisation__area__children=village_id)
    return User.objects.filter(pk__in=Post.objects.filter(near, role__in=roles, to_on=None, user__is_active=True).values("user"))


def may_own(person, village_id, of, at):
    """Decide whether somebody may be given an appeal: who looks at points there, and had no hand in the line."""
    neutral = person.pk not in of and not any(is_one_person(person, hand, at) for hand in of)
    return first_refusal((people_for(village_id).filter(pk=person.pk).exists(), _("要交给本村或者乡镇审核积分的人。")), (neutral, NOT_NEUTRAL))


def can_answer(actor, one, at):
    """May the actor answer: to whom it was given; after its day, whoever looks at points there and had no hand in the line."""
    of = hands(one.claim, one.told_by_id)
    return first_refusal(
        *reviewed(actor, one), (one.state == AppealState.OPEN, _("这一件申诉已经答复。")), (actor.id not in of, NOT_NEUTRAL), (not any(is_one_person(actor, hand, at) for hand in of), SAME_PERSON),
        (actor.id == one.owner_id or today(at) > one.due_on, _("这一件交给了另一个人答复,过了期限别人才能答复。")),
    )  # fmt: skip
