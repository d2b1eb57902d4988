"""Figures of labourers over random lives: from sums, from rows, as of past days, and by Python from the plain rows, all one."""

from datetime import date

import pytest

from wanjia.indicators.conditions import true_of
from wanjia.indicators.definitions import definition, everything, percent
from wanjia.kernel.calendar import today
from wanjia.registry.tests.factories import NOW, TODAY
from wanjia.reporting.figures import queries as counting
from wanjia.reporting.figures.tally import Tally as Tallied

from ..figures.population import WORKERS
from ..models import Month, MonthSum, Tally, Verified, Worker
from ..tallying.commands import keep_months
from ..tallying.months import end_of_month
from .worlds import LabourWorld, state

DAYS = [date(2026, 6, 30), date(2026, 7, 15), date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 2)]


@pytest.fixture(params=range(2))
def world(request, db):
    return LabourWorld(request.param)


def plain(world, stem, day, items):
    """Count by Python from the plain rows."""
    there = [found for life in world.lives if life["village"].startswith(stem) and (found := state(life, day))]
    return {id_: sum(true_of(item.tree, facts, day) for facts in there) for id_, item in items.items()}


def of(stem, day=None, **by):
    items = WORKERS.askable(everything("labour"), day)
    return Tallied(counting.in_area(WORKERS, stem), day, TODAY, **by), items


@pytest.mark.parametrize("stem", ["", "5306", "530625", "530625202", "530625202201"])
def test_today_sums_rows_and_plain_rows_agree(world, stem):
    tally, items = of(stem)
    rows = Tallied(counting.in_area(WORKERS, stem).filter(), None, TODAY)
    assert tally.total(items) == rows.total(items) == plain(world, stem, TODAY, items)
    assert tally.total(items)["labour.labourers"] or not world.lives


@pytest.mark.parametrize("day", DAYS)
def test_a_past_day_is_as_it_was_and_kept_days_are_the_same(world, day):
    """Kept and counted agree of every kept day; a day that is not kept is counted all the same."""
    before = {stem: of(stem, day)[0].total(of(stem, day)[1]) for stem in ("5306", "530625202", "530625202201")}
    for stem, found in before.items():
        assert found == plain(world, stem, day, of(stem, day)[1])
    assert keep_months(at=NOW, most=1000) and not keep_months(at=NOW, most=1000)
    for stem, found in before.items():
        assert of(stem, day)[0].total(of(stem, day)[1]) == found
    assert "labour.fresh" not in of("5306", day)[1]


def test_sums_are_what_is_asked_and_not_the_rows(world):
    """Negative control: a sum that is wrong shows."""
    keep_months(at=NOW, most=1000)
    Tally.objects.update(n=1000)
    Verified.objects.update(n=1000)
    MonthSum.objects.update(n=1000)
    for day in (None, date(2026, 10, 31)):
        assert of("5306", day)[0].total(of("5306", day)[1])["labour.labourers"] >= 1000


def test_a_township_that_is_not_kept_is_counted_and_added_to_those_that_are(world):
    day = date(2026, 10, 31)
    found = of("5306", day)[0].total(of("5306", day)[1])
    keep_months(at=NOW, most=1000)
    Month.objects.filter(on=day, township=world.makou).delete()
    assert Month.objects.filter(on=day).exists() and of("5306", day)[0].total(of("5306", day)[1]) == found


def test_areas_add_up_to_their_county_and_places_to_all(world):
    items = everything("labour")
    for day in (None, date(2026, 10, 31)):
        items = WORKERS.askable(everything("labour"), day)
        whole = of("530625", day)[0].total(items)
        for digits in (9, 12):
            parts = Tallied(counting.in_area(WORKERS, "530625"), day, TODAY, stem=counting.stem(WORKERS, digits)).by("stem", items)
            assert {id_: sum(row[id_] for row in parts.values()) for id_ in items} == whole
        assert sum(whole[id_] for id_ in items if id_.startswith("place.")) == whole["labour.labourers"]


def test_every_figure_opens_as_many_rows_as_it_counts(world):
    for day in (None, date(2026, 9, 30)):
        tally, items = of("530625", day)
        found = tally.total(items)
        for id_, n in found.items():
            assert counting.rows_of(id_, counting.in_area(WORKERS, "530625"), day, TODAY).count() == n, id_


def test_somebody_in_two_populations_counts_in_both_and_once_in_all(world):
    found = of("5306")[0].total(of("5306")[1])
    both = Worker.objects.filter(left_on=None, lifted=True, relocated=True).count()
    alone = Worker.objects.filter(left_on=None).count()
    assert both and found["labour.labourers"] == alone and found["labour.lifted"] >= both <= found["labour.relocated"]


def test_the_shares_of_the_page_are_truncated():
    """131.13/261.65 = 50.1166 %: the page prints 50.11, and a rounded figure would print 50.12."""
    for id_, n, whole, printed in (("labour.outside", 1311300, 2616500, "50.11%"), ("labour.transferred", 2616500, 3010900, "86.90%")):
        item = definition(id_)
        assert percent(n, whole, rounding=item.rounding, places=item.places) == printed
    assert percent(1311300, 2616500, rounding="half_up") == "50.12%"


def test_every_definition_says_where_it_comes_from():
    for item in everything("labour").values():
        assert item.meaning and item.unit == "人" and (item.source or item.id.startswith("place."))
        assert item.rounding == ("truncate" if item.of else "")


def test_the_end_of_a_month():
    assert [end_of_month(date(2026, 3, 31), back) for back in (0, 1, 3)] == [date(2026, 3, 31), date(2026, 2, 28), date(2025, 12, 31)]
    assert today(NOW) == TODAY
