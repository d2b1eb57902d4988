"""The rhythm of a party branch and what its decisions take, row by row: the day before a rule began, months, quarters and years that are over."""

from datetime import date

import pytest

from wanjia.policy import branch as policy

BEGAN, BEFORE = date(2018, 10, 28), date(2018, 10, 27)
TODAY = date(2026, 11, 2)


@pytest.mark.parametrize(("kind", "per"), [
    ("members_meeting", "quarter"), ("committee_meeting", "month"), ("group_meeting", "month"), ("secretary_class", "year"), ("theme_day", "month"), ("life_meeting", "year"), ("appraisal", "year"),
])
def test_each_rhythm_begins_on_its_day(kind, per):
    rule = policy.in_force(BEGAN)[kind]
    assert (rule.per, rule.least, rule.basis, bool(rule.source)) == (per, 1, "rule", True)
    assert kind not in policy.in_force(BEFORE)


@pytest.mark.parametrize(("matter", "due", "come", "agree"), [
    ("ordinary", 10, 6, 6), ("ordinary", 9, 5, 5), ("ordinary", 1, 1, 1), ("four_steps", 10, 7, 6), ("four_steps", 9, 6, 5), ("four_steps", 3, 2, 2),
])
def test_what_a_decision_takes(matter, due, come, agree):
    rule = policy.deciding(matter, TODAY)
    assert (rule.must_come(due), rule.must_agree(due)) == (come, agree)


def test_before_there_was_a_rule_there_is_none():
    assert policy.deciding("ordinary", BEFORE) is None and policy.deciding("four_steps", date(2018, 12, 28)) is None
    assert policy.deciding("ordinary", BEGAN) and policy.deciding("four_steps", date(2018, 12, 29))


@pytest.mark.parametrize(("per", "day", "first", "last", "words"), [
    ("month", date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31), "2026-12"), ("quarter", date(2026, 10, 1), date(2026, 10, 1), date(2026, 12, 31), "2026 Q4"),
    ("quarter", date(2026, 3, 31), date(2026, 1, 1), date(2026, 3, 31), "2026 Q1"), ("year", TODAY, date(2026, 1, 1), date(2026, 12, 31), "2026"),
])
def test_a_span_is_a_month_a_quarter_or_a_year(per, day, first, last, words):
    found = policy.span_of(per, day)
    assert (found.first, found.last, found.words) == (first, last, words)


def test_only_spans_that_are_over_and_were_whole_are_asked_for():
    assert [one.words for one in policy.spans("month", date(2026, 8, 2), TODAY)] == ["2026-10", "2026-09"]
    assert [one.words for one in policy.spans("quarter", date(2026, 4, 1), TODAY)] == ["2026 Q3", "2026 Q2"]
    assert policy.spans("year", date(2026, 1, 1), TODAY) == ()
