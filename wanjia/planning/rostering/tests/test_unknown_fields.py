"""A misspelt field of a roster's file is refused by name, with the nearest one that is read."""

import pytest

from wanjia.planning.contract import BadInput
from wanjia.planning.rostering.reading import _guard, _rules


def test_a_misspelt_field_is_named_with_its_neighbour():
    with pytest.raises(BadInput) as refused:
        _guard({"id": "G1", "kind": "a", "cap_per_weeks": 2}, "guards[0]")
    assert refused.value.place == "guards[0], field cap_per_weeks"
    assert "cap_per_week" in refused.value.zh
    with pytest.raises(BadInput):
        _rules({"no_three_days_running_with_both_end": ["a"]}, [])
