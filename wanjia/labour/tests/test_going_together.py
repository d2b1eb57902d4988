"""Two of a home who said so are proposed one place, or neither is; who is married to whom is asked of nobody."""


import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ..matching import commands
from ..models import Proposal, Vacancy
from .factories import later
from .matching_factories import drive, one, proposed, put_in_force, vacancy, wish, worked

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch):
    return drive(monkeypatch)


@pytest.mark.parametrize("said", [True, False])
def test_two_of_a_home_who_said_so_go_to_one_place_or_neither_goes(world, said):
    wish(world, world.he, together=said)
    wish(world, world.she, together=said)
    vacancy(world, "装配工", pay=6000, place="330200")
    vacancy(world, "包装工", pay=5900, place="440100")
    near = [vacancy(world, title, pay=4000, place="350500") for title in ("鞋工", "帽工")]
    plan = worked(world)
    assert plan.state == "ready", plan.fault
    places = {one.vacancy.place for one in Proposal.objects.filter(plan=plan).select_related("vacancy")}
    if said:
        assert places == {"350500"} and plan.words["families"] == 1
        Vacancy.objects.filter(pk=near[0].pk).update(left=0)
        assert set(proposed(worked(world, at=later(0, 2))).values()) == {None}, "one place is no place for two"
    else:  # negative control: whoever said nothing is proposed what is best for each alone
        assert places == {"330200", "440100"}


def test_whose_companion_said_yes_already_is_proposed_the_same_place(world):
    wish(world, world.he, together=True)
    wish(world, world.she, together=True)
    vacancy(world, "装配工", pay=6000, place="330200", places=2)
    plan = put_in_force(world, worked(world))
    commands.accept_proposal(proposal_id=one(world, plan).pk, by=world.li, at=later(0, 2))
    vacancy(world, "包装工", pay=9000, place="440100")
    again = worked(world, at=later(0, 3))
    assert {row.vacancy.place for row in Proposal.objects.filter(plan=again).select_related("vacancy")} == {"330200"}


def test_who_is_married_to_whom_is_not_read_for_going_together(world):
    wish(world, world.he, together=True)
    wish(world, world.she, together=True)
    vacancy(world, "装配工", pay=6000, places=2)
    with CaptureQueriesContext(connection) as asked:
        worked(world)
    homes = [one["sql"] for one in asked.captured_queries if "registry_membership" in one["sql"] and '"together"' in one["sql"]]
    assert homes and not any('"relation"' in sql for sql in homes)
