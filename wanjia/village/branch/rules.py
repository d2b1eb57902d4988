"""Who sees the branch, who keeps it, who looks at what another wrote; and why not. A domain of its own: no duty of another room opens it."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.models import Entry
from wanjia.orgs import scope
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.policy import branch as policy
from wanjia.verdict import first_refusal

from ..branch_states import ActivityKind, ActivityState, PartyOffice
from ..duties import Duty
from ..models import BranchActivity, GoverningBody, PartyMember
from ..rules import duty_in
from ..states import BodyKind

NO_KEEP = _("您的岗位没有登记党支部工作的权限。")
ELSEWHERE = _("这个党支部不在您的范围。")
NOT_YET = _("日期不能晚于今天。")
ENTERED = _("这名党员已经在册。")
HEADED = _("已经有书记,先登记他离任。")
NOT_CALLED = _("这一次已经登记开了,或者取消了。")
TOO_FEW = _("应到 %(due)s 人,要到 %(must)s 人,到会 %(came)s 人,人数不足,没有开成。写明原因取消,改天再开。")
NOT_HELD = _("这一次还没有登记开,或者已经核对。")


def visible_branches(actor, *, duty=Duty.SEE_BRANCH):
    """The branches in reach."""
    return GoverningBody.objects.filter(scope.in_reach(actor, duty=duty), kind=BodyKind.BRANCH)


def branches_for(_row, actor, _day):
    """The branches that the actor keeps, to choose from."""
    return visible_branches(actor, duty=Duty.KEEP_BRANCH).filter(to_on=None).select_related("area")


def only_branch(_row, actor, day):
    """The branch that stands chosen at the start: of whoever keeps one alone."""
    found = list(branches_for(None, actor, day)[:2])
    return found[0] if len(found) == 1 else None


def visible_members(actor, *, duty=Duty.SEE_BRANCH):
    """The members of branches in reach."""
    return PartyMember.objects.filter(scope.in_reach(actor, area="body__area_id", duty=duty))


def visible_activities(actor, *, duty=Duty.SEE_BRANCH):
    """What the branches in reach come together for."""
    return BranchActivity.objects.filter(scope.in_reach(actor, area="body__area_id", duty=duty))


def keeps(actor, _row=None):
    """May the actor keep branches at all; which, the act judges."""
    return first_refusal((actor.has_duty(Duty.KEEP_BRANCH), NO_KEEP))


def kept(actor, body):
    """Return what lets the actor keep something of a branch."""
    return duty_in(actor, body.area_id, Duty.KEEP_BRANCH, NO_KEEP, ELSEWHERE)


def is_member(actor, member):
    """Tell whether an account looks like a member's own: by the name, an account knows no more."""
    return "".join(actor.name.split()) == "".join(member.person.name.split())


def can_leave(actor, member):
    """May the actor write down that a member left, or change what he is."""
    return first_refusal(*kept(actor, member.body), (member.to_on is None, _("这名党员已经离开本支部。")))


def may_be(body, person, from_on):
    """Decide whether somebody may be entered from a day on: once, and not for days on which he was entered before; on a roll he would stand twice, with two votes."""
    mine = PartyMember.objects.filter(body=body, person=person)
    return first_refusal((not mine.filter(to_on=None).exists(), ENTERED), (not mine.filter(to_on__gt=from_on).exists(), _("这名党员那时还在册,从离开那天或者以后登记。")))


def fits(body, office, full_on, day, but=None):
    """Decide whether somebody may be this in the branch: its only secretary, and with a vote if of its committee; but: the row that is changed."""
    others = PartyMember.objects.filter(body=body, to_on=None, office=PartyOffice.SECRETARY).exclude(pk=but)
    return first_refusal(
        (full_on is None or full_on <= day, NOT_YET), (office != PartyOffice.SECRETARY or not others.exists(), HEADED),
        (office == PartyOffice.MEMBER or full_on is not None, _("书记、支部委员要是正式党员。")),
    )  # fmt: skip


def can_hold(actor, activity):
    """May the actor write down that it was held."""
    return first_refusal(*kept(actor, activity.body), (activity.state == ActivityState.CALLED, NOT_CALLED))


def must_come(activity):
    """Return how many must have come for it to have been held, on its day; 0 where no rule asks it."""
    rhythm = policy.in_force(activity.day).get(activity.kind)
    return max(1, rhythm.quorum.of(activity.due)) if rhythm and rhythm.quorum else 0


def can_cancel(actor, activity):
    """May the actor call it off: before it was held, or when too few came for it to be held (流会)."""
    failed = activity.state == ActivityState.HELD and activity.came < must_come(activity)
    return first_refusal(*kept(actor, activity.body), (activity.state == ActivityState.CALLED or failed, NOT_CALLED))


def can_mark(actor, activity):
    """May the actor mark who came: until somebody looked at it, and nothing was voted on."""
    return first_refusal(*_open(actor, activity), (not activity.decisions.exists(), _("已经表决,签到不能再改。")))


def can_decide(actor, activity):
    """May the actor write down a decision: of a meeting of the members alone."""
    return first_refusal(*_open(actor, activity), (activity.kind == ActivityKind.MEMBERS, _("只有支部党员大会登记表决。")))


def _open(actor, activity):
    return *kept(actor, activity.body), (activity.state == ActivityState.HELD, NOT_HELD)


def hands(activity):
    """Return who wrote of it, marked its roll or counted its votes: none of them looks at it as the second hand."""
    lines = Entry.objects.filter(subject="village.branchactivity", subject_id=str(activity.pk), act__in=("branch_activity.mark", "branch_activity.decide"))
    return {activity.held_by_id, *lines.values_list("by_id", flat=True)} - {None}


def can_check(actor, activity, at):
    """May the actor look at it as the second hand: only then it counts."""
    wrote, must = hands(activity), must_come(activity) if activity.state == ActivityState.HELD else 0
    return first_refusal(
        *_open(actor, activity), (actor.id not in wrote, _("自己登记的自己不能核对,请另一个人核对。")), (not any(is_one_person(actor, hand, at) for hand in wrote), SAME_PERSON),
        (activity.came + activity.phoned > 0, _("签到还没有登记。")),
        (activity.came >= must, TOO_FEW % {"due": activity.due, "must": must, "came": activity.came}),
    )  # fmt: skip


def adds_up(activity, votes):
    """Decide whether a meeting may decide, with these votes: enough with a vote are there (党支部工作条例), and no more votes than these."""
    rule = policy.deciding(votes["matter"], activity.day)
    if rule is None:
        return first_refusal((False, _("那一天还没有这条表决规则。")))
    must = rule.must_come(activity.voters_due)
    return first_refusal(
        (activity.voters_came >= must, _("有表决权的应到 %(due)s 人,要到 %(must)s 人,到会 %(came)s 人,人数不足,不能表决。") % {"due": activity.voters_due, "must": must, "came": activity.voters_came}),
        (sum(votes[name] for name in ("votes_for", "votes_against", "votes_abstain")) == activity.voters_came, _("三种票加起来要等于有表决权的到会人数 %(n)s。") % {"n": activity.voters_came}),
    )  # fmt: skip
