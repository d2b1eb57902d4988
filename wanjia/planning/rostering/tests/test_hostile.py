"""Whatever is put into a field, the file is refused by place or rostered without a breach: never a traceback."""

import copy
import json
import random

import pytest

from wanjia.planning.contract import BadInput
from wanjia.planning.rostering.check import breaches, score
from wanjia.planning.rostering.example import county
from wanjia.planning.rostering.reading import problem_from_json
from wanjia.planning.rostering.solve import solve

NASTY = [
    None,
    True,
    -1,
    0,
    1.5,
    10**30,
    1e308,
    float("nan"),
    float("inf"),
    "",
    "x",
    "S0",
    "G1",
    "Q0",
    "2026-02-30",
    [],
    [[]],
    {},
    {"a": 1},
]
TOP = ("days", "posts", "seats", "guards", "absent", "rules", "weights", "locks", "published", "days_before", "served_before")


def whole():
    """Return a small county that uses every field there is."""
    data = county(4, schools=2, guards=12, days=3)
    seat, day, slot = data["seats"][0]["id"], data["days"][0], data["seats"][0]["slot"]
    data |= {"locks": [[seat, day, None]], "published": [[seat, day, data["seats"][0]["allowed"][0]]]}
    data |= {"days_before": ["2026-08-28", "2026-08-31"], "served_before": [["G0", "2026-08-31", slot]]}
    data["weights"] |= {"per_change": 2, "per_person_week": 0}
    data["guards"][0] |= {"cap_per_day": 2, "cap_per_month": 9, "carried": -1, "qualifications": ["traffic"]}
    data["seats"][1] |= {"qualifications": []}
    return data


def places(node, here=()):
    """Yield the path of every value in the data."""
    for key in node if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ():
        yield (*here, key)
        yield from places(node[key], (*here, key))


def spoilt(seed):
    """Return the county with one to three values replaced, left out or doubled, where each kind of field is as likely."""
    rng, data = random.Random(seed), whole()
    for _ in range(rng.choice([1, 1, 2, 3])):
        top = rng.choice([top for top in TOP if top in data] or [None])
        paths = [(top,), *places(data.get(top), (top,))] if top else []
        if not paths:
            continue
        *way, last = rng.choice(paths)
        node = data
        for key in way:
            node = node[key]
        act = rng.random()
        if act < 0.2:
            del node[last]
        elif act < 0.3 and isinstance(node, list):
            node.append(copy.deepcopy(node[last]))
        else:
            node[last] = copy.deepcopy(rng.choice(NASTY))
    return data


def settled(data):
    """Return the place of the refusal, or None when a roster came out that breaks nothing."""
    try:
        problem = problem_from_json(data)
    except BadInput as refusal:
        return refusal.place if refusal.zh and refusal.en else "a refusal without a sentence"
    roster = solve(problem)
    assert breaches(problem, roster.plan) == []
    assert roster.bound <= roster.objective == score(problem, roster.plan).total
    return None


def test_the_county_with_every_field_is_rostered():
    assert settled(whole()) is None


@pytest.mark.parametrize("block", range(8))
def test_spoilt_counties_are_refused_by_place_or_rostered(block):
    outcomes = [settled(spoilt(seed)) for seed in range(block * 100, block * 100 + 100)]
    refused = [place for place in outcomes if place]
    assert len(refused) > 30, "negative control: most of what is spoilt must be seen"
    assert len(refused) < 100
    assert all(place.split("[")[0].split(",")[0].split(" ")[0] in {*TOP, "top"} for place in refused)


def test_nan_in_the_text_of_a_file_is_refused_by_place():
    data = whole()
    data["guards"][2]["target"] = float("nan")
    with pytest.raises(BadInput, match=r"guards\[2\], field target"):
        problem_from_json(json.loads(json.dumps(data)))
