"""Sums kept beside a population stand for its rows where they tell apart what is asked, and nowhere else; a past from dated rows; dated sets."""

from datetime import date

import pytest
from django.db.models import F, Value

from wanjia.indicators import definitions
from wanjia.indicators.conditions import Atom, true_of
from wanjia.registry.models import Visit
from wanjia.registry.tests.factories import NOW, TODAY, World
from wanjia.registry.visits.commands import plan_visit

from ..figures import population, queries
from ..figures.counting import q_of
from ..figures.population import Population, Sums, populations

TEXT = """population = "visits"
[[figure]]
id = "visits.all"
zh = "走访"
en = "Visits"
[figure.where]
[[figure]]
id = "visits.planned"
zh = "待走访"
en = "Planned visits"
of = "visits.all"
rounding = "truncate"
[figure.where]
state = "open"
[[figure]]
id = "visits.near"
zh = "近期走访"
en = "Visits of these days"
[figure.where]
planned_on_aged = [0, 30]
[[figure]]
id = "visits.long"
zh = "早就计划的走访"
en = "Visits planned long ago"
[figure.where]
planned_on_for = "long"
"""
THERE = "530625202"
LATER = date(2027, 6, 1)


def as_of(rows, day, _today=None):
    return (rows.filter(planned_on__lte=day) if day else rows).annotate(f_state=F("state"))


def sevens(stem):
    return Visit.objects.filter(household__village__code__startswith=stem).annotate(n=Value(7))


def toy(file, digits=9, kept=None):
    """Visits with sums that count each of them seven times, by which they are told from the rows."""
    sums = Sums(
        kept=kept or (lambda stem, day: (sevens(stem), ()) if day is None else None), facts={"state": "state"}, place="household__village_id", digits=digits,
    )  # fmt: skip
    return Population(
        name="visits", definitions=file, rows=Visit, few=("state",), visible=lambda _actor, duty: Visit.objects.all(), place="household__village_id",
        facts={"state": ("state", "")}, as_of=as_of, now_alone=("planned_on",), summed=(sums,),
        dated={"open": lambda day: ("planned",) if day < LATER else ("done",), "long": lambda _day: (2,)},
    )  # fmt: skip


@pytest.fixture
def bring(monkeypatch, tmp_path):
    brought = populations()
    file = tmp_path / "visits.toml"
    file.write_text(TEXT)

    def put(**other):
        one = toy(file, **other)
        monkeypatch.setattr(population, "gather", lambda _kind: [one])
        definitions.read([file], {"visits": one.dated})
        return one

    yield put
    definitions.read([one.definitions for one in brought], {one.name: one.dated for one in brought})


@pytest.fixture
def world(db):
    one = World()
    plan_visit(household_id=one.home.pk, planned_on=TODAY, visitor_ids=[one.li.pk, one.yang.pk], by=one.li, at=NOW)
    return one


def said(_of, rows, day=None):
    return {row["id"].removeprefix("visits."): row["shown"] for row in queries.figures(rows, day, TODAY)}


def test_sums_stand_for_all_rows_of_an_area_and_the_rows_for_what_sums_do_not_tell_apart(bring, world):
    of = bring()
    assert said(of, queries.in_area(of, THERE)) == {"all": "7", "planned": "7/7", "near": "1", "long": "0"}
    assert said(of, queries.in_area(of, "")) == {"all": "7", "planned": "7/7", "near": "1", "long": "0"}
    assert said(of, queries.in_area(of, "530625108"))["all"] == "0"


def test_rows_that_are_asked_for_further_are_counted_themselves(bring, world):
    of = bring()
    assert said(of, queries.in_area(of, THERE).filter(state="planned"))["all"] == "1"
    assert said(of, of.visible(None, duty=None))["all"] == "1"


def test_a_finer_area_than_the_sums_know_is_counted_from_the_rows(bring, world):
    of = bring()
    for digits, n in ((9, 7), (12, 1)):
        assert [row["visits.all"] for row in queries.by_area(queries.in_area(of, THERE), None, TODAY, digits).values()] == [n]
    assert said(of, queries.in_area(of, world.datong.code))["all"] == "1"


def test_sums_that_are_not_kept_for_a_day_are_not_taken(bring, world):
    of = bring(kept=lambda _stem, _day: None)
    assert said(of, queries.in_area(of, THERE))["all"] == "1"


def test_what_sums_do_not_hold_is_counted_from_the_rows_and_added(bring, world):
    world.register("李四", date(1980, 1, 1), 31, village=world.xinmin, by=world.stranger)
    far = world.home.__class__.objects.get(village=world.xinmin)
    plan_visit(household_id=far.pk, planned_on=TODAY, visitor_ids=[world.stranger.pk], by=world.stranger, at=NOW)
    of = bring(kept=lambda stem, day: (sevens(THERE), ["530625108"]) if day is None else None)
    assert said(of, queries.in_area(of, "530625"))["planned"] == "8/8"
    found = queries.by_area(queries.in_area(of, "530625"), None, TODAY, 9)
    assert {stem: row["visits.all"] for stem, row in found.items()} == {THERE: 7, "530625108": 1}


def test_a_past_day_is_counted_as_of_that_day_without_what_is_known_of_today_alone(bring, world):
    of = bring()
    assert populations(date(2026, 11, 1)) == [of]
    assert said(of, queries.in_area(of, THERE), date(2026, 11, 1)) == {"all": "0", "planned": "0/0"}
    assert said(of, queries.in_area(of, THERE), TODAY) == {"all": "1", "planned": "1/1"}
    with pytest.raises(LookupError):
        queries.figures(queries.in_area(of, THERE), TODAY, TODAY, known_at=NOW)


def test_a_set_goes_by_the_edition_of_the_day_counted(bring, world):
    """From its first day the next edition counts, and changes no day before it; the rows that a figure opens go by the same."""
    of = bring(kept=lambda _stem, _day: None)
    before, after = date(2027, 5, 31), LATER
    assert said(of, queries.in_area(of, THERE), before)["planned"] == "1/1" and said(of, queries.in_area(of, THERE), after)["planned"] == "0/1"
    assert [queries.rows_of("visits.planned", Visit.objects.all(), day, TODAY).count() for day in (before, after)] == [1, 0]


@pytest.mark.parametrize("op", ["aged", "not_aged", "for", "not_for"])
@pytest.mark.parametrize("value", [None, date(2026, 9, 3), date(2026, 9, 4), date(2026, 10, 3), date(2026, 10, 4), date(2026, 11, 3), date(2026, 11, 4)])
def test_dates_are_judged_by_the_database_as_by_python(world, op, value):
    atom = Atom("on", op, (0, 30) if "aged" in op else (2,))
    asked = Visit.objects.annotate(on=Value(value, Visit._meta.get_field("planned_on"))).filter(q_of(atom, TODAY))
    assert asked.exists() == atom.holds(value, TODAY) == true_of(atom, {"on": value}, TODAY)
    assert atom.holds(date(2026, 9, 3), TODAY) == (op in ("for", "not_aged"))
