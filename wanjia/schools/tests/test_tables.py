"""The tables fill themselves: each number is as many rows as its link opens, a month holds its own rows alone, and what is about children is told outside the circle as it was published, or not at all."""

from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from tests.house.worlds import World
from wanjia.doors import moment
from wanjia.kernel.calendar import CHINA
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import User
from wanjia.reporting.figures.queries import figures
from wanjia.reporting.models import PublishedCounts
from wanjia.schools.models import BusTrip, GateDuty, GateTrouble, Hazard, LawLesson, Ride
from wanjia.schools.plan_states import Party
from wanjia.schools.tables.queries import HIDDEN, Month
from wanjia.solving.models import Plan

from . import acts_buses as buses
from .acts_year import far
from .factories import school
from .gate_factories import roster
from .inspection_factories import DAY, hazard
from .lesson_factories import lesson, vice

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
OCTOBER, NOVEMBER, TODAY = date(2026, 10, 1), date(2026, 11, 1), date(2026, 11, 20)


@pytest.fixture
def world():
    """A county with a roster, a hazard, a bus with a child aboard, lessons of two months."""
    found = World()
    roster(found)
    GateTrouble.objects.create(school=school(found), day=DAY, at="07:40", kind="traffic", words="门前堵车", done="疏导", recorded_at=MONDAY)
    hazard(found)
    buses.aboard(found)
    vice(found)
    lesson(found, recorded_at=MONDAY - timedelta(days=7))
    lesson(found, day=DAY + timedelta(days=3), topic="fraud", hours=2)
    return found


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """Every page is of the twentieth."""
    monkeypatch.setattr(moment, "timezone", SimpleNamespace(now=lambda: datetime.combine(TODAY, time(9), CHINA)))


def numbers(actor, area, first=NOVEMBER, today=TODAY, **more):
    """Return {column: what stands on the area's own line}."""
    told = Month(User.objects.get(pk=actor.pk), area, first, today, **more).tables()
    return {(one["table"].number, cell["key"]): cell["shown"] for one in told for line in one["lines"] if line["whole"] for cell in line["cells"]}


def test_a_month_holds_its_own_rows_alone(world):
    now, before = numbers(world.schools, world.county), numbers(world.schools, world.county, OCTOBER)
    seats = GateDuty.objects.filter(plan__standing__isnull=False, day__gte=NOVEMBER, day__lte=TODAY).exclude(party=Party.PARENT).count()
    assert now[6, "due"] == str(seats) and now[6, "troubles"] == "1" and before[6, "troubles"] == "0"
    assert (now[7, "found"], now[7, "open"], before[7, "found"]) == ("1", "1", "0")
    assert (now[9, "schools"], now[9, "vice"], now[9, "vice_share"]) == ("1", "1", "100.00%")
    assert (now[9, "lessons"], now[9, "hours"], before[9, "lessons"], before[9, "hours"]) == ("1", "2", "1", "1"), "a lesson of a week ago is October's"


def test_what_is_told_late_falls_between_no_two_months(world):
    """A visit and a lesson of October that are written down in November: October was told without them, November counts them, and the months add up to the year."""
    october, november = numbers(world.schools, world.county, OCTOBER), numbers(world.schools, world.county)
    hazard(world, serial=2, found_on=date(2026, 10, 30))
    lesson(world, day=date(2026, 10, 28), topic="net")
    before, now = numbers(world.schools, world.county, OCTOBER), numbers(world.schools, world.county)
    assert before == october and all(int(now[key]) == int(november[key]) + 1 for key in ((7, "found"), (7, "open"), (9, "lessons"), (9, "hours")))
    year = {one["id"]: one["n"] for rows in (Hazard.objects.all(), LawLesson.objects.all()) for one in figures(rows, TODAY, TODAY)}
    for key, figure in (((7, "found"), "hazards.found"), ((9, "lessons"), "law_lessons.held")):
        assert int(before[key]) + int(now[key]) == year[figure] == 3 - (key[0] == 7)


def test_a_draft_and_an_old_version_of_the_roster_are_counted_nowhere(world):
    """Whoever sees a whole area counts as everybody else: seats of a version that does not stand are no seats."""
    before = numbers(world.schools, world.county)[6, "due"]
    duty = GateDuty.objects.first()
    other = Plan.objects.create(kind=duty.plan.kind, about=duty.plan.about, area=world.county, number=99, asked_at=MONDAY, asked_by=User.objects.get(pk=world.schools.pk), settings={})
    kept = {field.attname: getattr(duty, field.attname) for field in duty._meta.concrete_fields if not field.primary_key}
    GateDuty.objects.create(**kept | {"plan_id": other.pk})
    assert numbers(world.schools, world.county)[6, "due"] == before == numbers(world.leader, world.county)[6, "due"]


def test_the_lines_below_add_up_to_the_area(world):
    told = Month(User.objects.get(pk=world.schools.pk), world.county, NOVEMBER, TODAY).tables()
    for one in told:
        whole, below = one["lines"][0], one["lines"][1:]
        for n, cell in enumerate(whole["cells"]):
            if cell["n"] is not None:
                assert cell["n"] == sum(line["cells"][n]["n"] for line in below), (one["table"].number, cell["key"])


def test_each_number_opens_as_many_rows(world, client):
    client.force_login(User.objects.get(pk=world.schools.pk), backend=BACKEND)
    shown = client.get(reverse("schools:tables") + f"?month=2026-11&area={world.county.pk}")
    opened = 0
    for one in shown.context["told"]:
        for line in one["lines"]:
            for column, cell in zip(one["table"].columns, line["cells"], strict=True):
                if not (address := cell.get("url")):
                    continue
                rows = client.get(address)
                assert rows.status_code == 200 and f'href="{address.replace("&", "&amp;")}"' in shown.content.decode()
                opened += 1
                if not column.summed:
                    assert rows.context["page"].paginator.count == rows.context["n"] == cell["n"], (one["table"].number, column.key, line["name"])
    assert opened >= 8


def test_the_rows_behind_a_number_stand_in_the_order_of_their_days(world, client):
    for n in (9, 2, 5):
        GateTrouble.objects.create(school=school(world), day=DAY + timedelta(days=n), at="07:40", kind="traffic", words="门前堵车", done="疏导", recorded_at=MONDAY)
    client.force_login(User.objects.get(pk=world.schools.pk), backend=BACKEND)
    shown = client.get(reverse("schools:table_rows") + f"?table=6&column=troubles&month=2026-11&area={world.county.pk}")
    assert [row.day for row in shown.context["page"]] == [DAY + timedelta(days=n) for n in (9, 5, 2, 0)]


def test_outside_the_circle_rides_are_as_they_were_published(world, client):
    ridden = Ride.objects.filter(trip__day__gte=NOVEMBER, trip__day__lte=TODAY)
    assert ridden.exists() and numbers(world.schools, world.county)[8, "rides"] != HIDDEN
    for reader, more in ((world.leader, {}), (world.schools, {"public": True})):
        told = numbers(reader, world.county, **more)
        assert told[8, "rides"] == told[8, "load"] == told[8, "subsidy"] == HIDDEN and told[8, "trips"] == "1", "nothing was published yet, and nothing follows from the rest"
    for day, n in ((date(2026, 10, 31), 40), (date(2026, 11, 30), 52)):
        PublishedCounts.objects.create(population="bus_rides", day=day, smallest=3, told={"bus_rides.ridden": {world.county.pk: n}}, hidden={}, recorded_at=MONDAY)
    told = numbers(world.leader, world.county, today=date(2026, 12, 3))
    assert told[8, "rides"] == "12", "of two published counts the difference, and nobody's row"
    below = Month(User.objects.get(pk=world.leader.pk), world.county, NOVEMBER, date(2026, 12, 3)).tables(8)[0]["lines"][1:]
    assert {line["cells"][1]["shown"] for line in below} == {HIDDEN}, "a place of which it is not told stays hidden"
    client.force_login(User.objects.get(pk=world.leader.pk), backend=BACKEND)
    address = reverse("schools:table_rows") + f"?table=8&column=rides&month=2026-11&area={world.county.pk}"
    assert client.get(address).status_code == 403 and client.get(address.replace("rides", "trips")).status_code == 200


def test_an_area_out_of_reach_a_month_to_come_and_an_unknown_column_are_not_found(world, client):
    client.force_login(User.objects.get(pk=world.schools.pk), backend=BACKEND)
    for query in (f"area={far().pk}", "month=2999-01", "month=x", "table=5"):
        assert client.get(f"{reverse('schools:tables')}?{query}").status_code == 404
    assert client.get(reverse("schools:table_rows") + "?table=8&column=load").status_code == 404


def test_the_workbook_and_the_paper_say_what_the_page_says(world, client):
    client.force_login(User.objects.get(pk=world.schools.pk), backend=BACKEND)
    query = f"?month=2026-11&area={world.county.pk}"
    book = client.get(reverse("schools:tables_sheet") + query)
    assert book["Content-Type"].endswith("sheet") and b"".join(book.streaming_content).startswith(b"PK")
    paper = client.get(reverse("schools:tables_paper") + query)
    assert paper["Content-Type"] == "application/pdf" and paper.content.startswith(b"%PDF")


def test_seats_are_counted_once_a_trip(world):
    trip = BusTrip.objects.get()
    assert numbers(world.schools, world.county)[8, "seats"] == str(trip.bus.room)
