"""One of everything that by-laws, steps, proposals and problems keep, for who walks all addresses (tests/fuzz, tests/journeys)."""

from ..bylaw_states import ProblemState, ProposalState, StepState, VersionState
from ..models import BylawVersion, Problem, Proposal, StepMatter
from . import bylaw_factories as made

KNOWN = {"bylaw_version_id": BylawVersion, "step_matter_id": StepMatter, "village_proposal_id": Proposal, "village_problem_id": Problem}


def plant(world):
    """Make them: a rule in force and its next draft, one that waits for the township; a road that is done; a proposal that waits and one that was declined; water that is wasted."""
    made.version(world, VersionState.IN_FORCE)
    made.version(world, VersionState.DRAFT)
    made.version(world, VersionState.SUBMITTED, kind="feasts", name="红白喜事")
    made.matter(world, StepState.ENDED)
    made.matter(world, StepState.TOLD)
    made.proposal(world, ProposalState.DECLINED)
    made.proposal(world)
    made.problem(world, ProblemState.FELT)
    made.problem(world)
