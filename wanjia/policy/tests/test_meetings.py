"""Every row of the law on meetings, by its article, and the day before and after it changed."""

from datetime import date
from fractions import Fraction

import pytest

from wanjia.policy import meetings as law

BEFORE, AFTER = date(2025, 12, 31), date(2026, 1, 1)
NO_LAW, COLLECTIVE = date(2025, 4, 30), date(2025, 5, 1)

# body, day, counted by, due, who must come, there, who must agree, days of notice, urgent, article
ROWS = [
    ("villagers", AFTER, "adults", 600, 301, 400, 201, 10, True, "第二十五条、第二十六条"),
    ("villagers", AFTER, "homes", 200, 134, 150, 76, 10, True, "第二十五条、第二十六条"),
    ("villagers", BEFORE, "adults", 601, 301, 301, 151, 10, False, "第二十一条、第二十二条"),
    ("villagers", BEFORE, "homes", 201, 134, 134, 68, 10, False, "第二十一条、第二十二条"),
    ("representatives", AFTER, "seats", 31, 21, 21, 11, 3, False, "第二十九条、第三十条"),
    ("representatives", BEFORE, "seats", 30, 20, 20, 11, 3, False, "第二十五条、第二十六条"),
    ("group", AFTER, "adults", 100, 67, 80, 41, 1, True, "第三十二条"),
    ("group", BEFORE, "homes", 40, 27, 30, 16, 1, True, "第二十八条"),
    ("council", AFTER, "seats", 10, 6, 6, 4, 3, True, "第三十三条"),
    ("council", BEFORE, "seats", 11, 6, 7, 4, 3, True, "议事会制度"),
    ("committee", AFTER, "seats", 5, 3, 4, 3, 1, True, "少数服从多数"),
    ("governance", AFTER, "seats", 9, 5, 5, 3, 1, True, "章程"),
    ("supervision", AFTER, "seats", 3, 2, 3, 2, 1, True, "第三十七条、第三十八条"),
    ("supervision", BEFORE, "seats", 3, 2, 2, 2, 1, True, "第三十二条、第三十三条"),
    ("branch", AFTER, "seats", 20, 14, 15, 11, 3, False, "四议两公开"),
    ("collective", COLLECTIVE, "members", 300, 200, 250, 200, 10, False, "第二十七条"),
    ("collective_reps", COLLECTIVE, "seats", 31, 21, 25, 21, 10, False, "第二十八条"),
]


@pytest.mark.parametrize(("body", "day", "by", "due", "come", "there", "agree", "notice", "urgent", "article"), ROWS, ids=lambda value: str(value))
def test_each_row_of_the_law(body, day, by, due, come, there, agree, notice, urgent, article):
    rule = law.in_force(body, day)
    assert (rule.must_come(by, due), rule.must_agree(due, there), rule.notice_days, rule.urgent) == (come, agree, notice, urgent)
    assert article in rule.source


def test_a_member_of_the_committee_is_removed_by_a_rule_of_its_own():
    for day, article in ((BEFORE, "第十六条"), (AFTER, "第十九条")):
        rule = law.in_force("villagers", day, "removal")
        assert article in rule.source and (rule.must_come("adults", 500), rule.must_agree(500, 251)) == (251, 126) and "homes" not in rule.quorum and not rule.urgent
    assert law.in_force("villagers", AFTER, "allowance").body == "villagers"


def test_the_collective_had_no_law_the_day_before():
    assert law.in_force("collective", NO_LAW) is None and law.in_force("collective_reps", NO_LAW) is None and law.in_force("villagers", date(2018, 12, 28)) is None
    assert [one.code for one in law.reserved(NO_LAW) if "assets" in one.code] == ["assets"]
    assert [one.code for one in law.reserved(COLLECTIVE) if "assets" in one.code] == ["collective_assets"]


def test_what_is_reserved_changed_on_the_day():
    new = {one.code for one in law.reserved(AFTER)} - {one.code for one in law.reserved(BEFORE)}
    assert new == {"planning", "aid_plan"} and law.matter("aid_plan", AFTER).to == ("representatives", "villagers") and law.matter("none", AFTER) is None
    assert all(kind in {one.body for one in law.rules()} for one in law.matters() for kind in one.to)


def test_fifteen_days_from_the_day_on():
    assert [law.publication(day).least_days for day in (BEFORE, AFTER, date(2000, 1, 1))] == [1, 15, 1]
    assert "第三十五条" in law.publication(AFTER).source


def test_only_the_collective_takes_proxies_and_only_representatives_have_a_make_up():
    assert {one.body for one in law.rules() if one.proxies} == {"collective"}
    of = law.in_force("representatives", AFTER)
    assert of.homes_per_seat == (5, 15) and (str(of.women), str(of.elected)) == ("1/3", "4/5")
    assert law.in_force("council", AFTER).women is None


@pytest.mark.parametrize("share", [law.Share(1, 2, "more"), law.Share(2, 3, "least"), law.Share(1, 3, "least"), law.Share(4, 5, "least")], ids=str)
def test_a_share_is_the_least_number_that_keeps_it(share):
    """Against exact fractions, for every number up to 2,000: one fewer is not enough."""
    part = Fraction(share.numerator, share.denominator)
    for n in range(1, 2001):
        k = share.of(n)
        if share.how == "more":
            assert Fraction(k, n) > part >= Fraction(k - 1, n)
        else:
            assert Fraction(k, n) >= part > Fraction(k - 1, n)
    assert law.Share(1, 2, "more").of(10) == 6 and law.Share(2, 3, "least").of(10) == 7


def test_whoever_says_nothing_of_its_source_is_not_law():
    assert all(one.source for one in (*law.rules(), *law.matters(), *law.publications()))
