"""The demo of the buses, lived by real commands in a small world: a filed line, riders, rolls to their end, a month that waits for a signature."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from tests.house.worlds import World
from wanjia.kernel.calendar import today
from wanjia.registry.models import Person
from wanjia.schools.buses.queries import lapses
from wanjia.schools.demo import buses as demo
from wanjia.schools.models import Bell, BusTrip, Operator, Ride, Rider, School, Settlement, Term

from .factories import of_education

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch):
    found, day = World(), today(timezone.now())
    monkeypatch.setattr(demo, "SCHOOL", "xiaozhang")
    began = day - timedelta(days=120)
    Term.objects.create(area=found.county, name="这学期", from_on=began, to_on=day + timedelta(days=90))
    one = School.objects.create(unit=of_education(found), area=found.datong, address="大同街1号", grades="1 2 3 4 5 6", from_on=began)
    Bell.objects.create(school=one, grades=one.grades, weekdays="12345", arrives=time(8), leaves=time(17, 20), from_on=began)
    for n in range(16):
        Person.objects.create(
            name=f"学生{n:02d}", birth_on=date(day.year - 9, 1, 1), schooling="primary", grade="三年级", school_name=one.unit.name, village=found.datong, registered_at=timezone.now(),
        )  # fmt: skip
    return found


def test_lived_once_by_real_commands(world):
    told = demo.live(world.county.pk, lambda _words: None)
    assert told["riders"] == demo.RIDERS == Rider.objects.filter(lat__isnull=False).count()
    assert told["trips"] == BusTrip.objects.filter(state="bus_looked_through").count() == BusTrip.objects.count() >= 4
    assert set(Ride.objects.values_list("state", flat=True)) == {"ride_at_school", "ride_handed", "ride_excused"}
    month = Settlement.objects.get()
    assert month.state == "month_drawn" and month.full == 600 * month.rides == month.home + month.subsidy > 0
    assert lapses([Operator.objects.get().pk], today(timezone.now())), "the desk has a paper that ends soon"
    assert not demo.live(world.county.pk, lambda _words: None), "a second time lives nothing"
