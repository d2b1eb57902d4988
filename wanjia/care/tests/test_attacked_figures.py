"""Figures attacked: years added up, a past day that changes afterwards, a number that is not its rows."""

from datetime import date, timedelta

import pytest
from django.db.models import F

from wanjia.care.drilling.queries import population_called
from wanjia.care.models import Entitled, Meal, Serving, Session
from wanjia.indicators.definitions import everything
from wanjia.kernel.calendar import WorkingCalendar
from wanjia.kernel.tests.tried import MONDAY
from wanjia.reporting.figures import queries as counting

from . import acts_classes as classes
from . import acts_pairing as pairing

pytestmark = pytest.mark.django_db
DAY = MONDAY.date()
DAILY = ("sessions", "presences", "servings")


def told(world, day, today=DAY):
    """Every figure of days, over the township."""
    return {id_: n for name in DAILY for id_, n in counting.count(counting.in_area(population_called(name), world.xisha.stem), day, today).items()}


@pytest.fixture
def lived(world):
    """A session and a meal of last year, and one of today."""
    classes.all_fetched(world)
    classes.missed(world)
    Session.objects.create(care_class=Session.objects.get().care_class, day=DAY.replace(year=2025), opened_at=MONDAY - timedelta(days=365))
    Meal.objects.create(canteen=Meal.objects.get().canteen, day=DAY.replace(year=2025), price=800, share=200, opened_at=MONDAY - timedelta(days=365))
    return world


def test_a_year_counts_its_own_days_alone(lived):
    now = told(lived, None)
    assert now["sessions.held"] == 1 and now["presences.roll"] == 1 and now["servings.planned"] == 1
    assert told(lived, date(2025, 12, 31))["sessions.held"] == 1 and told(lived, date(2025, 1, 31))["sessions.held"] == 0


def test_the_page_of_the_programme_adds_up_no_years(lived, client):
    client.force_login(type(lived.care).objects.get(pk=lived.care.pk), backend="django.contrib.auth.backends.ModelBackend")
    for year, n in (("2026", 1), ("2025", 1)):
        page = client.get(f"/care/programme/?year={year}")
        rows = {row["id"]: row["n"] for _block, figures, *_more in page.context["blocks"] for row in figures}
        assert rows["sessions.held"] == n, year


def test_a_past_day_stays_what_it_was(lived):
    """What was open in the evening and is closed the next morning was open that evening."""
    Session.objects.filter(day=DAY).update(state="session_closed", closed_at=MONDAY + timedelta(days=1))
    assert told(lived, DAY)["sessions.closed"] == 0
    assert told(lived, DAY + timedelta(days=1), DAY + timedelta(days=1))["sessions.closed"] == 1


def test_every_definition_says_of_which_days(lived):
    for name in DAILY:
        assert all(item.meaning.startswith("当年到截至日") for item in everything(name).values()), name


def test_without_the_year_they_add_up(lived, monkeypatch):
    """Negative control: rows of any day, as they were counted."""
    of = population_called("servings")
    Serving.objects.create(meal=Meal.objects.get(day__year=2025), diner=Serving.objects.get().diner)
    assert told(lived, None)["servings.planned"] == 1
    monkeypatch.setitem(of.__dict__, "as_of", lambda rows, day, today: rows.annotate(f_state=F("state")))
    assert told(lived, None)["servings.planned"] == 2


# --- who is to have somebody ------------------------------------------------------------------------------------------------


def orphaned(world):
    """A child who was to have somebody, not alone, and of whom the register says today that it is to have somebody alone."""
    pairing.entitled(world)
    row = Entitled.objects.get()
    Entitled.objects.filter(pk=row.pk).update(alone=False, since_on=DAY - timedelta(days=10), due_on=DAY + timedelta(days=50))
    pairing.commands.watch_entitled(area=world.county, by=pairing.CLOCK, at=MONDAY)
    return row.child


def alone_on(world, day):
    return counting.count(Entitled.objects.all(), day, DAY, items=everything("entitled"))["entitled.alone"]


def test_who_turns_alone_today_was_not_alone_yesterday(world):
    orphaned(world)
    assert [alone_on(world, DAY - timedelta(days=1)), alone_on(world, None)] == [0, 1]
    assert counting.count(Entitled.objects.all(), None, DAY, items=everything("entitled"))["entitled.children"] == 1, "one child, one row a day"


def test_who_turns_alone_is_due_as_early_as_anybody_who_is(world):
    child = orphaned(world)
    row = Entitled.objects.get(child=child, to_on=None)
    assert row.due_on == WorkingCalendar.load().add(DAY, 10).on < DAY + timedelta(days=50)


def test_nobody_s_day_moves_on(world):
    """Who was late stays late, whatever the register says next."""
    orphaned(world)
    Entitled.objects.filter(to_on=None).update(since_on=DAY - timedelta(days=60), due_on=DAY - timedelta(days=30))
    world.register.child.statuses.all().delete()
    pairing.commands.watch_entitled(area=world.county, by=pairing.CLOCK, at=MONDAY)
    assert all(one.due_on <= DAY for one in Entitled.objects.filter(to_on=None))
