"""Promise 6: sixty-four casts of one card, of one token, of one home's link at one moment are one; replays after the end are none. Both databases."""

import pytest
from django.db import connection

from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.village.models import Poll, PollHome, SealedBallot
from wanjia.village.polls import commands
from wanjia.village.polls.casting import commands as casting
from wanjia.village.tests import poll_factories as made

from . import test_races

CASTS = 64
ONCE = next(one for one in SealedBallot._meta.constraints if one.name == "one_ballot_a_card")


def all_at_once(monkeypatch, whats, also=()):
    """Let every one of these ballots come in at one moment."""
    monkeypatch.setattr(test_races, "WRITERS", len(whats))
    return test_races.at_once(lambda n: made.cast(whats[n]) or n, also)


def ballots(world):
    """One card and one token, each with so many ballots of its own."""
    voting, codes, phones = made.opened(world)
    return [made.card(voting, codes[0], [n % 3]) if n % 2 else phones[0].ballot([n % 3]) for n in range(CASTS)]


@pytest.mark.slow
def test_sixty_four_casts_of_a_card_and_a_token_are_one_each(races, monkeypatch):
    world = World()
    whats = ballots(world)
    answers, met, fell = all_at_once(monkeypatch, whats)
    assert fell == [] and len(answers) == 2 == SealedBallot.objects.count()
    assert len(met) == CASTS - 2
    commands.end_poll(poll_id=Poll.objects.get().pk, by=world.visitor, at=MONDAY)
    answers, met, fell = all_at_once(monkeypatch, whats)
    assert (answers, fell, len(met)) == ([], [], CASTS)
    assert SealedBallot.objects.count() == 2


@pytest.mark.slow
@pytest.mark.spoils
def test_without_the_acts_own_guards_the_database_lets_one_through(races, monkeypatch):
    whats = ballots(World())
    unguarded(monkeypatch)
    answers, _met, _fell = all_at_once(monkeypatch, whats, also=(Exception,))
    assert len(answers) == 2 == SealedBallot.objects.count()


class Blind:
    """A manager that finds no ballot."""

    def filter(self, **_asked):
        return SealedBallot.objects.none()

    def create(self, **row):
        return SealedBallot.objects.create(**row)


class Unseeing:
    objects = Blind()


def unguarded(monkeypatch):
    """Switch off what the act says itself: it looks for no ballot that stands."""
    monkeypatch.setattr(casting, "SealedBallot", Unseeing)


@pytest.mark.slow
@pytest.mark.spoils
def test_without_any_guard_one_card_votes_many_times(races, monkeypatch):
    """Negative control."""
    whats = ballots(World())
    unguarded(monkeypatch)
    with monkeypatch.context() as meanwhile, connection.schema_editor() as editor:
        meanwhile.setattr(SealedBallot._meta, "constraints", [])  # SQLite lays the table anew, as the model has it
        editor.remove_constraint(SealedBallot, ONCE)
    try:
        answers, met, _fell = all_at_once(monkeypatch, whats, also=(Exception,))
        assert len(answers) > 2, set(map(repr, met))
    finally:
        SealedBallot.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(SealedBallot, ONCE)


@pytest.mark.slow
def test_many_telephones_at_one_homes_link_take_one_token(races, monkeypatch):
    one = made.poll(World())
    row = one.homes.select_related("poll", "cls").first()
    phones = [made.Phone(row) for _n in range(16)]
    monkeypatch.setattr(test_races, "WRITERS", len(phones))
    answers, met, fell = test_races.at_once(lambda n: phones[n].take().signature)
    assert fell == [] and len(answers) == 1 and len(met) == 15
    assert PollHome.objects.filter(taken="phone").count() == 1
