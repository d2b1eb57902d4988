"""What the rules of many rooms share: numbers as people write them, red lines of each of several texts."""

import pytest

from wanjia.policy import customs, fees, levies
from wanjia.verdict import Refused

from .. import rules


@pytest.mark.parametrize(("text", "bounds", "n"), [
    ("12.50", {}, 1250), (" 8 ", {}, 800), ("0", {}, 0), ("0", {"least": 1}, None), ("0.01", {"least": 1}, 1), ("20", {"most": 2000}, 2000), ("20.01", {"most": 2000}, None),
    ("", {}, None), ("-1", {}, None), ("1.005", {}, None), ("十二", {}, None), ("NaN", {}, None), ("999999999999.99", {}, 10**14 - 1), ("1000000000000", {}, None),
])  # fmt: skip
def test_a_number_is_read_one_way_within_its_bounds(text, bounds, n):
    if n is not None:
        assert rules.hundredths(text, "写成数字。", **bounds) == n
        return
    with pytest.raises(Refused, match=r"写成数字。"):
        rules.hundredths(text, "写成数字。", **bounds)


@pytest.mark.parametrize("policy", [customs, fees, levies])
def test_each_of_several_texts_is_held_against_the_red_lines(policy):
    word = policy._data()["red"][0]["words"][0]
    assert rules.crosses_nothing(policy.crossed, "三组入户路硬化", "")
    said = rules.crosses_nothing(policy.crossed, "三组入户路硬化", f"不交的{word}")
    assert not said and word in said.reason
    assert rules.crosses_nothing(policy.crossed, word[:1], word[1:]), "two texts are no one sentence"
