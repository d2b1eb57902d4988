"""Refusals of labour that stand in an act itself and not in a rule that a page asks beforehand: each is met once, and not met without its cause."""

import pytest
from django.db import connection, connections

from tests.house.quicker import done
from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.verdict import Conflict, Refused

from ..departures import timing
from ..loading import commands as loading
from ..loading import standing
from ..loading.tests.sheets import csv_of, sound_rows
from ..models import Belonging, Load, Trip, Worker
from ..slips import rules as slips
from ..slips.commands import issue_work_slip
from . import acts_departures, acts_loads, acts_roll, trips
from . import demand_world as d
from .acts import ACTS

ONE_DAY = {"earliest_on": acts_departures.GOES, "latest_on": acts_departures.GOES}
pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db):
    """The places, units and people of the house tests."""
    return World()


def sheet(folder):
    """A small sound file."""
    path = folder / "名册.csv"
    path.write_bytes(csv_of(sound_rows(6, seed=5)))
    return path


def refused(world, act, what, said):
    """Tell that the act is refused in these words."""
    with pytest.raises(Refused) as told:
        done(world, act, what)
    assert said in str(told.value.reason)


def test_a_code_is_shown_in_the_answer_that_made_it_and_never_again(world):
    slip = issue_work_slip(worker_id=acts_roll.enrolled(world)["worker_id"], by=d.anew(world.visitor), at=MONDAY)
    assert slips.may_show(slip)
    slip.refresh_from_db()
    assert not slips.may_show(type(slip).objects.get(pk=slip.pk))


def test_a_slip_says_yes_or_no(world):
    what = ACTS["labour.answer_by_slip"].make(world)
    refused(world, "labour.answer_by_slip", what | {"word": "perhaps"}, "请选择“我愿去”或“我不去”。")
    assert done(world, "labour.answer_by_slip", what)


@pytest.mark.parametrize("complaints", [0, 2])
def test_a_barred_employer_hires_nobody_for_a_day(world, complaints):
    what = ACTS["labour.record_order"].make(world) | {"credit_code": d.employer(world).code}
    for _one in range(complaints):
        d.justified(world)
    if complaints:
        refused(world, "labour.record_order", what, "查实的投诉")
    else:
        assert done(world, "labour.record_order", what)


def test_a_unit_is_asked_only_within_reach(world):
    what = ACTS["labour.set_board_task"].make(world)
    refused(world, "labour.set_board_task", what | {"units": [world.oversight]}, "这个单位不在您的辖区")
    assert done(world, "labour.set_board_task", what | {"units": [world.education]})


def test_whoever_rides_already_has_a_seat_in_the_vehicle(world):
    acts_departures.quietly(lambda w, at: trips.listed(w, w.he, at=at, **ONE_DAY), world)
    acts_departures.quietly(lambda w, at: trips.listed(w, w.she, at=at, **ONE_DAY), world)
    acts_departures.quietly(lambda w, at: trips.standing(w, at), world)
    trip = Trip.objects.get()
    what, riders = {"trip_id": trip.pk, "cadre": d.anew(world.visitor)} | trips.PAPERS, trip.seats_of.count()
    assert riders == 2
    refused(world, "labour.set_papers", what | {"seats": 1}, "这辆车坐不下")
    assert done(world, "labour.set_papers", what | {"seats": riders})


def test_a_trip_that_filled_up_meanwhile_takes_nobody(world, monkeypatch):
    what, real = ACTS["labour.move_seat"].make(world), timing.change

    looks = []

    def full(seat, trip):
        looks.append(trip)
        if len(looks) < 2:  # the list of trips to choose from
            return real(seat, trip)
        Trip.objects.filter(pk=trip.pk).update(seats=1)
        trip.refresh_from_db()
        return real(seat, trip)

    monkeypatch.setattr("wanjia.labour.trips.commands.timing.change", full)
    refused(world, "labour.move_seat", what, str(timing.article("seats")))


def test_a_closed_outpost_says_why_nobody_belongs_to_it(world):
    one = d.belonging(world)
    done(world, "labour.close_outpost", {"outpost_id": one.outpost_id, "on": d.DAY, "reason": "并入杭州站"})
    assert Belonging.objects.get().ended_because == "机构撤销"


def test_a_load_ends_when_all_that_was_set_aside_is_back(world):
    what = ACTS["labour.finish_load"].make(world)
    Load.objects.update(aside=[["labour_worker", "some_index", "CREATE INDEX"]])
    with pytest.raises(Conflict):
        done(world, "labour.finish_load", what)
    Load.objects.update(aside=[])
    assert done(world, "labour.finish_load", what)


def test_nothing_is_loaded_where_there_is_no_village(world, tmp_path):
    with pytest.raises(Refused, match="没有村"):
        loading.load_file(sheet(tmp_path), by=acts_loads.elsewhere(world), at=MONDAY)
    assert not Worker.objects.exists()


def test_nothing_is_loaded_while_keys_turn(world, tmp_path, monkeypatch):
    monkeypatch.setattr(standing, "rotating", lambda: True)
    with pytest.raises(Refused, match="密钥还在轮换"):
        loading.load_file(sheet(tmp_path), by=world.analyst, at=MONDAY)


def test_one_load_at_a_time():
    other = connections.create_connection("default") if connection.vendor == "postgresql" else None
    if other is None:
        with loading.alone(), pytest.raises(loading.Busy, match="另一份名册"), loading.alone():
            pass
    else:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtextextended('wanjia load', 0))")
        with pytest.raises(loading.Busy, match="另一份名册"), loading.alone():
            pass
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended('wanjia load', 0))")
        other.close()
    with loading.alone():
        pass
