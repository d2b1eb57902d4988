"""What the clock disposes of by itself, row by row: a picture of an event on its last day, unless somebody holds it back."""

from datetime import timedelta

import pytest

from tests.house.worlds import World
from wanjia.care.models import Photo
from wanjia.care.tests import acts_events as acts
from wanjia.kernel.tests.tried import MONDAY
from wanjia.office.models import RetentionHold
from wanjia.office.retention import queries
from wanjia.office.retention.commands import by_the_clock, hold_rows, lift_hold
from wanjia.orgs.models import User
from wanjia.policy import events as policy_of_events
from wanjia.policy import retention as policy

pytestmark = pytest.mark.django_db
DAY, OVER = MONDAY.date(), MONDAY + timedelta(days=91)


@pytest.fixture
def world():
    """The places and people of the house tests, and a picture of an event."""
    found = World()
    acts.taken(found)
    return found


def fresh(actor):
    return User.objects.get(pk=actor.pk)


def held(world, at=MONDAY):
    return hold_rows(ground="lawsuit", code="care_photo", document="永法〔2026〕7号", by=fresh(world.ledger), at=at)


def test_a_hold_stops_the_clock_until_another_unit_lifts_it(world, client):
    held(world)
    by_the_clock(OVER)
    photo = Photo.objects.get()
    assert photo.state == "uncovered" and photo.raw
    assert str(photo.pk) not in client.get("/album/").content.decode()  # kept for a court, and shown to nobody outside
    lift_hold(retention_hold_id=RetentionHold.objects.get().pk, words="判决已生效", by=fresh(world.inspector), at=OVER)
    by_the_clock(OVER + timedelta(days=1))
    assert (Photo.objects.get().state, Photo.objects.get().raw) == ("photo_disposed", "")


def test_a_hold_that_comes_while_the_clock_goes_stops_it_too(world, monkeypatch):
    """The rows were looked for before the hold was put: each is asked again in its own transaction."""
    found = queries.over_by_clock(OVER.date())
    held(world)
    monkeypatch.setattr(queries, "over_by_clock", lambda day: found)
    by_the_clock(OVER)
    assert Photo.objects.get().state == "uncovered"
    monkeypatch.setattr(queries, "is_held", lambda *_asked: False)  # the control: without being asked again it goes
    by_the_clock(OVER)
    assert Photo.objects.get().state == "photo_disposed"


def test_without_the_question_it_goes(world, monkeypatch):
    """Negative control: the hold stands, and nobody asks for it."""
    held(world)
    monkeypatch.setattr(queries, "held", lambda *_asked: {})
    by_the_clock(OVER)
    assert Photo.objects.get().state == "photo_disposed"


def test_the_days_stand_in_one_place(world):
    assert policy.in_force(DAY).kept("care_photo").ends({"taken": DAY}, set()) == Photo.objects.get().until_on == DAY + timedelta(days=90)
    assert not hasattr(policy_of_events.in_force(DAY), "photo_days")
    by_the_clock(OVER - timedelta(days=2))
    assert Photo.objects.get().state == "uncovered"
