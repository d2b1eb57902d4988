"""Faults of the labour register: sums that are not kept, spells that run on, people whom nothing follows."""

from unittest.mock import patch

from wanjia.labour.calls import commands as calls
from wanjia.labour.following import commands as following
from wanjia.labour.keeping import commands as keeping
from wanjia.labour.workers import commands as workers

from .planting import fault, nothing

APP = "wanjia.labour"


@fault("the sums of labourers are not kept")
def sums_not_kept():
    yield patch.object(keeping, "changed", nothing)


@fault("a spell that ends runs on")
def spell_runs_on():
    yield patch.object(workers, "_close", nothing)


@fault("a labourer stays on the roll after his death")
def roll_forgets_the_dead():
    yield patch.object(following, "_follow_one", nothing)


@fault("somebody who was reached is not verified by that")
def reached_and_not_verified():
    yield patch.object(calls, "keep", nothing)


@fault("a call that nobody answered verifies")
def unanswered_and_verified():
    yield patch.object(calls, "UNREACHED", ())


@fault("somebody who comes off the roll still works away")
def off_the_roll_and_away():
    yield patch.object(workers, "ENDS_WORK", ())
