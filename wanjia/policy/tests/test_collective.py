"""What the collective's money goes by: the law's day, the reserve, a sum shared out to the fen."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanjia.policy import collective, meetings

SHARES = st.dictionaries(st.text("0123456789", min_size=1, max_size=6), st.integers(1, 10**7), min_size=1, max_size=60)


def test_the_law_begins_on_the_first_of_may_2025() -> None:
    before, after = collective.in_force(date(2025, 4, 30)), collective.in_force(date(2025, 5, 1))
    assert (before.told_days, before.decides) == (0, "assets")
    assert (after.told_days, after.decides) == (10, "collective_assets"), "art. 46"
    assert collective.in_force(date(2019, 1, 1)) == before == collective.editions()[0]


def test_who_decides_on_a_distribution_is_the_members_meeting() -> None:
    """Art. 26, 27: before the law there is no such meeting."""
    assert meetings.in_force("collective", date(2025, 4, 30)) is None
    rule = meetings.in_force("collective", date(2025, 5, 1))
    assert rule is not None and rule.must_agree(100, 75) == 67, "two thirds of all, not of those who came"
    found = meetings.matter(collective.in_force(date(2025, 5, 1)).decides, date(2025, 5, 1))
    assert found is not None and found.to == ("collective",)


@pytest.mark.parametrize(("surplus", "parts", "fen"), [(200_000, 2000, 40_000), (1, 1, 1), (10_001, 5000, 5001), (0, 2000, 0), (-500, 2000, 0), (100, 0, 0), (100, 10_000, 100)])
def test_the_reserve_comes_first_rounded_up_and_nothing_of_a_loss(surplus: int, parts: int, fen: int) -> None:
    assert collective.reserve(surplus, parts) == fen


@given(total=st.integers(0, 10**12), shares=SHARES, order=st.randoms())
def test_a_split_adds_up_and_the_order_of_rows_changes_nothing(total: int, shares: dict[str, int], order: object) -> None:
    keys = list(shares)
    order.shuffle(keys)  # type: ignore[attr-defined]
    found = collective.split(total, shares)
    assert sum(found.values()) == total
    assert collective.split(total, {key: shares[key] for key in keys}) == found


@given(total=st.integers(0, 10**12), shares=SHARES)
def test_nobody_is_a_fen_from_his_part_and_more_shares_give_no_less(total: int, shares: dict[str, int]) -> None:
    found, whole = collective.split(total, shares), sum(shares.values())
    assert all(abs(fen * whole - total * shares[key]) < whole for key, fen in found.items())
    ranked = sorted(shares, key=lambda key: shares[key])
    assert all(found[a] <= found[b] or shares[a] == shares[b] for a, b in pairwise(ranked))


def test_the_fen_left_over_go_to_the_largest_remainders_then_the_smaller_number() -> None:
    assert collective.split(100, {"a": 1, "b": 1, "c": 1}) == {"a": 34, "b": 33, "c": 33}
    assert collective.split(101, {"c": 1, "b": 1, "a": 1}) == {"a": 34, "b": 34, "c": 33}
    assert collective.split(10, {"a": 1, "b": 2, "c": 4}) == {"a": 1, "b": 3, "c": 6}


def test_a_mean_of_few_is_not_told() -> None:
    assert collective.mean([1, 2, 3, 4], 5) is None and collective.mean([], 0) is None
    assert collective.mean([1, 2, 3, 4, 5], 5) == 3
