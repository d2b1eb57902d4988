"""Another version is put in force in the very moment in which somebody says yes, or releases a coach, under the one before: nothing that was said is left behind."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from wanjia.kernel.tests.crowds import beside, wait_for
from wanjia.orgs.models import User
from wanjia.orgs.roles import Role
from wanjia.registry.tests import factories as registry
from wanjia.solving.models import Standing
from wanjia.solving.runs import commands as runs
from wanjia.solving.standing import commands as standing

from ..campaigns.commands import open_campaign
from ..departures import rules as departing
from ..matching import commands as matching
from ..matching import rules as answering
from ..matching import subjects
from ..models import Employer, Proposal, Trip
from ..states import Answer
from ..trips.commands import release_trip
from . import trips as t
from .factories import NOW, TODAY, World, later
from .test_matching import put_in_force, vacancy, wish, worked


@pytest.fixture
def world(races, monkeypatch):
    if connection.vendor == "sqlite":
        pytest.skip("writers are alone by nature")
    monkeypatch.setattr(runs, "start_process", lambda *_words: None)
    made = World()
    made.firm = Employer.objects.create(name="晨光电子", code="91530625MA6K00001X", area=made.county, place="330200", place_name="宁波市", recorded_at=NOW)
    made.drive = open_campaign(name="百日行动", area=made.county, from_on=TODAY, until_on=TODAY + timedelta(days=100), by=made.officer, at=NOW)
    return made


@pytest.fixture
def meet(world, monkeypatch):
    """Put a version in force beside an act under the one before: the act judged that its version stands before the swap read what was said under it.

    meet(plan, rules, does) returns the refusals; rules: of the act, whose `stands` is asked.
    """

    def met(plan, rules, does):
        judged, swapped, stands, kind_of = threading.Event(), threading.Event(), rules.stands, standing.kind_of
        first = []  # a rule may ask twice: what it heard first is what it judged

        def judges(*what):
            first.append(stands(*what))
            judged.set()
            wait_for(swapped)
            return first[0]

        def swaps(*what, **who):
            wait_for(judged)
            kind_of(plan).swap(*what, **who)
            swapped.set()

        monkeypatch.setattr(rules, "stands", judges)
        monkeypatch.setattr(standing, "kind_of", lambda _plan: replace(kind_of(plan), swap=swaps))
        officer = User.objects.get(pk=world.officer.pk)
        return beside(lambda: standing.activate_plan(plan_id=plan.pk, by=officer, at=later(1, 1)), does)

    return met


@pytest.fixture
def yes(world, meet):
    """He says yes under the first version while the second, which proposes him the same, is put in force; return the refusals."""
    wish(world, world.he)
    vacancy(world, "装配工", places=2, pay=6000)
    first = put_in_force(world, worked(world))
    second = worked(world, at=later(1))
    his, by = Proposal.objects.get(plan=first, worker=world.he), User.objects.get(pk=world.li.pk)
    return lambda: meet(second, answering, lambda: matching.accept_proposal(proposal_id=his.pk, by=by, at=later(1, 1)))


def said(world):
    return Proposal.objects.get(plan=Standing.objects.get().plan, worker=world.he).state


def test_a_yes_is_carried_over_or_refused(world, yes):
    refused = [str(one) for one in yes()]
    assert (said(world) == Answer.ACCEPTED) is ("这一版方案没有启用,或者已经换了。" not in refused), refused


@pytest.mark.spoils
def test_without_the_hold_a_yes_is_left_behind(world, yes, monkeypatch):
    """Negative control: the swap read before the yes was written, and nobody told him."""
    monkeypatch.setattr(subjects, "hold_standing", lambda _plan: None)
    assert yes() == [] and said(world) != Answer.ACCEPTED


@pytest.fixture
def release(world, meet):
    """A coach is released under the first version while the second is put in force; return (the refusals, the coach)."""
    t.listed(world)
    trip = t.ready(world, t.standing(world)[0])
    Trip.objects.filter(pk=trip.pk).update(held=False)  # its papers had locked it
    second, by = t.planned(world), registry.worker("paiche", "周派车", world.officer.orgs[0], Role.LABOUR_OFFICER)
    return lambda: (meet(second, departing, lambda: release_trip(trip_id=trip.pk, by=by, at=NOW)), Trip.objects.get(pk=trip.pk))


def test_a_released_coach_passes_over_or_is_not_released(release):
    refused, trip = release()
    assert len(refused) == 1 and (trip.state == "released") is (trip.plan_id == Standing.objects.get().plan_id), [str(one) for one in refused]
