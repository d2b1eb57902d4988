"""A small world of a branch: nine members of 大同村, of whom two are on probation; activities, duties, pledges, somebody who applied, a clean-up day, in any state."""

from datetime import date, timedelta

from django.test import Client
from django.urls import reverse

from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import User

from ..branch.commands import (
    call_activity,
    check_activity,
    decide_in_branch,
    enter_member,
    fix_day,
    hold_activity,
    mark_attendance,
)
from ..branch_duties.commands import claim_duty, decide_duty, end_holding, open_duty
from ..branch_states import ActivityState, CandidateState, CleanUpState, HoldingState, PledgeState
from ..cleanups.commands import check_cleanup, count_section, give_section, hold_cleanup, plan_cleanup
from ..models import BranchActivity, BranchDay, BranchDuty, BranchReview, Candidate, CleanUp, DutyHolding, PartyMember, Pledge
from ..pledges.commands import fail_pledge, keep_pledge, make_pledge, tell_pledge
from ..recruiting.commands import name_mentor, open_candidate, write_step
from ..review_states import ReviewedState
from ..reviewing.commands import (
    count_member,
    decide_grade,
    look_at_counts,
    open_review,
    propose_grade,
    read_reviewed,
    tell_member,
)
from .factories import DAY, FOUNDED, NAMES, body, villager, who

BACKEND = "django.contrib.auth.backends.ModelBackend"
FULL = date(2020, 6, 1)
MEMBERS = 9
STARTED = date(2024, 3, 1)  # when the candidate's first step was


def by(world, name="secretary", at=MONDAY):
    """Who does it, and when."""
    return {"by": who(world, name), "at": at}


def opened(world, name, *args, who="secretary"):
    """Open a page of the branch as one of its hands."""
    client = Client()
    client.force_login(User.objects.get(pk=getattr(world, who).pk), backend=BACKEND)
    return client.get(reverse(f"village:{name}", args=args))


def branch(world):
    """The branch of the village."""
    return body(world, "branch", aliases="花田党支部")


def member(world, n=0, **facts):
    """A member by number: 0 the secretary, 1 and 2 of the committee, 7 and 8 on probation; in two groups."""
    ours, person = branch(world), villager(world, n)
    found = PartyMember.objects.filter(body=ours, person=person, to_on=None).first()
    office = "secretary" if n == 0 else "committee_member" if n < 3 else "plain_member"
    given = {"office": office, "full_on": None if n > 6 else FULL, "cell": "一组" if n % 2 else "二组", "from_on": FOUNDED} | facts
    return found or enter_member(body=ours, name=NAMES[n], **given, **by(world))


def members(world, n=MEMBERS):
    """All of them."""
    return [member(world, one) for one in range(n)]


def fixed(world):
    """The second of the month is the branch's day."""
    return BranchDay.objects.filter(body=branch(world)).first() or fix_day(body=branch(world), day_of_month=2, from_on=FOUNDED, **by(world))


def activity(world, state=ActivityState.CALLED, kind="members_meeting", came=7, **facts):
    """A meeting of the members; held, so many came by the sheet; checked, another hand has looked."""
    found = BranchActivity.objects.filter(kind=kind, state=state).first()
    if found is not None:
        return found
    members(world)
    asked = {"body": branch(world), "kind": kind, "day": DAY, "setting": "in_fields", "place": "三组花椒地", "topic": "讨论人居环境整治"} | facts
    one = call_activity(**asked, **by(world))
    if state in (ActivityState.HELD, ActivityState.CHECKED):
        hold_activity(branch_activity_id=one.pk, minutes="逐项讨论,分工到人", **by(world))
        attend(world, one, came)
    if state == ActivityState.CHECKED:
        check_activity(branch_activity_id=one.pk, **by(world, "organiser"))
    one.refresh_from_db()
    return one


def attend(world, one, came):
    """The first so many came."""
    if came:
        mark_attendance(branch_activity_id=one.pk, attended="on_paper", members=members(world)[:came], **by(world))


def decided(world):
    """The members decided."""
    one = activity(world, ActivityState.HELD)
    if not one.decisions.exists():
        decide_in_branch(branch_activity_id=one.pk, matter="ordinary", words="每月清扫一次", votes_for=6, votes_against=1, votes_abstain=0, **by(world))
    return one.decisions.first()


def duty(world, **facts):
    """A duty with its lane."""
    asked = {"body": branch(world), "name": "环境卫生", "does": "看水沟和垃圾池", "area_words": "老街巷、二组水沟", "from_on": DAY - timedelta(days=30)} | facts
    return BranchDuty.objects.filter(name=asked["name"], area_words=asked["area_words"], to_on=None).first() or open_duty(**asked, **by(world))


def holding(world, state=HoldingState.CLAIMED, n=3, named=True, **facts):
    """Somebody claims it; held, the branch decided."""
    one = duty(world, **facts)
    found = DutyHolding.objects.filter(duty=one, member=member(world, n)).first()
    if found is None:
        claim_duty(branch_duty_id=one.pk, member=member(world, n), named=named, claimed_on=DAY, **by(world))
        found = DutyHolding.objects.get(duty=one, member=member(world, n))
    if state in (HoldingState.HELD, HoldingState.OVER) and found.state == HoldingState.CLAIMED:
        decide_duty(duty_holding_id=found.pk, decided_words="支部委员会会议确定", from_on=DAY, until_on=DAY + timedelta(days=365), **by(world, "organiser"))
    if state == HoldingState.OVER and found.state != HoldingState.OVER:
        end_holding(duty_holding_id=found.pk, reason="外出务工", **by(world))
    found.refresh_from_db()
    return found


def pledge(world, state=PledgeState.OPEN, **facts):
    """A pledge; told done by the secretary, seen by the organiser."""
    found = Pledge.objects.filter(state=state).first()
    if found is not None:
        return found
    one = make_pledge(**{"member": member(world, 3), "words": "补好三组水池盖板", "pledged_on": DAY - timedelta(days=9), "due_on": DAY + timedelta(days=20)} | facts, **by(world))
    if state in (PledgeState.TOLD, PledgeState.KEPT):
        tell_pledge(pledge_id=one.pk, proof="盖板补了六块,组长收了", **by(world))
    if state == PledgeState.KEPT:
        keep_pledge(pledge_id=one.pk, **by(world, "organiser"))
    if state == PledgeState.FAILED:
        fail_pledge(pledge_id=one.pk, reason="没有找到材料", **by(world))
    one.refresh_from_db()
    return one


def candidate(world, steps=0, n=10, state=CandidateState.OPEN):
    """Somebody who applied, with so many steps behind, each by the rules of dates."""
    found = Candidate.objects.filter(person=villager(world, n)).first()
    one = found or open_candidate(body=branch(world), name=NAMES[n], background="returned", **by(world))
    for number in range(one.steps.filter(struck_on=None).count() + 1, steps + 1):
        step(world, one, number)
    if state != CandidateState.OPEN:
        Candidate.objects.filter(pk=one.pk).update(state=state, closed_on=DAY)
    one.refresh_from_db()
    return one


def on_day(number):
    """The day of a step of the candidate: half a month apart, a year where a year is asked."""
    return STARTED + timedelta(days=15 * (number - 1) + 330 * (number > 6) + 366 * (number > 22))


def step(world, one, number, day=None, name="secretary", **facts):
    """Write a step down, naming first who has to be named."""
    day = day or min(on_day(number), DAY)
    if number == 5:
        name_mentor(candidate_id=one.pk, kind="mentor", member=member(world, 1), from_on=day, **by(world))
    if number == 9:
        for n in (1, 2):
            name_mentor(candidate_id=one.pk, kind="introducer", member=member(world, n), from_on=day, **by(world))
    return write_step(candidate_id=one.pk, step=str(number), day=day, words="材料在档案柜", **{"hours": 24 if number == 11 else None} | facts, **by(world, name))


def early(world):
    """The seventh step came too early: it waits for a second hand."""
    one = candidate(world, 6)
    if not one.steps.filter(number=7).exists():
        step(world, one, 7, day=on_day(6) + timedelta(days=1))
    return one


def cleanup(world, state=CleanUpState.PLANNED, **facts):
    """A clean-up day with two sections, one of the Wang home."""
    found = CleanUp.objects.filter(state=state, **facts).first()
    if found is not None:
        return found
    one = plan_cleanup(**{"village": world.datong, "day": DAY, "words": "村道和水沟"} | facts, **by(world, "visitor"))
    give_section(clean_up_id=one.pk, words="村口到小学", to="by_volunteers", **by(world, "visitor"))
    give_section(clean_up_id=one.pk, words="老街巷", to="by_home", home=world.register.home, **by(world, "visitor"))
    if state != CleanUpState.PLANNED:
        count(world, one)
        hold_cleanup(clean_up_id=one.pk, **by(world, "visitor"))
    if state == CleanUpState.CHECKED:
        check_cleanup(clean_up_id=one.pk, **by(world, "secretary"))
    one.refresh_from_db()
    return one


def count(world, one):
    """Its sections are counted."""
    for section in one.sections.all():
        count_section(clean_up_id=one.pk, section=section, turnout=5, cleaned=section.serial == 1, **by(world, "visitor"))
    return one


def review(world):
    """The review of a meeting that was held: seven came, seven sheets went out and came back, one of them spoilt."""
    held = activity(world, ActivityState.CHECKED, kind="appraisal", topic="民主评议党员")
    return BranchReview.objects.filter(activity=held).first() or open_review(activity=held, ballots_out=7, ballots_back=7, ballots_spoilt=1, **by(world))


def reviewed(world, state=ReviewedState.DUE, n=3, grade="qualified", words="", **facts):
    """A member's row in it, as far as asked: the secretary writes, the organiser looks."""
    one = review(world).rows.get(member=member(world, n))
    what, other = {"reviewed_member_id": one.pk}, by(world, "organiser")
    steps = [
        (ReviewedState.DUE, lambda: count_member(**what, own_word="at_meeting", excellent=1, qualified=4, basic=0, failed=0, **by(world))),
        (ReviewedState.COUNTED, lambda: ([read_reviewed(reviewed_member_id=row.pk, **other) for row in one.review.rows.filter(state=ReviewedState.COUNTED)], look_at_counts(branch_review_id=one.review_id, **other))),
        (ReviewedState.LOOKED, lambda: propose_grade(**what, proposed_in=one.review.activity, grade=grade, words=words, **by(world))),
        (ReviewedState.PROPOSED, lambda: (read_reviewed(**what, **other), decide_grade(**what, **facts, **other))),
        (ReviewedState.DECIDED, lambda: tell_member(**what, told_on=DAY, **by(world))),
    ]  # fmt: skip
    for before, does in steps:
        one.refresh_from_db()
        if one.state == before != state:
            does()
    one.refresh_from_db()
    return one
