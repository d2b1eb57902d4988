"""Each CHECK and each unique constraint of care, met by name: the row that it refuses (tests/house/test_guards_felt.py gathers them)."""

from datetime import timedelta

from wanjia.care.models import Entitled, Helper, Pair, PairProposal, TeamMember
from wanjia.kernel.tests.tried import MONDAY

from . import acts_pairing, guards_classes, guards_events, guards_lines, guards_wishes
from .factories import START, checked, helper, pair, team

BEFORE = START - timedelta(days=1)


def _helper(world, **values):
    Helper.objects.filter(pk=helper(world).pk).update(**values)


def _pair(world, **values):
    Pair.objects.filter(pk=pair(world).pk).update(**values)


def _check(world):
    checked(helper(world), at=MONDAY, until_on=START)


CHECKS = {
    "helper_capacity": lambda w: _helper(w, capacity=6),
    "helper_ends_after_start": lambda w: _helper(w, to_on=BEFORE, end_reason="离任"),
    "helper_left_with_reason": lambda w: _helper(w, to_on=START + timedelta(days=9)),
    "check_counts_for_a_time": _check,
    "pair_ends_after_start": lambda w: _pair(w, to_on=BEFORE, end_reason="grown"),
    "pair_ended_with_reason": lambda w: _pair(w, to_on=START + timedelta(days=9)),
}
ONCE = {
    "one_live_pair_a_child": pair,
    "team_named_once": team,
    "in_a_team_once": lambda w: TeamMember.objects.create(team=team(w), helper=helper(w), from_on=START),
}


def _proposed(world):
    acts_pairing.proposed(world)
    return PairProposal.objects.get()


def _entitled(world):
    acts_pairing.entitled(world)
    return Entitled.objects.get()


CHECKS["entitled_due_after_since"] = lambda w: Entitled.objects.filter(pk=_entitled(w).pk).update(due_on=BEFORE)
ONCE |= {"entitled_once": _entitled, "proposed_once_a_version": _proposed}
CHECKS |= guards_classes.CHECKS | guards_lines.CHECKS | guards_events.CHECKS | guards_wishes.CHECKS
ONCE |= guards_classes.ONCE | guards_lines.ONCE | guards_events.ONCE | guards_wishes.ONCE
