"""Who keeps recruitment, who sees a breach of the rules of dates, what comes next; and why not. One duty of its own opens it; a step that breaks a date is kept, and the next waits until a second hand has seen it."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.policy import recruiting as policy
from wanjia.verdict import first_refusal

from ..branch_states import Breach, CandidateState, MentorKind
from ..duties import Duty
from ..models import Candidate, GoverningBody, PartyMember
from ..rules import duty_in
from ..states import BodyKind

NO_KEEP = _("您的岗位没有查看、登记党员发展的权限。")
ELSEWHERE = _("这个党支部不在您的范围。")
MENTOR_STEP, INTRODUCER_STEP, JOINED_STEP, LAST_STEP = 5, 9, 15, 25


def visible_candidates(actor, *, duty=Duty.KEEP_RECRUITS):
    """Those who applied at branches in reach, for whoever keeps recruitment."""
    return Candidate.objects.filter(scope.in_reach(actor, area="body__area_id", duty=duty))


def branches_for(_row, actor, _day):
    """The branches whose recruitment the actor keeps."""
    return GoverningBody.objects.filter(scope.in_reach(actor, duty=Duty.KEEP_RECRUITS), kind=BodyKind.BRANCH, to_on=None).select_related("area")


def only_branch(_row, actor, day):
    """The branch that stands chosen at the start: of whoever keeps one alone."""
    found = list(branches_for(None, actor, day)[:2])
    return found[0] if len(found) == 1 else None


def keeps(actor, _row=None):
    """May the actor keep recruitment at all; of which branch, the act judges."""
    return first_refusal((actor.has_duty(Duty.KEEP_RECRUITS), NO_KEEP))


def _kept(actor, candidate):
    return duty_in(actor, candidate.body.area_id, Duty.KEEP_RECRUITS, NO_KEEP, ELSEWHERE)


def can_read(actor, candidate):
    """May the actor open somebody's recruitment: it is written down each time."""
    return first_refusal(*_kept(actor, candidate))


def _open(actor, candidate):
    return *_kept(actor, candidate), (candidate.state == CandidateState.OPEN, _("这份档案已经转正归档或者终止。"))


def can_write(actor, candidate):
    """May the actor write on somebody's recruitment: while it is open."""
    return first_refusal(*_open(actor, candidate))


def standing(candidate):
    """Return the steps that count, in their order."""
    return candidate.steps.filter(struck_on=None).order_by("number", "day", "pk")


def unseen(candidate):
    """Return the steps with a breach that no second hand has seen."""
    return standing(candidate).exclude(breach=Breach.NONE).filter(acked_at=None)


def can_step(actor, candidate):
    """May the actor write down a step: what broke a date was seen by another first."""
    waits = unseen(candidate).first()
    return first_refusal(*_open(actor, candidate), (waits is None, _("第 %(n)s 步与细则不符,另一个人确认看到以后,才能登记下一步。") % {"n": waits.number if waits else 0}))


def in_turn(candidate, number, day):
    """Decide whether a step is the next, or a review that comes again, and whether who has to be named for it is named (细则:培养联系人一至两名,入党介绍人两名)."""
    edition, last = policy.in_force(day), max((one.number for one in standing(candidate)), default=0)
    named = {kind: candidate.mentors.on(day).filter(kind=kind).count() for kind in MentorKind}
    least, most = edition.mentors
    return first_refusal(
        (number == last + 1 or (number == last and number in edition.reviewed), _("接下来是第 %(n)s 步。") % {"n": last + 1}),
        (number != MENTOR_STEP or least <= named[MentorKind.MENTOR] <= most, _("先登记 %(least)s 到 %(most)s 名培养联系人。") % {"least": least, "most": most}),
        (number != INTRODUCER_STEP or named[MentorKind.INTRODUCER] == edition.introducers[0], _("先登记 %(n)s 名入党介绍人。") % {"n": edition.introducers[0]}),
    )  # fmt: skip


def judged(candidate, number, day, hours):
    """Return {breach, bound, why} of a step by the rules that hold on its day: what it breaks is kept with it, and never refused."""
    edition = policy.in_force(day)
    days = {one.number: one.day for one in standing(candidate) if one.number != number}
    early, lapse = edition.earliest(number, days, candidate.person.birth_on, extended=candidate.extended), edition.lapse(number, days)
    step, least = edition.training
    if early is not None and day < early.day:
        return {"breach": Breach.EARLY, "bound": early.day, "why": early.source}
    if lapse is not None and day > lapse.day:
        return {"breach": Breach.LAPSED, "bound": lapse.day, "why": lapse.source}
    if number == step and (hours or 0) < least:
        return {"breach": Breach.UNTRAINED, "bound": None, "why": "; ".join(one.words for one in edition.notes_of(number))}
    return {"breach": Breach.NONE, "bound": None, "why": ""}


def can_acknowledge(actor, candidate, at):
    """May the actor say that he has seen what does not agree with the rules: another hand than wrote it."""
    return first_refusal(*_open(actor, candidate), (unseen(candidate).exists(), _("没有等确认的步骤。")), *_other(actor, unseen(candidate).first(), at))


def can_strike(actor, candidate, at):
    """May the actor strike the last step, written down wrongly: another hand than wrote it."""
    last = standing(candidate).last()
    return first_refusal(*_open(actor, candidate), (last is not None, _("还没有登记步骤。")), *_other(actor, last, at))


def _other(actor, step, at):
    wrote = step.written_by_id if step else None
    return (wrote is None or wrote != actor.id, _("自己登记的步骤自己不能确认、作废,请另一个人办。")), (not is_one_person(actor, wrote, at), SAME_PERSON)


def can_extend(actor, candidate):
    """May the actor write down that probation is extended: once, after the meeting that took somebody in."""
    numbers = {one.number for one in standing(candidate)}
    return first_refusal(
        *_open(actor, candidate), (JOINED_STEP in numbers and policy.editions()[-1].probation_ends not in numbers, _("支部大会讨论以后、转正以前才能延长预备期。")),
        (candidate.extended == 0, _("预备期只能延长一次。")),
    )  # fmt: skip


def can_finish(actor, candidate):
    """May the actor close it as done: the 25th step is written, and nothing waits for a second look."""
    return first_refusal(
        *_open(actor, candidate), (standing(candidate).filter(number=LAST_STEP).exists(), _("第 25 步还没有登记。")), (not unseen(candidate).exists(), _("还有与细则不符的步骤没有确认。")),
    )  # fmt: skip


def members_for(candidate, _actor, day):
    """The full members of the branch, to be named beside somebody."""
    rows = PartyMember.objects.on(day).filter(body=candidate.body, full_on__lte=day) if candidate else PartyMember.objects.none()
    return rows.select_related("person").order_by("person__pinyin", "pk")


def may_mentor(candidate, member, kind, day):
    """Decide whether a member may be named: a full member on that day, not too many, never the one who applied."""
    most = policy.in_force(day).mentors[1] if kind == MentorKind.MENTOR else policy.in_force(day).introducers[1]
    rows = candidate.mentors.filter(kind=kind, to_on=None)
    return first_refusal(
        (member.full_on is not None and member.full_on <= day, _("联系人、介绍人要是正式党员。")), (rows.count() < most, _("最多 %(n)s 名,先登记换下的。") % {"n": most}),
        (not rows.filter(member=member).exists(), _("这名党员已经登记过。")),
    )  # fmt: skip
