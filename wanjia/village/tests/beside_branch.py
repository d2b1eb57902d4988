"""One of everything that the branch and clean-up days keep, for who walks all addresses (tests/fuzz, tests/journeys)."""

from datetime import timedelta

from ..branch_states import ActivityState, CleanUpState, HoldingState, PledgeState
from ..models import (
    BranchActivity,
    BranchDuty,
    BranchReview,
    Candidate,
    CleanUp,
    DutyHolding,
    PartyMember,
    Pledge,
    ReviewedMember,
)
from ..review_states import ReviewedState
from . import branch_factories as made
from .factories import DAY

KNOWN = {
    "party_member_id": PartyMember, "branch_activity_id": BranchActivity, "branch_duty_id": BranchDuty, "duty_holding_id": DutyHolding, "pledge_id": Pledge, "candidate_id": Candidate, "clean_up_id": CleanUp,
    "branch_review_id": BranchReview, "reviewed_member_id": ReviewedMember,
}  # fmt: skip


def plant(world):
    """Make them: a meeting that is called, one to be marked, one that voted, one looked at; a duty held and one claimed; pledges; members reviewed; who applied, one step too early; clean-up days."""
    made.activity(world, ActivityState.CHECKED, kind="theme_day")
    made.activity(world, ActivityState.HELD, kind="secretary_class")
    made.decided(world)
    made.activity(world, ActivityState.CALLED, kind="life_meeting")
    made.holding(world, HoldingState.HELD)
    made.holding(world, n=4, name="护学", area_words="村小路口")
    made.pledge(world, PledgeState.KEPT)
    made.pledge(world, PledgeState.TOLD)
    made.pledge(world)
    made.reviewed(world, ReviewedState.TOLD)
    made.reviewed(world, ReviewedState.PROPOSED, n=4)
    made.reviewed(world, ReviewedState.COUNTED, n=5)
    made.early(world)
    made.candidate(world, 15, n=9)
    made.candidate(world, 25, n=11)
    made.cleanup(world, CleanUpState.CHECKED)
    made.count(world, made.cleanup(world, CleanUpState.PLANNED, day=DAY - timedelta(days=9)))
    made.cleanup(world, CleanUpState.HELD, day=DAY - timedelta(days=30))
