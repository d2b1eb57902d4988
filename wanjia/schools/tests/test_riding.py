"""A morning and an afternoon: what the law forbids does not drive, no trip ends with a child aboard, names reach who needs them and are written down."""

from datetime import date, time, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from tests.house.worlds import World
from wanjia.doors import moment
from wanjia.kernel.models import Entry
from wanjia.kernel.tests.tried import MONDAY
from wanjia.schools.models import Attendant, BusLine, BusTrip, Receiver, Ride
from wanjia.schools.riders import rules as riders
from wanjia.schools.riding import commands as riding
from wanjia.schools.riding import queries, rules
from wanjia.schools.slips import commands as slips
from wanjia.verdict import ALLOWED, Refused

from . import acts_buses as acts
from .factories import bell

pytestmark = pytest.mark.django_db
DAY = MONDAY.date()


@pytest.fixture
def world():
    return World()


def browser(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def who(world, name="attendant", days=0):
    return acts.who(world, name) | {"at": MONDAY + timedelta(days=days)}


def test_a_trip_does_not_end_while_a_child_is_aboard(world, monkeypatch):
    acts.aboard(world)
    trip = BusTrip.objects.get()
    with pytest.raises(Refused, match="还有 1 个孩子在车上"):
        riding.close_trip(bus_trip_id=trip.pk, looked=True, **who(world))
    act = riding.close_trip.act
    monkeypatch.setattr("wanjia.schools.riding.commands.close_trip.act", act)
    object.__setattr__(act, "may", lambda _actor, _row: ALLOWED)  # the negative control: without the rule the bus drives off with the child
    try:
        assert riding.close_trip(bus_trip_id=trip.pk, looked=True, **who(world)).state == "bus_looked_through"
    finally:
        object.__setattr__(act, "may", rules.can_close)
    assert Ride.objects.get().state == "ride_aboard"


def test_a_line_drives_for_the_bells_that_its_times_serve(world):
    acts.runs_today(world)
    bell(world, grades="4 5 6", weekdays="7", boarders=True, arrives=time(17), leaves=None)
    line, sunday = acts.line(world), DAY + timedelta(days=6)
    assert queries.due_on([line], DAY)[line.pk] == (True, True) and queries.due_on([line], sunday)[line.pk] == (False, False), "no morning line on a Sunday's evening"
    with pytest.raises(Refused, match="没有这个作息"):
        riding.open_trip(bus_line_id=line.pk, way="to_school", day=sunday, **who(world, days=6))
    line.stops.filter(turn=2).update(at=time(16, 20))
    assert queries.due_on([BusLine.objects.get()], sunday)[line.pk] == (True, False), "a Sunday's own line does"


def test_a_morning_to_nought(world):
    acts.aboard(world)
    trip = BusTrip.objects.get()
    with pytest.raises(Refused, match="数到 2 个"):
        riding.unload_trip(bus_trip_id=trip.pk, counted=2, **who(world))
    riding.unload_trip(bus_trip_id=trip.pk, counted=1, **who(world))
    assert riding.close_trip(bus_trip_id=trip.pk, looked=True, **who(world)).state == "bus_looked_through"
    assert queries.counts(trip) == {"ride_at_school": 1}


def test_the_last_day_of_a_paper_counts_and_on_the_day_after_no_roll_opens(world):
    what = acts.runs_today(world)
    BusLine.objects.get().bus.__class__.objects.update(permit_until=DAY)
    riding.open_trip(**what, **who(world))
    with pytest.raises(Refused, match="没有有效的校车使用许可"):
        riding.open_trip(**what, **who(world, days=1))


def test_an_attendant_whose_query_ran_out_rides_no_more(world):
    what = acts.runs_today(world)
    Attendant.objects.update(checked_on=date(2025, 11, 3))
    riding.open_trip(**what, **who(world))  # until 2 November 2026, its last day
    with pytest.raises(Refused, match="照管员"):
        riding.open_trip(**what, **who(world, days=1))


def test_names_are_read_by_who_rides_and_each_reading_is_a_line(world):
    acts.opened(world)
    trip, name = BusTrip.objects.get(), world.register.child.name
    page = browser(world.attendant).get(reverse("schools:bus_trip", args=[trip.pk]))
    assert name in page.content.decode() and "no-store" in page.headers["Cache-Control"]
    assert Entry.objects.filter(act="child.named_on_bus", subject_id=str(world.register.child.pk)).count() == 1
    assert Entry.objects.filter(act="bus_trip.read_roll").count() == 1


def test_what_lies_on_the_telephone_names_nobody_and_is_no_reading(world):
    acts.opened(world)
    trip, name = BusTrip.objects.get(), world.register.child.name
    page = browser(world.attendant).get(reverse("schools:bus_trip", args=[trip.pk]), headers={"Satchel": "1"}).content.decode()
    assert name not in page and world.register.child.shown_name in page and "收车" in page
    assert not Entry.objects.filter(act="child.named_on_bus").exists()


def test_from_a_line_the_way_back_is_the_list_that_one_may_open(world):
    acts.seated(world)
    for user, back in ((world.attendant, "bus_day"), (world.headmaster, "buses")):
        page = browser(user).get(reverse("schools:bus_line", args=[BusLine.objects.get().pk])).content.decode()
        crumbs = page[page.index('class="crumbs"') :]
        assert f'href="{reverse(f"schools:{back}")}"' in crumbs[: crumbs.index("</ol>")], user.username


def test_the_paper_roll_is_signed_by_who_looked_through_the_bus(world):
    acts.opened(world)
    page = browser(world.attendant).get(reverse("schools:bus_trip_sheet", args=[BusTrip.objects.get().pk])).content.decode()
    assert "从头到尾看过一遍车厢,车上没有人" in page and "照管员 ____" in page and "驾驶人 ____" in page


@pytest.mark.parametrize("name", ["clerk", "leader", "township_leader", "visitor", "gates", "care", "admin", "auditor"])
def test_nobody_else_opens_the_roll(world, name):
    acts.opened(world)
    assert browser(getattr(world, name)).get(reverse("schools:bus_trip", args=[BusTrip.objects.get().pk])).status_code in (403, 404)


def test_lists_show_initials_until_names_are_asked_for(world):
    acts.seated(world)
    name, client = world.register.child.name, browser(world.headmaster)
    assert name not in client.get(reverse("schools:riders")).content.decode()
    assert not Entry.objects.filter(act="child.named_on_bus").exists()
    assert name in client.get(reverse("schools:riders"), {"names": "1"}).content.decode()
    assert Entry.objects.filter(act="child.named_on_bus").count() == 1


def test_an_attendant_sees_the_children_of_her_own_lines_alone(world):
    acts.seated(world)
    assert riders.visible_riders(acts.who(world, "attendant")["by"]).count() == 1
    BusLine.objects.update(attendant=None)
    assert not riders.visible_riders(acts.who(world, "attendant")["by"]).exists()


def test_who_left_the_buses_opens_nothing_any_more(world):
    acts.opened(world)
    trip = BusTrip.objects.get()
    Attendant.objects.update(to_on=DAY)
    assert browser(world.attendant).get(reverse("schools:bus_trip", args=[trip.pk])).status_code == 404


def test_the_roll_answers_on_its_own_page(world):
    acts.receiver(world)
    acts.on_roll(world, "home")
    ride, client = Ride.objects.get(), browser(world.attendant)
    page = reverse("schools:bus_trip", args=[ride.trip_id])
    client.post(page, {"ride_id": ride.pk, "result": "ride_aboard"})
    assert Ride.objects.get().state == "ride_aboard"
    client.post(page, {"closing": "1", "looked": "on"})
    assert BusTrip.objects.get().state == "bus_on_the_road", "not while the child is aboard"
    client.post(page, {"ride_id": ride.pk, "receiver": acts.receiver(world).pk})
    assert Ride.objects.get().state == "ride_handed" and Ride.objects.get().receiver.relation == "叔叔"
    assert "从头到尾" in client.post(page, {"closing": "1"}).content.decode()
    client.post(page, {"closing": "1", "looked": "on"})
    assert BusTrip.objects.get().state == "bus_looked_through"


def test_a_roll_that_nobody_opened_and_a_bus_that_nobody_looked_through_are_alarms(world):
    acts.runs_today(world)
    by = acts.who(world, "schools")["by"]
    assert [len(found) for found in queries.alarms(by, MONDAY - timedelta(hours=2))] == [0, 0], "at seven nothing is late"
    assert [len(found) for found in queries.alarms(by, MONDAY)] == [1, 0]
    riding.open_trip(**acts.runs_today(world), **who(world))
    assert [len(found) for found in queries.alarms(by, MONDAY)] == [0, 1], "at nine the bus should be empty"
    assert [len(found) for found in queries.alarms(by, MONDAY - timedelta(hours=1, minutes=30))] == [0, 0]


def test_a_mother_asks_where_the_bus_is(world, monkeypatch):
    monkeypatch.setattr(moment, "timezone", SimpleNamespace(now=lambda: MONDAY))
    acts.aboard(world)
    riding.delay_trip(bus_trip_id=BusTrip.objects.get().pk, minutes=10, why="落石堵路", **who(world))
    slip = slips.issue_bus_slip(rider_id=Ride.objects.get().rider_id, **who(world, "schools"))
    page = Client().get(reverse("schools:bus_slip_page", args=[slip.code.lower()])).content.decode()
    assert "在车上" in page and "今天的车还没有开始点名" not in page
    for words in (world.register.child.name, world.register.child.shown_name, "大岩子", "王建军"):
        assert words not in page, "no name and no stop on a page for whoever holds the paper"
    assert Client().get(reverse("schools:bus_slip_page", args=["AAAAAAAA"])).status_code == 404


def test_who_did_not_come_is_found_on_the_roll_itself(world):
    acts.on_roll(world)
    ride, client = Ride.objects.get(), browser(world.attendant)
    page = reverse("schools:bus_trip", args=[ride.trip_id])
    assert 'value="ride_found"' not in client.get(page).content.decode()
    client.post(page, {"ride_id": ride.pk, "result": "ride_missing"})
    assert 'value="ride_found"' in client.get(page).content.decode()
    client.post(page, {"ride_id": ride.pk, "result": "ride_found", "words": "问"})
    assert Ride.objects.get().state == "ride_missing", "nobody says where the child is"
    client.post(page, {"ride_id": ride.pk, "result": "ride_found", "words": "问了家长,在外婆家"})
    assert Ride.objects.get().state == "ride_found"


def test_a_child_whom_nobody_may_receive_is_a_warning_that_is_read_whole(world):
    acts.aboard(world, "home")
    page = browser(world.attendant).get(reverse("schools:bus_trip", args=[Ride.objects.get().trip_id])).content.decode()
    stands_in = page[: page.index("没有核实过的接车人")].rpartition('class="')[2].partition('"')[0]
    assert "tag" not in stands_in and '<div class="notice bad">' in page, "a tag does not break: on a telephone half of the sentence lay outside"
    acts.receiver(world)
    assert "没有核实过的接车人" not in browser(world.attendant).get(reverse("schools:bus_trip", args=[Ride.objects.get().trip_id])).content.decode()


def test_from_a_line_to_the_roll_of_a_day_by_whoever_may_read_it(world):
    acts.aboard(world)
    trip = BusTrip.objects.get()
    line, there = reverse("schools:bus_line", args=[trip.line_id]), reverse("schools:bus_trip", args=[trip.pk])
    for who_asks, reads in ((world.attendant, True), (world.headmaster, True), (world.leader, False)):
        answer = browser(who_asks).get(line)
        assert answer.status_code == 200 and (f'"{there}"' in answer.content.decode()) is reads, who_asks
        assert (browser(who_asks).get(there).status_code == 200) is reads, "the link and the roll say the same"


def test_who_listed_an_adult_is_offered_no_confirming(world):
    what = acts.listed(world)
    rider = reverse("schools:rider", args=[Receiver.objects.get().rider_id])
    there = reverse("schools:receiver_confirm", args=[what["receiver_id"]])
    assert there not in (page := browser(world.schools).get(rider).content.decode()) and "由另一个人向监护人核实" in page
    assert there in browser(world.headmaster).get(rider).content.decode()
