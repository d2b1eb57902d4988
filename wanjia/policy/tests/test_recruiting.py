"""The 25 steps, by their articles: the day before and the day of each earliest date, the day of and after each latest; law and custom apart; no small number to be worked out."""

from datetime import date, timedelta

import pytest

from wanjia.policy import recruiting as policy

EDITION = policy.in_force(date(2026, 11, 2))
DAY = timedelta(days=1)
FIRST = date(2024, 3, 1)


def test_there_are_25_steps_in_5_stages_in_their_order():
    assert [one.number for one in EDITION.steps] == list(range(1, 26))
    assert [sum(one.stage == stage for one in EDITION.steps) for stage in range(1, 6)] == [2, 4, 5, 7, 7]
    assert len(EDITION.stages) == 5 and EDITION.source and EDITION.confirm


@pytest.mark.parametrize("number", range(2, 26))
def test_no_step_is_earlier_than_one_before_it(number):
    """The graph, step by step: with the step before alone, its day is the earliest, and the rules say so."""
    found = EDITION.earliest(number, {number - 1: FIRST})
    assert (found.day, found.basis) == (FIRST, policy.RULE)


@pytest.mark.parametrize(("number", "after", "months", "basis"), [
    pytest.param(7, 3, 12, policy.RULE, id="target after a year of training"), pytest.param(23, 15, 12, policy.RULE, id="full member after a year of probation"),
    pytest.param(3, 1, 3, policy.CUSTOM, id="activist after three months, by custom"),
])
def test_a_wait_ends_on_its_day(number, after, months, basis):
    found = EDITION.earliest(number, {after: FIRST}, basis=basis)
    assert (found.day, found.basis, bool(found.source)) == (policy.months_after(FIRST, months), basis, True)
    assert found.day > FIRST + DAY


def test_custom_is_said_and_never_law():
    assert EDITION.earliest(3, {1: FIRST}).day == FIRST  # the law lets it be the same day
    assert all(EDITION.earliest(one.number, dict.fromkeys(range(1, one.number), FIRST), basis=policy.CUSTOM) is None for one in EDITION.steps if one.number != 3)


@pytest.mark.parametrize(("number", "after", "months"), [(2, 1, 1), (15, 13, 1), (17, 15, 3), (24, 23, 3)])
def test_a_limit_ends_on_its_day(number, after, months):
    assert EDITION.latest(number, {after: FIRST}).day == policy.months_after(FIRST, months)
    assert {one.step for one in EDITION.limits} == {2, 15, 17, 24}


def test_an_approval_after_six_months_is_done_anew():
    assert EDITION.lapse(17, {15: FIRST}).day == date(2024, 9, 1)
    assert [EDITION.lapse(number, dict.fromkeys(range(1, 26), FIRST)) for number in (2, 15, 24)] == [None, None, None]


@pytest.mark.parametrize(("born", "day"), [(date(2008, 11, 2), date(2026, 11, 2)), (date(2008, 2, 29), date(2026, 3, 1))])
def test_who_applies_is_of_age(born, day):
    assert EDITION.earliest(1, {}, born).day == day
    assert EDITION.earliest(1, {}, None) is None


def test_an_extension_moves_the_end_of_probation_and_nothing_else():
    days = {15: FIRST}
    assert EDITION.earliest(23, days, extended=6).day == date(2025, 9, 1)
    assert EDITION.earliest(23, days).day == date(2025, 3, 1)
    assert EDITION.earliest(24, days, extended=6).day == FIRST
    assert EDITION.extension == (6, 12)


@pytest.mark.parametrize(("day", "months", "after"), [
    (date(2024, 2, 29), 12, date(2025, 2, 28)), (date(2025, 8, 31), 1, date(2025, 9, 30)), (date(2025, 12, 15), 1, date(2026, 1, 15)), (date(2025, 11, 30), 3, date(2026, 2, 28)),
])
def test_months_end_on_the_same_day_or_the_last_of_the_month(day, months, after):
    assert policy.months_after(day, months) == after


def test_reviews_come_again_each_half_year():
    assert EDITION.reviewed == (6, 21) and EDITION.next_review(6, date(2026, 3, 31)) == date(2026, 9, 30)


def test_how_many_stand_beside_and_how_long_training_is():
    assert (EDITION.mentors, EDITION.introducers, EDITION.training) == ((1, 2), (2, 2), (11, 24))


@pytest.mark.parametrize("number", [3, 6, 7, 11, 21, 23])
def test_what_else_a_step_asks_is_said_with_what_asks_it(number):
    assert {one.basis for one in EDITION.notes_of(number)} <= {policy.RULE, policy.CUSTOM} and EDITION.notes_of(number)


@pytest.mark.parametrize(("counts", "shown"), [
    ({"男": 9, "女": 7}, {"男": 9, "女": 7}), ({"男": 9, "女": 2}, {"男": None, "女": None}), ({"a": 9, "b": 1, "c": 4}, {"a": 9, "b": None, "c": None}), ({"a": 0, "b": 5}, {"a": 0, "b": 5}),
    ({"a": 1, "b": 1, "c": 9}, {"a": None, "b": None, "c": None}),
])
def test_no_small_number_can_be_worked_out(counts, shown):
    assert policy.balance(counts, 3) == shown


def test_before_the_first_edition_the_first_holds():
    assert policy.in_force(date(2010, 1, 1)) is policy.in_force(date(2014, 5, 28)) is EDITION
    with pytest.raises(LookupError):
        EDITION.step(26)
