"""The rules of same matter: what two sentences share, which needs are proposed together, and what it costs."""

import random
from datetime import date, timedelta

import pytest

from .. import matters

RULE = matters.in_force(date(2026, 11, 27))
DAY = date(2026, 11, 2)


def voiced(n, words="进社的路塌了半边", kind="road", home="", group="岩脚组", on=DAY, ended_on=None, village="530625202201"):
    return matters.Voiced(n, f"N{n:04d}", on, ended_on, village, home or f"home {n}", group, kind, matters.pairs_of(words, RULE.fillers))


def test_the_share_of_common_pairs_can_be_counted_on_paper():
    a, b = (matters.pairs_of(words, "的了") for words in ("水管冻裂了", "水管冻坏了,没有水"))
    assert (sorted(a), sorted(b)) == (["冻裂", "水管", "管冻"], ["冻坏", "有水", "水管", "没有", "管冻"])
    assert matters.alike(a, b) == 200 * 2 // 8 == 50
    assert matters.alike(a, b, least=3) == matters.alike(frozenset(), frozenset()) == 0


def test_no_pair_spans_a_mark_a_figure_or_a_filler():
    assert matters.pairs_of("路,塌的3米", "的") == frozenset()


@pytest.mark.parametrize(("one", "other", "said"), [
    (voiced(1, home="a"), voiced(2, "想修桥", home="a", on=DAY + timedelta(30)), ("same", ["home", "kind", "unlike", "days"])),
    (voiced(1, home="a"), voiced(2, "想修桥", home="a", on=DAY + timedelta(31)), None),
    (voiced(1, home="a"), voiced(2, home="a", on=DAY + timedelta(365)), ("same", ["home", "kind", "words", "days"])),
    (voiced(1, home="a"), voiced(2, home="a", on=DAY + timedelta(366)), None),
    (voiced(1, home="a", ended_on=DAY + timedelta(10)), voiced(2, home="a", on=DAY + timedelta(190)), ("same", ["home", "kind", "words", "again"])),
    (voiced(1, home="a", ended_on=DAY + timedelta(10)), voiced(2, home="a", on=DAY + timedelta(191)), None),
    (voiced(1), voiced(2, "路塌了半边,车过不去", on=DAY + timedelta(120)), ("same", ["group", "kind", "words", "days"])),
    (voiced(1), voiced(2, "路塌了半边,车过不去", on=DAY + timedelta(121)), None),
    (voiced(1, ended_on=DAY), voiced(2), None),
    (voiced(1, kind="aid"), voiced(2, kind="aid"), None),
    (voiced(1, kind="guardianship", home="a"), voiced(2, kind="guardianship", home="a"), None),
    (voiced(1), voiced(2, kind="industry"), ("related", ["group", "words", "days"])),
    (voiced(1), voiced(2, village="530625202202"), None),
])  # fmt: skip
def test_two_needs_are_proposed_by_the_numbers_of_the_rule(one, other, said):
    for pair in ((one, other), (other, one)):
        found = matters.why(*pair, RULE)
        assert (found and (found[0], [why.word for why in found[1]])) == said


def test_the_same_needs_in_any_order_make_the_same_proposals():
    dice = random.Random(7)
    words = ("进社的路塌了半边", "路塌了半边,车过不去", "蓄水池裂了口子", "蓄水池裂了,没有水吃", "村口的路灯坏了")
    needs = [voiced(n, dice.choice(words), dice.choice(("road", "water_power")), on=DAY + timedelta(dice.randrange(30))) for n in range(40)]
    first = told(matters.proposed(needs, {}, set(), RULE))
    for _turn in range(5):
        dice.shuffle(needs)
        assert told(matters.proposed(needs, {}, set(), RULE)) == first
    assert first


def told(clusters):
    return [(one.kind, one.seed.number, [(need.number, like.number) for need, like, _why in one.others]) for one in clusters]


def test_a_village_is_not_compared_all_with_all(monkeypatch):
    """Of four hundred needs, each about something else, hardly two are laid side by side. Control: in one pair of words all are."""
    compared, real = [], matters.why
    monkeypatch.setattr(matters, "why", lambda *args: compared.append(1) or real(*args))
    dice = random.Random(11)
    signs = [chr(0x4E00 + n) for n in range(3000)]
    needs = [voiced(n, "".join(dice.choices(signs, k=12))) for n in range(400)]
    matters.proposed(needs, {}, set(), RULE)
    assert len(compared) < 400
    compared.clear()
    matters.proposed([voiced(n, "水池") for n in range(60)], {}, set(), RULE)  # one pair in common: laid side by side, and too few to be alike
    assert len(compared) == 60 * 59 // 2


def test_before_the_first_edition_nothing_is_proposed():
    assert matters.in_force(date(2025, 12, 31)) is None


def test_what_a_home_voiced_again_draws_its_neighbours_into_the_same_proposal():
    """The neighbour is like the repeat, not like what had ended: it stands with both, and says which it is like."""
    ended = voiced(1, "蓄水池漏水", "water_power", home="a", ended_on=DAY + timedelta(5))
    again, next_door = (voiced(n, words, "water_power", home=home, on=DAY + timedelta(n)) for n, words, home in ((8, "蓄水池裂了口子", "a"), (9, "蓄水池裂口子了", "b")))
    [one] = matters.proposed([ended, again, next_door], {}, set(), RULE)
    assert told([one]) == [("same", "N0001", [("N0008", "N0001"), ("N0009", "N0008")])]
