"""Each CHECK and each unique constraint of the branch, its duties, pledges, recruitment and of clean-up days, met by name: the row that it refuses."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY
from wanjia.village.branch_states import ActivityState, CleanUpState, HoldingState, PledgeState
from wanjia.village.models import (
    BranchActivity,
    BranchDay,
    BranchDecision,
    BranchDuty,
    BranchReview,
    BranchRoll,
    Candidate,
    CleanUp,
    CleanUpSection,
    DutyHolding,
    GradeSetAside,
    PartyMember,
    Pledge,
    RecruitMentor,
    RecruitStep,
    ReviewedMember,
)
from wanjia.village.review_states import ReviewedState

from . import branch_factories as made
from .factories import DAY, FOUNDED
from .guards_points import _again, _of

BEFORE = FOUNDED - timedelta(days=1)


def _held(world):
    return made.activity(world, ActivityState.HELD)


def _checked(world):
    return made.activity(world, ActivityState.CHECKED)


def _roll(world):
    return _held(world).roll.first()


def _in_office(world):
    return made.holding(world, HoldingState.HELD)


def _told(world):
    return made.pledge(world, PledgeState.TOLD)


def _kept(world):
    return made.pledge(world, PledgeState.KEPT)


def _step(world):
    return made.candidate(world, 1).steps.get()


def _breach(world):
    return made.early(world).steps.get(number=7)


def _mentor(world):
    return made.candidate(world, 5).mentors.get()


def _section(world):
    return made.cleanup(world).sections.first()


def _swept(world):
    return made.cleanup(world, CleanUpState.HELD)


def _looked(world):
    return made.reviewed(world, ReviewedState.LOOKED)


def _decided(world):
    return made.reviewed(world, ReviewedState.DECIDED)


CHECKS = {
    "party_member_leaves_later": _of(PartyMember, made.member, to_on=BEFORE),
    "branch_day_of_every_month": _of(BranchDay, made.fixed, day_of_month=29),
    "activity_checked_by_another": lambda w: BranchActivity.objects.filter(pk=_held(w).pk).update(checked_by=w.secretary),
    "activity_due_once_held": _of(BranchActivity, made.activity, due=9),
    "no_more_members_than_due": _of(BranchActivity, _held, came=10),
    "activity_cancelled_with_reason": _of(BranchActivity, made.activity, state=ActivityState.CANCELLED),
    "leave_with_a_reason": _of(BranchRoll, _roll, attended="on_leave"),
    "branch_duty_ends_later": _of(BranchDuty, made.duty, to_on=BEFORE),
    "duty_decided_by_another": lambda w: DutyHolding.objects.filter(pk=_in_office(w).pk).update(decided_by=w.secretary),
    "duty_held_for_a_term": _of(DutyHolding, made.holding, from_on=DAY),
    "duty_over_on_a_day": _of(DutyHolding, _in_office, ended_on=DAY),
    "pledge_due_after_its_day": _of(Pledge, made.pledge, due_on=BEFORE),
    "pledge_kept_seen_by_another": lambda w: Pledge.objects.filter(pk=_kept(w).pk).update(settled_by=w.secretary),
    "pledge_told_with_proof": _of(Pledge, _told, proof=""),
    "pledge_failed_with_reason": _of(Pledge, made.pledge, state=PledgeState.FAILED, settled_on=DAY),
    "pledge_settled_on_a_day": _of(Pledge, made.pledge, settled_on=DAY),
    "candidate_closed_on_a_day": _of(Candidate, made.candidate, closed_on=DAY),
    "probation_extended_on_a_day": _of(Candidate, made.candidate, extended=3, extended_on=DAY),
    "recruit_step_of_the_25": _of(RecruitStep, _step, number=26),
    "breach_seen_by_another": lambda w: RecruitStep.objects.filter(pk=_breach(w).pk).update(acked_by=w.secretary),
    "only_a_breach_is_acknowledged": _of(RecruitStep, _step, acked_at=MONDAY),
    "step_struck_by_another": lambda w: RecruitStep.objects.filter(pk=_step(w).pk).update(struck_by=w.secretary),
    "mentor_ends_later": _of(RecruitMentor, _mentor, to_on=BEFORE.replace(year=2020)),
    "clean_up_checked_by_another": lambda w: CleanUp.objects.filter(pk=_swept(w).pk).update(checked_by=w.visitor),
    "clean_up_cancelled_with_reason": _of(CleanUp, made.cleanup, state=CleanUpState.CANCELLED),
    "section_of_a_home_names_it": _of(CleanUpSection, _section, by="by_home"),
    "review_ballots_add_up": _of(BranchReview, made.review, ballots_back=8),
    "review_counted_with_own_word": _of(ReviewedMember, made.reviewed, own_word="in_writing"),
    "review_looked_at_by_another": lambda w: ReviewedMember.objects.filter(pk=_looked(w).pk).update(looked_by=w.secretary),
    "grade_decided_by_another": lambda w: ReviewedMember.objects.filter(pk=_decided(w).pk).update(decided_by=w.secretary),
    "grade_set_aside_by_a_third": lambda w: GradeSetAside(row=_decided(w), proposed_in=_decided(w).proposed_in, decided_by=w.organiser, set_aside_by=w.organiser, set_aside_at=MONDAY).save(force_insert=True),
    "review_told_on_a_day": _of(ReviewedMember, made.reviewed, told_on=DAY),
    "section_counted_whole": _of(CleanUpSection, _section, turnout=3),
}
ONCE = {
    "party_member_once": _again(PartyMember, made.member, "body", "person", "from_on", "entered_at", office="plain_member"),
    "one_secretary_of_a_branch": lambda w: PartyMember(body=made.member(w).body, person=made.villager(w, 6), office="secretary", from_on=DAY, entered_at=MONDAY),
    "one_branch_day_from_a_day": _again(BranchDay, made.fixed, "body", "from_on", "fixed_at", day_of_month=3),
    "one_activity_of_a_kind_a_day": _again(BranchActivity, made.activity, "body", "kind", "day", "setting", "place", "topic", "called_at"),
    "on_the_branch_roll_once": _again(BranchRoll, _roll, "activity", "member", "votes"),
    "branch_decision_numbered_once": _again(BranchDecision, made.decided, "activity", "serial", "matter", "words", "votes_for", "votes_against", "votes_abstain", "passed", "decided_at"),
    "a_branch_duty_once": _again(BranchDuty, made.duty, "body", "name", "does", "area_words", "from_on", "opened_at"),
    "one_holder_of_a_duty": lambda w: _again(DutyHolding, _in_office, "duty", "claimed_on", "claimed_at", "named", "state", "from_on", "until_on", member=made.member(w, 5))(w),
    "a_duty_claimed_once": _again(DutyHolding, made.holding, "duty", "member", "claimed_on", "claimed_at", "named"),
    "candidate_numbered_once": lambda w: _again(Candidate, made.candidate, "body", "serial", "background", "opened_on", "opened_at", person=made.villager(w, 11))(w),
    "one_open_candidate": _again(Candidate, made.candidate, "body", "person", "background", "opened_on", "opened_at", serial=7),
    "recruit_step_once": _again(RecruitStep, _step, "candidate", "number", "day", "written_at"),
    "a_mentor_once": _again(RecruitMentor, _mentor, "candidate", "member", "kind", "from_on", "named_at"),
    "one_review_of_a_meeting": _again(BranchReview, made.review, "activity", "ballots_out", "ballots_back", "opened_at"),
    "a_member_reviewed_once": _again(ReviewedMember, made.reviewed, "review", "member", "votes", serial=40),
    "reviewed_numbered_once": lambda w: made.reviewed(w) and _again(ReviewedMember, made.reviewed, "review", "serial", "votes", member=made.member(w, 9))(w),  # who came later
    "one_clean_up_a_day": _again(CleanUp, made.cleanup, "village", "day", "words", "planned_at"),
    "a_section_numbered_once": _again(CleanUpSection, _section, "clean_up", "serial", "by", words="另一段"),
    "a_section_given_once": _again(CleanUpSection, _section, "clean_up", "words", "by", serial=9),
}  # fmt: skip
