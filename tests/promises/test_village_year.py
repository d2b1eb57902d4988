"""Some weeks of a simulated year of a village: without a fault they find nothing, and do nearly all that is done in one; a fault is found by the parts that live it. The whole: `make prove-year`, `make prove-planted`."""

import pytest

from tests.house.worlds import World
from tests.planted.faults import planted
from wanjia.site.simulating import year
from wanjia.site.simulating.town import Town
from wanjia.village import simulating

# What is found within a few weeks: the parts that live it, and what is said.
FOUND = {
    "quorum_rounded_down": ("Councils", "a quorum is judged wrongly"),
    "dividend_rounded_up": ("Councils Notices Money Dividends", "a dividend differs"),
    "taken_back_and_hanging": ("Appraising", "the red list that hangs differs"),
    "told_though_it_needs_a_hand": ("Telling", "an unlawful act went through"),
    "plan_late_by_a_day": ("Councils Notices Plans", "late items are told wrongly"),
    "asset_counted_unseen": ("Councils Notices Plans", "what was planned and what stands differ"),
    "taken_off_and_found": ("Crafts", "whom everybody finds differs"),
    "learns_with_the_unshown": ("Crafts", "an unlawful act went through"),
    "cleanup_by_who_counted": ("Branch CleanUps", "an unlawful act went through"),
    "answered_again_by_the_first": ("Councils Proposals", "an unlawful act went through"),
    "slip_by_its_number": ("Councils Proposals", "a slip opens something else"),
    "step_with_too_few": ("Councils Notices Matters", "an unlawful act went through"),
    "half_is_enough": ("Branch Gathering", "what the branch decided differs"),
}
ELSEWHERE = {"village_proposal.forget"}


def weeks(days, seed=1, **how):
    """Live some days of a small world's village alone."""
    world = World()
    return year.run(Town(world.datong.pk, ""), seed=seed, days=days, needs=40, beside=False, app="wanjia.village", **how)


@pytest.mark.django_db
def test_some_weeks_of_a_village_find_nothing():
    lived = weeks(16)
    assert (lived["violations"], lived["stories"]) == (0, [])
    assert lived["village_acts"] > 150 and lived["village_refusals"] > 100


@pytest.mark.django_db
@pytest.mark.parametrize("fault", FOUND)
def test_a_planted_fault_is_found(fault, monkeypatch):
    parts, word = FOUND[fault]
    monkeypatch.setattr(simulating, "PARTS", [one for one in simulating.PARTS if one.__name__ in parts.split()])
    with planted(fault):
        lived = weeks(40, first_only=True)
    assert word in str(lived["kinds"]), lived["stories"]
