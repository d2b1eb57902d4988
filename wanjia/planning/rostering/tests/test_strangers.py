"""A field that nobody reads is refused by name: a misspelt cap or leave must never be passed over in silence."""

import copy
import json
import random
from pathlib import Path

import pytest

from wanjia.planning.contract import BadInput
from wanjia.planning.rostering.reading import ROWS, RULES, TOP, problem_from_json

MISSPELT = json.loads((Path(__file__).parent / "found" / "misspelt-roster.json").read_text(encoding="utf-8"))
RIGHT = {"cap_per_weeks": "cap_per_week", "absence": "absent", "no_three_days_running_with_both_end": "no_three_days_running_with_both_ends"}


def mended() -> dict:
    text = json.dumps(MISSPELT)
    for wrong, right in RIGHT.items():
        text = text.replace(f'"{wrong}"', f'"{right}"')
    return json.loads(text)


def test_each_misspelt_field_is_named_with_its_place_and_its_neighbour() -> None:
    with pytest.raises(BadInput) as caught:
        problem_from_json(MISSPELT)
    for place in ("top level, field absence", "guards[0], field cap_per_weeks", "rules, field no_three_days_running_with_both_end"):
        assert place in caught.value.en
    assert all(f"是不是“{right}”" in caught.value.zh for right in RIGHT.values())


def test_spelt_rightly_the_same_file_is_read() -> None:
    """The control: nothing but the spelling was wrong, and the rules are heard."""
    problem = problem_from_json(mended())
    assert problem.guards[0].cap_per_week == 2
    assert ("G1", "2026-11-23", "07:30") in problem.absent


def test_words_for_people_may_stand_anywhere() -> None:
    document = mended()
    for row in (document, document["guards"][0], document["posts"][0], document["seats"][0], document["rules"]):
        row["note"] = "给人看的"
    assert len(problem_from_json(document).guards) == 2


@pytest.mark.parametrize("seed", range(10))
def test_any_misspelling_anywhere_is_refused_by_name(seed: int) -> None:
    dice = random.Random(seed)
    document = copy.deepcopy(mended())
    where, row, known = dice.choice([
        ("top level", document, TOP), ("rules", document["rules"], RULES),
        *((f"{table}[0]", document[table][0], known) for table, known in ROWS.items()),
    ])  # fmt: skip
    word = dice.choice(known)
    at = dice.randrange(len(word))
    wrong = dice.choice([word[:at] + word[at] + word[at:], word[:at] + "q" + word[at + 1 :], word + "s_", word.upper()])
    row[wrong] = 1
    with pytest.raises(BadInput) as caught:
        problem_from_json(document)
    assert caught.value.place == f"{where}, field {wrong}"
