"""Some days of a simulated year of a village: without a fault they find nothing; a fault is found by the parts that live it. The whole: `make prove-village`, `make prove-year`, `make prove-planted`."""

import os

import pytest

from tests.house.worlds import World
from tests.planted.faults import planted
from wanjia.kernel.acts import ACTS
from wanjia.kernel.models import Entry
from wanjia.site.simulating import year
from wanjia.site.simulating.town import Town
from wanjia.village import simulating

WHOLE = bool(os.environ.get("WANJIA_WHOLE_PROOF"))
# Each fault: the parts that live it, and what is said.
SOON = {
    "quorum_rounded_down": ("Councils", "a quorum is judged wrongly"),
    "dividend_rounded_up": ("Councils Notices Money Dividends", "a dividend differs"),
    "told_though_it_needs_a_hand": ("Telling", "an unlawful act went through"),
    "learns_with_the_unshown": ("Crafts", "an unlawful act went through"),
    "step_with_too_few": ("Councils Notices Matters", "an unlawful act went through"),
}
LATER = {
    "level_with_the_last_left_out": ("Councils Appraising", "homes that stood differ"),
    "taken_back_and_hanging": ("Councils Appraising", "the red list that hangs differs"),
    "plan_late_by_a_day": ("Councils Notices Plans", "late items are told wrongly"),
    "asset_counted_unseen": ("Councils Notices Plans", "what was planned and what stands differ"),
    "taken_off_and_found": ("Crafts", "whom everybody finds differs"),
    "promised_when_gone": ("Crafts", "an unlawful act went through"),
    "consent_from_before": ("Crafts Ventures", "an unlawful act went through"),
    "cleanup_by_who_counted": ("Branch CleanUps", "an unlawful act went through"),
    "answered_again_by_the_first": ("Councils Proposals", "an unlawful act went through"),
    "slip_by_its_number": ("Councils Proposals", "a slip opens something else"),
    "half_is_enough": ("Branch Gathering", "what the branch decided differs"),
    "missed_month_unseen": ("Branch Gathering", "what is missing is told wrongly"),
}
FOUND = SOON | (LATER if WHOLE else {})
# Of these every act is done within weeks, the first time as soon as it may be; but what waits for July, for too few to vote, for a decision to fall or for a member to go.
LIVED = [
    "appraisal_round", "red_entry", "shortcoming", "village_plan", "plan_work", "village_asset", "craftsman", "mentor_pair", "craft_booking", "venture", "village_proposal", "step_matter", "branch_activity", "branch_day", "clean_up",
]  # fmt: skip
NOT_YET = {"appraisal_round.fall_short", "step_matter.stop", "village_plan.end"}


def weeks(days, **how):
    """Live some days of a small world's village alone."""
    world = World()
    return year.run(Town(world.datong.pk, ""), seed=1, days=days, needs=40, beside=False, app="wanjia.village", **how)


def alone(monkeypatch, parts):
    """Let only these parts live: the others are not felt by what is looked for."""
    monkeypatch.setattr(simulating, "PARTS", [one for one in simulating.PARTS if one.__name__ in parts.split()])


@pytest.mark.django_db
def test_some_days_of_a_village_find_nothing():
    lived = weeks(45 if WHOLE else 10)
    assert (lived["violations"], lived["stories"]) == (0, [])
    assert lived["village_acts"] > 250 and lived["village_refusals"] > 200


@pytest.mark.django_db
@pytest.mark.skipif(not WHOLE, reason="make prove-village")
def test_some_weeks_do_each_act_of_what_people_do_together(monkeypatch):
    alone(monkeypatch, "Councils Notices Branch Appraising Telling Plans Crafts Ventures Proposals Matters Gathering CleanUps")
    weeks(45)
    asked = {line for act in ACTS.values() for line in act.lines if line.split(".")[0] in LIVED}
    assert asked - NOT_YET <= set(Entry.objects.values_list("act", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize("fault", FOUND)
def test_a_planted_fault_is_found(fault, monkeypatch):
    parts, word = FOUND[fault]
    alone(monkeypatch, parts)
    with planted(fault):
        lived = weeks(120 if WHOLE else 40, first_only=True)
    assert word in str(lived["kinds"]), lived["stories"]
