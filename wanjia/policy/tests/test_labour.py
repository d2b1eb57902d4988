"""Working age by the table of the State Council's decision of 2024-09-13; trades as sheets write them."""

from datetime import date

import pytest

from wanjia.policy.labour import in_force, last_month_of_work, of_working_age, trade_named, trades


@pytest.mark.parametrize(
    ("sex", "born", "retires"),
    [
        # 附表 1 (men) and 附表 2 (women of 55), first, second, last row and a birth before them
        ("男", date(1964, 12, 31), (2024, 12)),
        ("男", date(1965, 1, 1), (2025, 2)),
        ("男", date(1965, 5, 31), (2025, 7)),
        ("男", date(1976, 9, 1), (2039, 9)),
        ("男", date(1990, 3, 1), (2053, 3)),
        ("女", date(1969, 12, 1), (2024, 12)),
        ("女", date(1970, 1, 15), (2025, 2)),
        ("女", date(1981, 9, 1), (2039, 9)),
        ("", date(1965, 1, 1), (2025, 2)),
    ],
)
def test_the_month_of_retirement_is_the_tables(sex, born, retires):
    assert last_month_of_work(sex, born) == retires


def test_working_age_begins_with_the_sixteenth_birthday_and_ends_with_the_month_of_retirement():
    assert not of_working_age("男", date(2010, 11, 29), date(2026, 11, 28))
    assert of_working_age("男", date(2010, 11, 28), date(2026, 11, 28))
    assert of_working_age("女", date(1970, 1, 1), date(2025, 2, 28))
    assert not of_working_age("女", date(1970, 1, 1), date(2025, 3, 1))


@pytest.mark.parametrize(("words", "code"), [("普工", "factory"), (" 电焊工 ", "metal"), ("build", "build"), ("厨师长", "cook"), ("占卜", "other"), ("", "")])
def test_a_trade_is_known_by_the_words_of_sheets(words, code):
    assert trade_named(words) == code


def test_before_the_first_edition_the_first_holds():
    assert in_force(date(2000, 1, 1)) == in_force(date(2026, 11, 28))
    assert set(in_force(date(2026, 1, 1)).outside) < set(in_force(date(2026, 1, 1)).transferred)
    assert all(trade.zh and trade.en for trade in trades().values())
