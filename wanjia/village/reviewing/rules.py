"""Who keeps the yearly review of members, who looks at what another wrote; and why not. Nobody counts, looks at, grades or tells himself; no duty of another room opens it."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.kernel.models import Entry
from wanjia.orgs import scope
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.policy import branch as policy
from wanjia.policy.statuses import months_after
from wanjia.verdict import first_refusal

from ..branch.rules import ELSEWHERE, NO_KEEP, NOT_YET, is_member
from ..branch_states import ActivityKind, ActivityState
from ..duties import Duty
from ..models import BranchActivity, BranchReview, ReviewedMember
from ..review_states import GRADED, Grade, ReviewedState
from ..rules import duty_in

OWN = _("自己的评议自己不能录、核对、评定、反馈,请另一个人办。")
SEVERE = (Grade.BASIC, Grade.FAILED, Grade.NONE)
KINDS = (ActivityKind.COMMITTEE, ActivityKind.MEMBERS, ActivityKind.APPRAISAL)


def visible_reviews(actor, *, duty=Duty.KEEP_BRANCH):
    """The reviews of branches that the actor keeps."""
    return BranchReview.objects.filter(scope.in_reach(actor, area="activity__body__area_id", duty=duty))


def visible_reviewed(actor, *, duty=Duty.KEEP_BRANCH):
    """The members' rows of these."""
    return ReviewedMember.objects.filter(scope.in_reach(actor, area="review__activity__body__area_id", duty=duty))


def unreviewed(_row, actor, _day):
    """The review meetings that were held and looked at by a second hand, of a branch and year of which no ballots are written down yet: a year has one review."""
    reach = scope.in_reach(actor, area="body__area_id", duty=Duty.KEEP_BRANCH)
    of_the_year = BranchReview.objects.filter(activity__body=OuterRef("body"), activity__day__year=OuterRef("day__year"))
    return BranchActivity.objects.filter(reach, ~Exists(of_the_year), kind=ActivityKind.APPRAISAL, state=ActivityState.CHECKED).select_related("body__area")


def keeps(actor, _row=None):
    """May the actor keep reviews at all; of which branch, the act judges."""
    return first_refusal((actor.has_duty(Duty.KEEP_BRANCH), NO_KEEP))


def _kept(actor, review):
    return duty_in(actor, review.activity.body.area_id, Duty.KEEP_BRANCH, NO_KEEP, ELSEWHERE)


def add_up(activity, out, back, spoilt):
    """Decide whether these numbers of sheets can be: no more handed out than came by the sheet, none back that did not go out."""
    return first_refusal(
        (out <= activity.came, _("会上到了 %(n)s 人,发出的票不能比到会的多。") % {"n": activity.came}),
        (spoilt <= back <= out, _("收回不能多于发出,作废不能多于收回。")),
    )  # fmt: skip


def can_fix(actor, review):
    """May the actor write the sheets' numbers once more: while nobody has looked at a count."""
    open_ones = (ReviewedState.DUE, ReviewedState.COUNTED)
    return first_refusal(*_kept(actor, review), (not review.rows.exclude(state__in=open_ones).exists(), _("票数已经核对,不能再改。")))


def to_look(actor, review):
    """The counts of a review that the actor may look at as the second hand: not his own, not what he counted."""
    rows = review.rows.filter(state=ReviewedState.COUNTED).exclude(counted_by_id=actor.id).select_related("member__person")
    return [one for one in rows if not is_member(actor, one.member)]


def can_look(actor, review, at):
    """May the actor look at the counts beside the paper ballots (核对票数): what another counted, of sheets that another wrote down."""
    found = to_look(actor, review) if actor.id else []
    wrote = {review.ballots_by_id, *(one.counted_by_id for one in found)} - {None}
    return first_refusal(
        *_kept(actor, review), (review.ballots_by_id != actor.id, _("发出、收回的票数是您登记的,请另一个人核对。")),
        (found, _("没有您可以核对的:自己录的、自己的评议,要另一个人核对,例如乡镇的组织委员。")), (not any(is_one_person(actor, one, at) for one in wrote), SAME_PERSON),
    )  # fmt: skip


def unseen(actor, rows, wrote="reviewed_member.count"):
    """Return the keys of rows that the actor has not opened since they were last written: by the order of the journal, which no clock turns round."""
    lines = Entry.objects.filter(subject="village.reviewedmember", subject_id__in=[str(one.pk) for one in rows]).order_by("seq")
    written = dict(lines.filter(act=wrote).values_list("subject_id", "seq"))
    seen = dict(lines.filter(act="reviewed_member.read", by_id=actor.id).values_list("subject_id", "seq"))
    return {one.pk for one in rows if seen.get(str(one.pk), 0) <= written.get(str(one.pk), 0)}


def may_fix(actor, review):
    """Decide whether whoever writes the sheets' numbers once more has seen the counts that stand on them, as who looks at them must."""
    counted = list(review.rows.filter(state=ReviewedState.COUNTED))
    late = unseen(actor, counted)
    return first_refusal((not late, _("第 %(numbers)s 号的票数录入以后您没有打开看过:逐个打开,再改。") % {"numbers": "、".join(str(one.serial) for one in counted if one.pk in late)}))


def have_opened(actor, rows):
    """Decide whether the second hand has seen each count as it stands: opened after it was last written down."""
    n = len(unseen(actor, rows))
    return first_refusal((not n, _("还有 %(n)s 人的票数您没有打开看过:逐个打开,再核对。") % {"n": n}))


def _own(actor, one):
    return (not is_member(actor, one.member), OWN)


def can_read(actor, one):
    """May the actor open a member's review: it is written down each time."""
    return first_refusal(*_kept(actor, one.review))


def can_count(actor, one):
    """May the actor write down what the ballots said of a member: until another has looked."""
    return first_refusal(*_kept(actor, one.review), _own(actor, one), (one.state in (ReviewedState.DUE, ReviewedState.COUNTED), _("这名党员的票数已经核对。")))


def fits(one, votes):
    """Decide whether so many ballots can speak of one member: no more than the sheets that count; whoever leaves a line blank says nothing."""
    return first_refusal((sum(votes) <= one.review.valid, _("四种票加起来不能超过有效票 %(n)s 张。") % {"n": one.review.valid}))


def can_propose(actor, one):
    """May the actor write down which grade the meeting proposed: once the count was looked at, until another has looked at the grade."""
    return first_refusal(*_kept(actor, one.review), _own(actor, one), (one.state in (ReviewedState.LOOKED, ReviewedState.PROPOSED), _("票数核对以后、等次核对以前,才能提出等次。")))


def meetings_for(one, _actor, _day):
    """The meetings that may have proposed a grade: of the committee or the members, held and looked at, on the day of the review or later."""
    if one is None:
        return BranchActivity.objects.none()
    held = one.review.activity
    return BranchActivity.objects.filter(body=held.body_id, kind__in=KINDS, state=ActivityState.CHECKED, day__gte=held.day).order_by("day", "pk")


def proposable(one, grade, words):
    """Decide whether this grade may be proposed: none to who is on probation, no more 优秀 than places allow (惯例), a reason where it is less than 合格."""
    rule, rows = policy.review(one.review.activity.day), list(one.review.rows.all())
    most = rule.most_excellent(sum(row.votes for row in rows))
    others = sum(row.pk != one.pk and row.state in GRADED and row.grade == Grade.EXCELLENT for row in rows) if grade == Grade.EXCELLENT else 0
    return first_refusal(
        (one.votes or rule.probation or grade == Grade.NONE, _("预备党员参加评议,不定等次。")), (grade != Grade.EXCELLENT or others < most, _("优秀最多 %(n)s 名,由乡镇党委核定。") % {"n": most}),
        (grade not in SEVERE or words.strip(), _("基本合格、不合格、不定等次的,写明意见。")),
    )  # fmt: skip


def can_decide(actor, one, at):
    """May the actor look at the grade as the second hand, beside the meeting's record."""
    return first_refusal(
        *_kept(actor, one.review), _own(actor, one), (one.state == ReviewedState.PROPOSED, _("等次还没有提出,或者已经核对。")),
        (one.proposed_by_id != actor.id, _("自己登记的等次自己不能核对,请另一个人核对。")), (not is_one_person(actor, one.proposed_by_id, at), SAME_PERSON),
    )  # fmt: skip


def has_opened(actor, one):
    """Decide whether the second hand has seen what it looks at: a line of the journal says so, since the grade was proposed."""
    return first_refusal((not unseen(actor, [one], "reviewed_member.propose"), _("先打开这一份评议,看过再核对。")))


def can_set_aside(actor, one, at):
    """May the actor set a grade aside that was looked at and is wrong (作废等次): a third hand, neither who proposed nor who looked."""
    wrote = {one.proposed_by_id, one.decided_by_id} - {None}
    return first_refusal(
        *_kept(actor, one.review), _own(actor, one), (one.state in (ReviewedState.DECIDED, ReviewedState.TOLD), _("等次核对以后才能作废;没有核对的,重新登记就行。")),
        (actor.id not in wrote, _("您登记或者核对的等次自己不能作废,请第三个人办,例如乡镇的组织委员。")), (not any(is_one_person(actor, who, at) for who in wrote), SAME_PERSON),
    )  # fmt: skip


def has_seen_decided(actor, one):
    """Decide whether the third hand has seen what it sets aside: opened since it was looked at."""
    return first_refusal((not unseen(actor, [one], "reviewed_member.decide"), _("先打开这一份评议,看过再作废。")))


def mending(one, township, mend_by, day):
    """Decide whether somebody who is 不合格 may be given a term to mend: after the township committee's word, for no longer than the rule says; of nobody else is either asked."""
    last = months_after(day, policy.review(one.review.activity.day).mend_months)
    failed = one.grade == Grade.FAILED
    return first_refusal(
        (failed or not (township.strip() or mend_by), _("只有不合格的才写乡镇党委的意见和改正期限。")), (not failed or (township.strip() and mend_by), _("不合格的,先写乡镇党委的意见和限期改正到哪天。")),
        (not failed or day < (mend_by or day) <= last, _("改正期限在今天以后,不晚于 %(d)s。") % {"d": last}),
    )  # fmt: skip


def can_tell(actor, one):
    """May the actor write down that the member was told (反馈本人)."""
    return first_refusal(*_kept(actor, one.review), _own(actor, one), (one.state == ReviewedState.DECIDED, _("等次核对以后才反馈,反馈一次。")))


def told_in_time(one, told_on, day):
    """Decide whether the day is one on which the member can have been told."""
    last = one.set_aside.order_by("-set_aside_at").first()
    return first_refusal(
        (told_on <= day, NOT_YET), (told_on >= one.proposed_in.day, _("反馈在提出等次以后。")),
        (last is None or told_on >= today(last.set_aside_at), _("原来的等次作废了,作废以后要重新反馈本人。")),
    )  # fmt: skip
