"""An attendant's morning: forty children at four stops, the line goes after the third child and comes and goes again; nobody is lost, nobody counted twice, no name lies on the telephone."""

import os
from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from wanjia.kernel.calendar import today
from wanjia.registry.models import Person
from wanjia.schools.models import BusSeat, BusStop, BusTrip, Receiver, Ride, Rider
from wanjia.schools.riding.commands import close_trip
from wanjia.schools.tests import acts_buses as acts
from wanjia.schools.tests.factories import school
from wanjia.verdict import Refused

from .phone import Phone

pytestmark = [pytest.mark.journey, pytest.mark.slow]
LOOKS = os.environ.get("WANJIA_LOOKS", "")
MANY, STOPS = 40, 4
FAMILY = "岑尹柏宁阮池仲蔺"


def keep(phone, name):
    """Keep a picture where somebody wants to look."""
    if LOOKS:
        phone.page.screenshot(path=f"{LOOKS}/{name}.png")


def forty(house, *, going_home=False, many=MANY):
    """A trip of today with forty children on its roll, ten a stop; each with an uncle who may receive it."""
    now, day = timezone.now(), today(timezone.now())
    line = acts.line(house)
    line.stops.all().delete()
    line.bus.__class__.objects.update(seats=49)
    stops = [BusStop.objects.create(line=line, turn=n + 1, name=f"第{n + 1}站", at=time(6, 40 + 5 * n), back_at=time(17, 50 - 5 * n)) for n in range(STOPS)]
    facts = {"bus": line.bus, "driver": line.driver, "attendant": line.attendant, "opened_at": now, "opened_by": house.attendant}
    trip = BusTrip.objects.create(line=line, day=day, going_home=going_home, **facts)
    for n in range(many):
        child = Person.objects.create(name=f"{FAMILY[n % 8]}小{n:02d}", birth_on=day - timedelta(days=3500), schooling="primary", village=house.datong, registered_at=now)
        rider = Rider.objects.create(child=child, school=school(house), area=house.datong, asked_by="家长", recorded_at=now, from_on=acts.START)
        Receiver.objects.create(rider=rider, name=f"叔叔{n}", relation="叔叔", from_on=acts.START, listed_at=now, confirmed_at=now)
        stop = stops[n * STOPS // many]
        BusSeat.objects.create(rider=rider, stop=stop, from_on=acts.START)
        Ride.objects.create(trip=trip, rider=rider, stop=stop, number=n + 1)
    return trip


def call(phone, number, words):
    """Tap one child's answer on the roll."""
    phone.page.locator(f"#n{number} button", has_text=words).first.click()


def arrive(phone, holds):
    """Wait until what waited on the telephone has arrived: forty acts, one after the other."""
    for _turn in range(600):
        if holds():
            return
        phone.page.wait_for_timeout(200)
    raise AssertionError(list(Ride.objects.values_list("number", "state")))


def kept_here(phone):
    """Wait until the count at school lies on the telephone: its form has given way to the word that it is kept."""
    phone.page.locator("input[name=counted]").wait_for(state="detached")


def on_the_bus(sits):
    """Her telephone; a server's first page takes long on a busy machine."""
    stranger = sits()
    stranger.page.request.get(f"{stranger.url}/accounts/login/", timeout=120_000)
    phone = Phone(sits("zhaoguan", width=375))
    phone.page.set_default_timeout(60_000)  # the roll of forty is a long page, and a busy machine is no lost child
    return phone


def states(trip):
    found = {}
    for state in trip.roll.values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def test_forty_children_and_no_line(house, sits):
    trip = forty(house)
    phone, roll = on_the_bus(sits), reverse("schools:bus_trip", args=[trip.pk])
    taken = phone.page.request.get(f"{house.url}/device/satchel").json()["pages"]
    assert roll in [one["path"] for one in taken], "the roll is what she takes along"
    phone.ready(pages=len(taken))

    phone.at.go(roll)
    phone.sees("车上 0/40")
    keep(phone, "bus-roll-375")
    for number in (1, 2, 3):
        call(phone, number, "上车")
        phone.sees(f"车上 {number}/40")

    phone.cut()
    phone.at.go(roll)
    phone.sees("没有信号。这是留在本机的一页").sees("手机里只留号数和姓名首字母")
    assert not any(child.name in phone.page.content() for child in Person.objects.filter(pk__in=trip.roll.values("rider__child"))), "a name lies on the telephone"
    for number in range(4, 26):
        call(phone, number, "上车")
        phone.page.locator(f"#n{number}", has_text="记下了").wait_for()
    keep(phone, "bus-roll-no-line-375")
    assert states(trip) == {"ride_aboard": 3, "ride_expected": 37}, "nothing left the telephone yet"
    with pytest.raises(Refused, match="还有 40 个孩子"):
        close_trip(bus_trip_id=trip.pk, looked=True, **acts.who(house, "attendant") | {"at": timezone.now()})

    phone.page.goto("about:blank")  # the telephone is put away between two stops
    phone.at.go(roll)
    phone.cut(False)  # a bar of signal on the pass
    arrive(phone, lambda: states(trip) == {"ride_aboard": 25, "ride_expected": 15})
    phone.cut()
    phone.at.go(roll)
    for number in range(26, 39):
        call(phone, number, "上车")
        phone.page.locator(f"#n{number}", has_text="记下了").wait_for()
    call(phone, 39, "今天不坐")
    call(phone, 40, "没来")
    phone.page.locator("#n40", has_text="记下了").wait_for()
    phone.at.fill(counted="38")
    phone.page.locator("main button", has_text="到校下车").first.click()
    kept_here(phone)
    phone.at.go("/outbox")
    phone.sees("到校下车")
    keep(phone, "bus-outbox-375")
    assert not any(child.name in str(phone.lies()) for child in Person.objects.filter(pk__in=trip.roll.values("rider__child")))

    phone.cut(False)
    arrive(phone, lambda: states(trip) == {"ride_at_school": 38, "ride_excused": 1, "ride_missing": 1})
    assert trip.roll.count() == MANY and trip.roll.filter(boarded_at__isnull=False).count() == 38
    with pytest.raises(Refused, match="还有 1 个孩子"):
        close_trip(bus_trip_id=trip.pk, looked=True, **acts.who(house, "attendant") | {"at": timezone.now()})

    phone.at.go(roll)
    phone.page.locator("#n40 input[name=words]").fill("问了家长,孩子发烧在家")
    with phone.page.expect_navigation():  # the roll comes back by itself: nobody goes there meanwhile
        call(phone, 40, "问清了")
    arrive(phone, lambda: trip.roll.get(number=40).state == "ride_found")
    phone.at.go(roll)
    phone.page.locator("input[name=looked]").check()
    keep(phone, "bus-close-375")
    phone.page.locator("main button", has_text="收车").last.click()
    arrive(phone, lambda: BusTrip.objects.get(pk=trip.pk).state == "bus_looked_through")
    assert phone.at.faults == []


def test_on_the_way_home_each_goes_to_its_own_adult(house, sits):
    """The afternoon without a line: aboard, then to the uncle of its own list; one whom nobody fetched is brought back."""
    trip = forty(house, going_home=True, many=6)
    phone, roll = on_the_bus(sits), reverse("schools:bus_trip", args=[trip.pk])
    phone.ready(pages=1)
    phone.at.go(roll)
    phone.sees("车上 0/6")
    phone.cut()
    phone.at.go(roll)
    phone.sees("没有信号。这是留在本机的一页")
    for number in range(1, 7):
        call(phone, number, "上车")
        phone.page.locator(f"#n{number}", has_text="记下了").wait_for()
    for number in range(1, 6):
        call(phone, number, "交给叔叔")
        phone.page.locator(f"#n{number} form").wait_for(state="detached")
    phone.at.fill(counted="1", words="文老师")
    phone.page.locator("main button", has_text="到校下车").first.click()
    kept_here(phone)
    phone.at.go("/outbox")
    phone.cut(False)
    arrive(phone, lambda: states(trip) == {"ride_handed": 5, "ride_at_school": 1})
    assert all(one.receiver.rider_id == one.rider_id for one in trip.roll.filter(state="ride_handed").select_related("receiver"))
    assert phone.at.faults == []
