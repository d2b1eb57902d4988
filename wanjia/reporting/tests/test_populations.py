"""Any app has populations: two toys over the register, each counted by its own definitions, by one interpreter; they do not mix."""

from datetime import date

import pytest

from wanjia.indicators import definitions
from wanjia.registry.models import Household, Visit
from wanjia.registry.tests.factories import NOW, TODAY, World
from wanjia.registry.visits.commands import cancel_visit, plan_visit

from ..figures import population, queries
from ..figures.population import Population, populations

HOMES = """population = "homes"
[[figure]]
id = "homes.all"
zh = "家庭"
en = "Homes"
[figure.where]
"""
VISITS = """population = "visits"
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
rounding = "half_up"
[figure.where]
state = ["planned"]
"""


def toy(file, name, model, place, few=()):
    """Return a population without a history: it is counted as it stands today."""
    return Population(name=name, definitions=file, rows=model, few=few, visible=lambda _actor, duty: model.objects.all(), place=place)


@pytest.fixture
def toys(monkeypatch, tmp_path):
    """The two populations alone stand, in place of what the installed apps bring."""
    brought = populations()
    for name, text in (("homes", HOMES), ("visits", VISITS)):
        (tmp_path / f"{name}.toml").write_text(text)
    two = [toy(tmp_path / "homes.toml", "homes", Household, "village_id"), toy(tmp_path / "visits.toml", "visits", Visit, "household__village_id", ("state",))]
    monkeypatch.setattr(population, "gather", lambda _kind: two)
    definitions.read(one.definitions for one in two)
    yield two
    definitions.read([one.definitions for one in brought], {one.name: one.dated for one in brought})


@pytest.fixture
def world(db):
    """The small world of the register, with one visit planned."""
    one = World()
    plan_visit(household_id=one.home.pk, planned_on=TODAY, visitor_ids=[one.li.pk, one.yang.pk], by=one.li, at=NOW)
    return one


def said(code):
    return {row["id"]: row["shown"] for row in queries.of_area(code)}


def test_each_app_s_rows_are_counted_by_its_own_definitions(toys, world):
    assert said("530625202") == {"homes.all": "1", "visits.all": "1", "visits.planned": "1/1"}
    assert said("530625108") == {"homes.all": "0", "visits.all": "0", "visits.planned": "0/0"}


def test_a_row_more_of_one_population_leaves_the_other_as_it_was(toys, world):
    world.register("李四", date(1980, 1, 1), 31)
    assert said("530625202") == {"homes.all": "2", "visits.all": "1", "visits.planned": "1/1"}


def test_by_area_each_population_goes_by_its_own_place(toys, world):
    homes, visits = toys
    for of, id_ in ((homes, "homes.all"), (visits, "visits.planned")):
        counted = queries.by_area(of.rows.objects.all(), None, TODAY, 9)
        assert {stem: row[id_] for stem, row in counted.items()} == {"530625202": 1}


def test_a_figure_opens_the_rows_it_counts(toys, world):
    assert list(queries.rows_of("visits.planned", Visit.objects.all(), None, TODAY)) == list(Visit.objects.all())


def test_one_population_s_definition_is_asked_of_no_other_rows(toys, world):
    """Negative control: a definition that asks nothing would count rows of any kind."""
    with pytest.raises(LookupError):
        queries.rows_of("homes.all", Visit.objects.all(), None, TODAY)


def test_rows_that_no_app_brings_are_not_counted(toys, world):
    with pytest.raises(LookupError):
        queries.figures(type(world.datong).objects.all(), None, TODAY)


def test_two_files_that_define_one_figure_are_refused(toys, tmp_path):
    (tmp_path / "again.toml").write_text(HOMES.replace('population = "homes"', 'population = "again"'))
    with pytest.raises(ValueError, match=r"homes\.all"):
        definitions.read([tmp_path / "homes.toml", tmp_path / "again.toml"])


@pytest.mark.parametrize("said", ["", 'rounding = "upwards"\n'])
def test_a_share_that_does_not_say_how_it_is_rounded_is_refused(toys, tmp_path, said):
    """Read, it would break the page of figures on the first day on which there is something to take a share of."""
    share = '\n[[figure]]\nid = "homes.some"\nzh = "几户"\nen = "Some"\nof = "homes.all"\n'
    file = tmp_path / "homes.toml"
    file.write_text(HOMES + share + said)
    with pytest.raises(ValueError, match=r"homes\.some"):
        definitions.read([file])
    file.write_text(HOMES + share + 'rounding = "half_up"\n')
    definitions.read([file])


def test_a_share_of_another_measure_is_refused(toys, tmp_path):
    """Rows over fen are no share of anything."""
    file = tmp_path / "homes.toml"
    share = '\n[[figure]]\nid = "homes.some"\nzh = "几户"\nen = "Some"\nof = "homes.all"\nrounding = "half_up"\n'
    file.write_text(HOMES + share + 'adds = "number"\n')
    with pytest.raises(ValueError, match=r"homes\.some"):
        definitions.read([file])


def test_without_a_history_no_past_day_is_counted(toys, world):
    """It is left out, and never counted as if today were that day."""
    assert populations(TODAY) == []
    with pytest.raises(LookupError):
        queries.rows_of("visits.planned", Visit.objects.all(), TODAY, TODAY)


def test_drilled_shows_the_rows_of_the_figure_asked_for_and_all_for_none(toys, world):
    page = queries.drilled(Visit.objects.all(), "visits.planned")
    assert [one["shown"] for one in page["figures"]] == ["1", "1/1"] and list(page["rows"]) == list(Visit.objects.all())
    cancel_visit(visit_id=Visit.objects.get().pk, reason="下雨", by=world.li, at=NOW)
    assert list(queries.drilled(Visit.objects.all(), "visits.planned")["rows"]) == []
    for other in ("", "homes.all", "nothing"):
        assert list(queries.drilled(Visit.objects.all(), other)["rows"]) == list(Visit.objects.all())
