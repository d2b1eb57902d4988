"""The campaign's departures and people: two numbers that are never one; the window is dated; rows are as many as the number."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db.models import F
from django.test import Client
from django.utils import timezone

from wanjia.indicators.definitions import definitions
from wanjia.policy import labour
from wanjia.registry.tests.factories import NOW, TODAY
from wanjia.reporting.figures import queries as counting

from ..campaigns.queries import by_day, by_place
from ..hundred_days import population
from ..hundred_days.population import DEPARTURES, window_on
from ..hundred_days.queries import content, departures, people
from ..models import Campaign, Departed, DepartedSum
from ..tallying import checking, departed
from ..tallying.commands import forget, keep_departures
from .worlds import LabourWorld

WINDOW = SimpleNamespace(id="x", zh="百日行动", en="Campaign", starts=date(2026, 6, 15), ends=date(2026, 11, 1), source="", confirm="")


@pytest.fixture
def world(db, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    monkeypatch.setattr(population, "hundred_days", lambda: (WINDOW,))
    return LabourWorld(5, 80)


def began(world, day=TODAY, **what):
    spells = [(life["person"], one) for life in world.lives for one in life["spells"] if WINDOW.starts <= one["from_on"] < WINDOW.ends and one["from_on"] <= day]
    return [who for who, one in spells if all(one[name] == value for name, value in what.items())]


@pytest.mark.parametrize("day", [None, date(2026, 8, 20)])
def test_departures_and_people_are_counted_within_the_window(world, day):
    items, found = definitions("departures"), counting.count(counting.in_area(DEPARTURES, ""), day, TODAY)
    for id_, what in (("departures.all", {}), ("departures.organised", {"how": "organised"}), ("departures.carried", {"carried": True})):
        went = began(world, day or TODAY, **what)
        rows, n = departures(world.city, day or TODAY, items[id_])
        assert found[id_] == len(went) == n == rows.count()
        assert people(world.city, day or TODAY, items[id_]) == len(set(went))
    assert day or (len(began(world)) > len(set(began(world))) and found["departures.carried"])


def test_the_page_shows_both_and_weeks_and_areas_add_up(world):
    told = content(world.clerk, world.county, None, TODAY)
    assert told["left"] == 0 and told["figures"][0]["n"] == sum(week["n"] for week in told["weeks"]) == sum(line["cells"][0]["n"] for line in told["lines"])
    assert told["weeks"][-1]["sum"] == told["figures"][1]["n"] and told["figures"][1]["unit"] == "人次"
    by = Client()
    by.force_login(world.clerk)
    page = by.get(f"/labour/hundred-days/?area={world.xisha.code}").context
    rows = by.get(page["figures"][1]["url"]).context
    assert rows["page"].paginator.count == page["figures"][1]["n"]


def test_before_the_first_campaign_there_is_none(world):
    assert window_on(date(2026, 6, 14)) is None and content(world.clerk, world.county, date(2026, 6, 14), TODAY) is None
    by = Client()
    by.force_login(world.clerk)
    assert "还没有开始过行动" in by.get("/labour/hundred-days/?as_of=2026-06-14").content.decode()


def test_the_campaign_before_spring_festival_2024_is_dated_and_quoted_facts_are_quotes():
    one = labour.hundred_days()[-1]
    assert (one.ends - one.starts).days == 100 and one.ends == date(2024, 2, 10) and one.confirm
    assert {quote.id for quote in labour.quotes()} == {"share_transferred", "share_outside", "rank"} and all(quote.source and quote.as_of for quote in labour.quotes())


def everything(world, day):
    """Return all that the page says of the city, a county and a township on a day."""
    found = []
    for area in (world.city, world.county, world.xisha):
        told = content(world.clerk, area, day, TODAY)
        found.append(([(row["n"], row["people"]) for row in told["figures"]], told["weeks"], told["lines"]))
    return found


def summed():
    keep_departures(at=NOW, most=1000)  # makes the rows, and counts none: whoever wrote meanwhile is waited for
    keep_departures(at=NOW, most=1000)
    assert not departed.lacking(TODAY, 1) and not list(checking._departed())


@pytest.mark.parametrize("seed", [5, 6, 7])
@pytest.mark.parametrize("day", [None, date(2026, 6, 15), date(2026, 8, 20), date(2026, 10, 31)])
def test_sums_say_what_the_rows_say_and_so_do_some_of_them(db, monkeypatch, seed, day):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    for where in (population, labour):
        monkeypatch.setattr(where, "hundred_days", lambda: (WINDOW,))
    world = LabourWorld(seed, 60)
    of_rows = everything(world, day)
    summed()
    assert everything(world, day) == of_rows and DepartedSum.objects.exists()
    Departed.objects.filter(township=world.xisha).update(fresh=False)
    assert everything(world, day) == of_rows
    Departed.objects.update(fresh=True)
    DepartedSum.objects.update(n=F("n") + 1, people=F("people") + 1)  # they are read indeed, and the check names them
    assert everything(world, None) != of_rows and list(checking._departed())


def test_whatever_changes_a_spell_of_the_window_has_its_township_summed_again(world, monkeypatch):
    monkeypatch.setattr(labour, "hundred_days", lambda: (WINDOW,))
    summed()
    forget([world.xisha.code], WINDOW.ends)  # what is known otherwise from then on is no departure of these days
    assert not departed.lacking(TODAY, 9)
    forget([world.xisha.code], WINDOW.ends - timedelta(days=1))
    assert [one[0] for one in departed.lacking(TODAY, 9)] == [world.xisha]
    assert keep_departures(at=NOW, most=9) == 1 and not departed.lacking(TODAY, 9)


@pytest.mark.parametrize("seed", [5, 6])
@pytest.mark.parametrize("day", [date(2026, 7, 1), date(2026, 9, 1), TODAY])
def test_a_drives_days_are_said_by_sums_as_by_rows_and_by_some_of_each(db, monkeypatch, seed, day):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    monkeypatch.setattr(labour, "hundred_days", lambda: ())
    world = LabourWorld(seed, 60)
    facts = {"from_on": date(2026, 7, 1), "until_on": date(2026, 10, 20), "opened_at": NOW, "opened_by": world.clerk}
    drives = [Campaign.objects.create(name="行动", area=area, **facts) for area in (world.city, world.county, world.xisha)]

    def told():
        return [(by_day(one, day), by_place(one, day)) for one in drives]

    went = [one for life in world.lives for one in life["spells"] if one["how"] == "organised" and facts["from_on"] <= one["from_on"] <= min(day, date(2026, 10, 19))]
    of_rows = told()
    assert of_rows[0][0][-1][2] == of_rows[1][0][-1][2] == sum(row[2] for row in of_rows[1][1][0]) == len(went)
    summed()
    assert {one.starts for one in Departed.objects.all()} == {facts["from_on"]} and told() == of_rows
    Departed.objects.filter(township=world.xisha).update(fresh=False)
    assert told() == of_rows
    Departed.objects.update(fresh=True)
    DepartedSum.objects.filter(how="organised").update(n=F("n") + 1)  # they are read indeed
    assert (told() != of_rows) == bool(went)


def test_a_drive_that_ended_long_ago_or_is_a_townships_own_is_asked_of_its_rows(world, monkeypatch):
    monkeypatch.setattr(labour, "hundred_days", lambda: ())
    facts = {"name": "行动", "opened_at": NOW, "opened_by": world.clerk}
    Campaign.objects.create(area=world.xisha, from_on=date(2026, 7, 1), until_on=date(2026, 10, 1), **facts)
    Campaign.objects.create(area=world.county, from_on=date(2025, 7, 1), until_on=date(2025, 10, 1), **facts)
    Campaign.objects.create(area=world.county, from_on=TODAY + timedelta(days=1), until_on=date(2027, 1, 1), **facts)
    assert not departed.lacking(TODAY, 9)
    Campaign.objects.create(area=world.county, from_on=TODAY, until_on=date(2027, 1, 1), **facts)
    assert {one[1] for one in departed.lacking(TODAY, 9)} == {TODAY}
