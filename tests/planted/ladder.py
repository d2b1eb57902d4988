"""Faults of the ladder."""

from unittest.mock import patch

from wanjia.casework.ladder import above
from wanjia.casework.ladder import commands as ladder

from .planting import fault, nothing


@fault("a need is told of again at every round")
def told_every_round():
    yield patch.object(ladder.queries, "taken_of", lambda _needs: {})
    yield patch.object(ladder.Rung.objects, "bulk_create", nothing)


@fault("what was raised stays with the unit that let it lie")
def raised_and_stays():
    yield patch.object(ladder, "hand_over", nothing)


@fault("raised to the unit's own tier")
def raised_to_nobody():
    yield patch.object(above.Above, "over", lambda _self, need, _tier: need.holder)


@fault("a step told late makes no paper")
def climbs_without_paper():
    yield patch.object(ladder, "make_papers", nothing)


@fault("what is raised keeps its old step")
def raised_step_runs_on():
    yield patch.object(ladder, "start_step", nothing)
