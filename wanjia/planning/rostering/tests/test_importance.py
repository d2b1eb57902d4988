"""The weights in words say what the referee counts, in the order in which it weighs."""

from wanjia.planning.rostering.importance import words
from wanjia.planning.rostering.problem import Weights


def test_the_usual_weights_come_in_their_order_in_both_languages():
    said = words(Weights())
    assert said["en"] == [
        "Rules are never broken: a seat stays open rather than break one.",
        "An open seat weighs 1,000 points, as much as 1,000 km or 250 duties not done by the fixed person.",
        "A duty not done by the fixed person weighs 4 points, as much as 4 km.",
        "Fairness over the term: each duty above or below the fair share weighs 3 points, and 9 points beyond 4.",
        "Each kilometre of the way weighs 1 point.",
    ]
    assert said["zh"][1] == "空一岗计 1,000 分,相当于 1,000 公里或 250 岗不由定人上。"
    assert [line[:2] for line in said["zh"]] == ["规则", "空一", "一岗", "全学", "路程"]


def test_other_weights_come_in_another_order():
    said = words(Weights(per_km=7, per_change=50, per_person_week=5))["en"]
    assert [line.split(" weighs")[0] for line in said[1:]] == [
        "An open seat",
        "Each duty that differs from the published roster",
        "Each kilometre of the way",
        "Each different person whom a seat sees in a week",
        "A duty not done by the fixed person",
        "Fairness over the term: each duty above or below the fair share",
    ]
    assert "50 points, as much as 7.1 km." in said[2]
    assert said[5].endswith("weighs 4 points.")


def test_a_weight_of_nothing_says_so_and_comes_last():
    said = words(Weights(not_fixed_person=0, per_km=0))
    assert said["en"][1] == "An open seat weighs 1,000 points."
    assert said["en"][-2:] == ["Whether the fixed person comes does not count.", "Distance does not count."]
    nothing = words(Weights(0, 0, 0, 0, 4, 0))
    assert all("not count" in line for line in nothing["en"][1:])
    assert all("不计分" in line for line in nothing["zh"][1:])


def test_fairness_that_begins_late_or_is_steep_at_once():
    assert "0 points, and 6 points beyond 4" in words(Weights(per_duty_off_target=0))["en"][2]
    assert words(Weights(steeper_beyond=0))["en"][2].endswith("fair share weighs 9 points.")
    assert words(Weights(steeper_extra_per_duty=0))["en"][3].endswith("fair share weighs 3 points.")
