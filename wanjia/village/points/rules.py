"""Who draws up, adopts and drops rules of points; who claims, looks at and answers; and why not."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.kernel.models import Entry
from wanjia.orgs import scope
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.policy import points as policy
from wanjia.verdict import first_refusal

from ..bodies.homes import NO_HOME
from ..booking.rules import NO_KEEP, NO_REVIEW
from ..duties import Duty
from ..models import PointClaim, PointItem, PointScheme
from ..point_states import ClaimState, SchemeState
from ..rules import crosses_nothing, duty_in

NOT_A_DRAFT = _("这一版已经启用或者不用,不能再改。要改的另拟一版。")
RED_LINE = _("“%(word)s”不能计分:%(why)s。")


def visible_schemes(actor, *, duty=Duty.SEE_VILLAGE):
    """The rules of points of villages in reach, all versions."""
    return PointScheme.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))


def visible_claims(actor, *, duty=Duty.SEE_VILLAGE):
    """The claims of villages in reach."""
    return PointClaim.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))


def keeps(actor, _row=None):
    """May the actor keep points at all; in which village, the act judges."""
    return first_refusal((actor.has_duty(Duty.KEEP_POINTS), NO_KEEP))


def kept(actor, one):
    """Return what lets the actor keep what lies in a village."""
    return duty_in(actor, one.village_id, Duty.KEEP_POINTS, NO_KEEP)


def reviewed(actor, one):
    """Return what lets the actor look at what another drew up in a village."""
    return duty_in(actor, one.village_id, Duty.REVIEW_POINTS, NO_REVIEW)


def can_draft(actor, scheme):
    """May the actor change a version: until it is in force."""
    return first_refusal(*kept(actor, scheme), (scheme.state == SchemeState.DRAFT, NOT_A_DRAFT))


def _writers(scheme):
    """Return who wrote clauses of a version: whoever helps to draw it up does not adopt what he wrote."""
    return set(Entry.objects.filter(subject="village.pointscheme", subject_id=str(scheme.pk), act="point_scheme.clause").values_list("by_id", flat=True))


def can_adopt(actor, scheme, at):
    """May the actor put a version in force: by another hand than drew it up, or wrote a clause of it."""
    hands = {scheme.drawn_by_id, *_writers(scheme)}
    return first_refusal(
        *reviewed(actor, scheme), (scheme.state == SchemeState.DRAFT, NOT_A_DRAFT), (scheme.drawn_by_id != actor.id, _("谁拟的谁不能启用,请另一个人核对会议决议后启用。")),
        (actor.id not in hands, _("写过细则的人不能启用,请另一个人核对会议决议后启用。")), (not any(is_one_person(actor, hand, at) for hand in hands), SAME_PERSON), (scheme.items.exists(), _("还没有一条细则。")),
    )


def keeps_the_lines(text, day):
    """Decide whether a clause or a deed keeps the red lines: points never touch what law grants, votes, petitions, school, illness, debts (policy/points.toml)."""
    return crosses_nothing(policy.in_force(day).crossed, text, words=RED_LINE)


def items_for(_row, actor, day):
    """The clauses in force in the actor's villages, and of those that ended so lately that a deed of their days may still be claimed."""
    back = day - timedelta(days=policy.in_force(day).back_days)
    schemes = visible_schemes(actor, duty=Duty.KEEP_POINTS).filter(Q(state=SchemeState.IN_FORCE) | Q(state=SchemeState.ENDED, to_on__gt=back))
    return PointItem.objects.filter(scheme__in=schemes).select_related("scheme__village").order_by("scheme__village_id", "clause")


def held_on(item, day):
    """Decide whether a clause was in force on the day of a deed: nothing is claimed by rules that came after it, nor twice by two versions."""
    scheme = item.scheme
    return first_refusal((scheme.from_on <= day and (scheme.to_on is None or day < scheme.to_on), _("那一天施行的不是这一版办法,按那一天的细则申报。")))


def is_lately(day, until):
    """Decide whether a deed may still be written down: so many days back, by a day."""
    back = policy.in_force(until).back_days
    return first_refusal((0 <= (until - day).days <= back, _("日期要在 %(n)s 天以内、今天以前。") % {"n": back}))


def is_of(item, home):
    """Decide whether a clause is of the home's own village."""
    return first_refusal((item.scheme.village_id == home.village_id, NO_HOME))


def can_post(actor, claim, at):
    """May the actor look at a claim and put it on the board: another hand than wrote it down."""
    return first_refusal(
        *reviewed(actor, claim), (claim.state == ClaimState.PROPOSED, _("这一件已经审核过。")), (claim.proposed_by_id != actor.id, _("自己申报的自己不能审核,请另一个人审核。")),
        (not is_one_person(actor, claim.proposed_by_id, at), SAME_PERSON),
    )  # fmt: skip


def can_refuse(actor, claim):
    """May the actor refuse a claim: before it is booked."""
    return first_refusal(*reviewed(actor, claim), (claim.state in (ClaimState.PROPOSED, ClaimState.POSTED), _("这一件已经记分或者不记分。")))


def can_object(actor, claim, at):
    """May the actor write down what somebody says against a claim: while it stands on the board."""
    return first_refusal(*kept(actor, claim), (claim.state == ClaimState.POSTED and claim.until_on >= today(at), _("这一件不在公示期里。公示过了的,记分后可以冲正。")))


def can_answer(actor, claim, at):
    """May the actor answer an objection: another hand than claimed the points."""
    return first_refusal(
        *reviewed(actor, claim), (claim.state == ClaimState.POSTED, _("这一件不在公示。")), (claim.proposed_by_id != actor.id, _("自己申报的自己不能答复异议,请另一个人答复。")),
        (not is_one_person(actor, claim.proposed_by_id, at), SAME_PERSON), (claim.objections.filter(upheld=None).exists(), _("没有等答复的异议。")),
    )  # fmt: skip
