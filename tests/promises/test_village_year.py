"""Some weeks of a simulated year of a village: without a fault they find nothing, and are the same weeks again; a fault of each book is found. The whole: `make prove-year`, `make prove-planted`."""

import pytest

from tests.house.worlds import World
from tests.planted.faults import planted
from wanjia.site.simulating import year
from wanjia.site.simulating.town import Town


def weeks(days, **how):
    """Live some days of a small world's village alone."""
    world = World()
    return year.run(Town(world.datong.pk, ""), seed=1, days=days, needs=40, beside=False, app="wanjia.village", **how)


@pytest.mark.django_db
def test_some_weeks_of_a_village_find_nothing():
    lived = weeks(16)
    assert (lived["violations"], lived["stories"]) == (0, [])
    assert lived["village_acts"] > 150 and lived["village_refusals"] > 100


@pytest.mark.django_db
@pytest.mark.parametrize(("fault", "word"), [("quorum_rounded_down", "a quorum is judged wrongly"), ("dividend_rounded_up", "a dividend differs")])
def test_a_planted_fault_is_found(fault, word):
    with planted(fault):
        lived = weeks(16, first_only=True)
    assert word in str(lived["kinds"]), lived["stories"]
