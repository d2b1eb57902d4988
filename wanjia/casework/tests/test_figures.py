"""A figure is a count of promises: the same on its day and re-run later, and never more than its rows."""

import pytest

from wanjia.casework.callback.commands import call_back
from wanjia.casework.figures.population import NEEDS
from wanjia.casework.models import Need
from wanjia.casework.slip.commands import HOUSEHOLD, answer_by_slip
from wanjia.casework.states import NeedState
from wanjia.casework.tests.factories import later
from wanjia.casework.tests.walk import bring, reported_with_slip
from wanjia.indicators.definitions import definitions, parts, percent, shown
from wanjia.kernel.calendar import today
from wanjia.reporting.figures.queries import by_area, count, figures, in_area, last_months, monthly, rows_for, rows_of

from .wander import SEEDS, wander

ALL = {**definitions("needs"), **parts("needs")}
DAY = today(later(days=6))


def everything():
    return Need.objects.all()


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_was_done_figures_hold_on_every_day(world, seed):
    printed = {today(at): count(everything(), None, today(at), items=ALL) for at in wander(world, seed)}
    last = max(printed)
    past_days_give_again_what_was_printed_on_them(printed, last)
    for day in (None, last):
        every_figure_is_the_number_of_its_rows_and_the_parts_sum_up(day, last)
    a_county_is_the_sum_of_its_townships_and_a_year_of_its_months(last)


def past_days_give_again_what_was_printed_on_them(printed, last):
    assert {day: count(everything(), day, last, items=ALL) for day in printed} == printed
    # Negative control: without the timelines the past is told by today's columns, and comes out wrong.
    wrong = {day: count(everything(), None, day, items=ALL) for day in printed}
    assert wrong != printed
    assert wrong[last] == printed[last]


def every_figure_is_the_number_of_its_rows_and_the_parts_sum_up(day, last):
    counted = count(everything(), day, last, items=ALL)
    assert {id_: rows_of(id_, everything(), day, last).count() for id_ in ALL} == counted
    path = sum(n for id_, n in counted.items() if id_.startswith("path."))
    assert path == counted["needs.received"] == everything().count()
    assert sum(n for id_, n in counted.items() if id_.startswith("age.")) == counted["needs.open"]
    decided = sum(counted[f"needs.{id_}"] for id_ in ("reasonable", "declined", "undecided", "withdrawn"))
    assert decided == counted["needs.received"]
    assert counted["needs.confirmed"] <= counted["needs.callback_due"] <= counted["needs.reasonable"]


def a_county_is_the_sum_of_its_townships_and_a_year_of_its_months(last):
    whole = count(in_area(NEEDS, "530625"), last, last)
    townships = by_area(in_area(NEEDS, "530625"), last, last, 9)
    assert set(townships) == {"530625202", "530625108"}
    assert {id_: sum(row[id_] for row in townships.values()) for id_ in whole} == whole
    assert townships["530625202"] == count(in_area(NEEDS, "530625202"), last, last)
    months = last_months(NEEDS, count(in_area(NEEDS, "530625"), last, last, by={"month": NEEDS.month}, items=monthly(NEEDS)), last)
    assert sum(row["needs.received"] for _month, row in months) == whole["needs.received"]
    for one, row in months:
        assert NEEDS.in_month(in_area(NEEDS, "530625"), one).count() == row["needs.received"]


def test_a_declined_need_stays_counted(world):
    bring(world, NeedState.DECLINED)
    counted = count(everything(), None, DAY)
    assert (counted["needs.received"], counted["needs.declined"], counted["needs.reasonable"]) == (1, 1, 0)
    assert counted["needs.open"] == 0


def test_the_households_no_takes_a_need_out_of_settled(world):
    need = bring(world, NeedState.DONE_REPORTED)
    before = count(everything(), None, DAY)
    assert (before["needs.settled"], before["needs.open"], before["needs.confirmed"]) == (1, 0, 0)
    call_back(need_id=need.pk, way="phone", reached=True, word="unsolved", by=world.caller, at=later(days=5))
    after = count(everything(), None, DAY)
    assert (after["needs.settled"], after["needs.open"], after["needs.confirmed"]) == (0, 1, 0)
    assert count(everything(), today(later(days=4)), DAY)["needs.settled"] == 1  # that day's figure stays what it was


def test_the_confirmed_rate_is_of_what_was_reported_and_never_the_handlers_word(world):
    bring(world, NeedState.DONE_REPORTED)
    bring(world, NeedState.VERIFIED)
    rows = {row["id"]: row for row in figures(everything(), None, DAY)}
    assert (rows["needs.settled"]["n"], rows["needs.settled"]["N"]) == (2, 2)
    assert (rows["needs.confirmed"]["shown"], rows["needs.confirmed"]["percent"]) == ("1/2", "50.00%")


def test_a_slips_word_and_a_callbacks_are_counted_apart(world):
    """The slip that another unit issued confirms, and is counted as the slip's; a callback's word never is, and their sum is the whole."""
    bring(world, NeedState.VERIFIED)
    slipped, _code = reported_with_slip(world, by=world.caller, summary="请求通水")
    answer_by_slip(need_id=slipped.pk, word="solved", by=HOUSEHOLD, at=later(days=5))
    counted = count(everything(), None, DAY)
    assert [one.confirmed_by for one in Need.objects.filter(confirmed="solved").order_by("number")] == ["callback", "slip"]
    assert (counted["needs.confirmed"], counted["needs.confirmed_by_slip"], counted["needs.callback_due"]) == (1, 1, 2)
    for id_ in ("needs.confirmed", "needs.confirmed_by_slip"):
        assert rows_of(id_, everything(), None, DAY).get().confirmed_by == ("slip" if id_.endswith("slip") else "callback")


def test_a_need_recorded_later_is_not_in_an_earlier_day(world):
    world.need(at=later(days=3))
    assert count(everything(), today(later(days=2)), DAY)["needs.received"] == 0
    assert count(everything(), today(later(days=3)), DAY)["needs.received"] == 1


def test_overdue_counts_from_the_day_after_the_date(world):
    need = bring(world, NeedState.ASSIGNED)
    assert count(everything(), None, need.due_on)["needs.overdue"] == 0
    assert count(everything(), None, need.due_on.replace(day=need.due_on.day + 1))["needs.overdue"] == 1


def test_a_bureau_counts_its_own_share_and_a_neighbour_nothing(world):
    bring(world, NeedState.ASSIGNED)  # held by 民政
    world.need()
    seen = {name: rows_for(NEEDS, getattr(world, name), world.county).count() for name in ("ledger", "handler", "teacher")}
    assert seen == {"ledger": 2, "handler": 1, "teacher": 0}
    assert rows_for(NEEDS, world.stranger, world.xisha).count() == 0


@pytest.mark.parametrize(
    ("n", "total", "rule", "words"),
    [
        ("131.13", "261.65", "truncate", "50.11%"),
        ("131.13", "261.65", "half_up", "50.12%"),
        ("261.65", "301.09", "half_up", "86.90%"),
        (106, 107, "half_up", "99.07%"),
        (1, 8, "half_up", "12.50%"),
        (0, 107, "half_up", "0.00%"),
        (3, 0, "half_up", "—"),
    ],
)
def test_a_percentage_is_shown_by_its_printed_rule(n, total, rule, words):
    assert percent(n, total, rounding=rule) == words


def test_a_share_is_shown_with_both_its_numbers():
    assert (shown(116), shown(106, 107), shown(0, 0)) == ("116", "106/107", "0/0")


def test_every_definition_names_meaning_source_and_its_whole():
    assert {"needs.received", "needs.declined", "needs.reasonable", "needs.settled", "needs.confirmed", "needs.open"} <= set(ALL)
    for item in ALL.values():
        assert item.meaning
        assert item.source
        assert bool(item.of) == bool(item.rounding)
        assert not item.of or item.of in definitions()
