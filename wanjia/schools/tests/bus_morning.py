"""A morning of a township's buses as rows: where doors and schools lie says benchmarks/bus_mornings.py, in metres. Everybody is invented."""

from datetime import date, time
from math import cos, radians

from benchmarks.bus_mornings import ground
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import Line, Tier
from wanjia.registry.models import Person
from wanjia.registry.tests.factories import unit
from wanjia.schools.models import Bell, Bus, Rider, School

from . import acts_buses as acts
from .factories import START, term

NORTH, EAST, METRES = 28.2, 103.6, 111_195.0  # the first school; metres of a degree of latitude
FLEET = ((8, 19), (4, 33))  # vehicles, seats as licensed: twelve, as the page has them
BELL, LEAVES = time(8), time(17)


def degrees(point):
    """Return (latitude, longitude) of metres east and north of the first school."""
    east, north = (float(one) for one in point)
    return NORTH + north / METRES, EAST + east / (METRES * cos(radians(NORTH)))


def morning(world, *, homes=260, schools=5, fleet=FLEET, **more):
    """Plant it: schools with a bell, vehicles with all their papers, a child or more at each door. Returns the riders."""
    points, belongs, children = ground(homes=homes, schools=schools, **more)
    term(world)
    gates = [_school(world, n, degrees(points[1 + n])) for n in range(schools)]
    vehicles(world, fleet)
    pupils, doors = [], []
    for home in range(homes):
        for _child in range(children[home]):
            pupils.append(Person(name=f"学生{len(pupils)}", birth_on=date(2016, 1, 1), schooling="primary", grade="四年级", village=world.datong, registered_at=MONDAY))
            doors.append((gates[belongs[home]], degrees(points[1 + schools + home])))
    Person.objects.bulk_create(pupils)
    facts = {"area": world.datong, "asked_by": "某", "recorded_at": MONDAY, "from_on": START}
    return Rider.objects.bulk_create([Rider(child=child, school=school, lat=lat, lon=lon, **facts) for child, (school, (lat, lon)) in zip(pupils, doors, strict=True)])


def yard(**more):
    """Where the vehicles stand at night, as somebody types it."""
    lat, lon = degrees(ground(**more)[0][0])
    return f"{lat:.6f},{lon:.6f}"


def _school(world, n, place):
    one = School.objects.create(
        unit=unit(f"细沙乡第{n + 1}学校", Tier.TOWNSHIP, world.xisha, Line.EDUCATION), area=world.datong, address="某街1号", grades="1 2 3 4 5 6", lat=place[0], lon=place[1], from_on=START,
    )  # fmt: skip
    Bell.objects.create(school=one, grades=one.grades, weekdays="12345", arrives=BELL, leaves=LEAVES, from_on=START)
    return one


def vehicles(world, fleet):
    """School buses with all their papers."""
    papers = {
        "kind": "school_bus", "made_for": "pupils", "equipment": "extinguisher first_aid hammer recorder", "inspected_on": date(2026, 9, 1), "insured_until": date(2027, 8, 31),
        "permit_until": date(2027, 8, 31), "from_on": START,
    }  # fmt: skip
    seats = [n for many, n in fleet for _one in range(many)]
    Bus.objects.bulk_create([Bus(operator=acts.operator(world), label=f"{k + 1}号车", plate=f"云C2{k:04d}", seats=n, **papers) for k, n in enumerate(seats)])
