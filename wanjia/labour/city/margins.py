"""How many of whom: the city's printed figures at any size, and what falls to each county. Data: margins.toml.

The rule at a size other than the full one: each printed figure, and each group's size and transferred, is the nearest whole number to its share;
what lies within them is handed out by largest remainder. So at a tenth and at a hundredth of the city nearly all is exact, and at any size the
parts sum to their wholes.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

FILE = Path(__file__).with_suffix(".toml")
LEAST = 1_000  # below this the smallest groups vanish
FLAGS = ((True, True), (True, False), (False, True), (False, False))  # (lifted, relocated) of the four kinds of home, in the order of margins.toml
PLACES = ("county", "city", "province", "outside", "abroad")
WAYS = ("self", "kin", "organised", "carried")  # the last two are organised


@dataclass(frozen=True)
class Plan:
    """The city at one size.

    counts: {margin: people}. strata: [(lifted, relocated, watched)]. people, transferred: arrays (county, stratum).
    ways: array (county, place of PLACES, way of WAYS) of those at work; counties: their six digits.
    """

    counts: dict
    counties: tuple
    strata: tuple
    people: np.ndarray
    transferred: np.ndarray
    ways: np.ndarray


@cache
def said():
    """Return margins.toml."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def apportion(total, weights, most=None):
    """Return whole numbers that sum to `total`, in proportion to `weights` by largest remainder, none above its `most`.

    Raises ValueError when the `most` hold fewer than `total`.
    """
    weights = np.asarray(weights, dtype=float)
    most = np.full(len(weights), total) if most is None else np.asarray(most)
    if most.sum() < total:
        raise ValueError("more to hand out than there is room for")
    given = np.zeros(len(weights), dtype=np.int64)
    while (left := total - given.sum()) > 0:
        open_ = np.where(given < most, np.maximum(weights, 1e-9), 0)
        exact = left * open_ / open_.sum()
        whole = np.minimum(np.floor(exact).astype(np.int64), most - given)
        given += whole
        left -= whole.sum()
        order = np.argsort(-(exact - np.floor(exact)), kind="stable")
        room = [at for at in order if given[at] < most[at] and open_[at]]
        given[room[: min(left, len(room))]] += 1
    return given


def share(full, people):
    """Return the nearest whole number to what of `full` falls to a city of `people`."""
    whole = said()["printed"]["people"]
    return (2 * full * people + whole) // (2 * whole)


def counts_of(people):
    """Return {margin: people} of a city of this size: what is printed, and the two groups."""
    printed = {name: share(full, people) for name, full in said()["printed"].items()}
    groups = {f"{name}{end}": share(said()["groups"][name][what], people) for name in ("lifted", "relocated", "both") for what, end in (("people", ""), ("transferred", "_transferred"))}
    return printed | groups | {"watched": share(sum(said()["groups"]["watched"].values()), people)}


def _strata(counts):
    """Return ([(lifted, relocated, watched)], people of each, transferred of each)."""
    both, worked = counts["both"], counts["both_transferred"]
    people = [both, counts["lifted"] - both, counts["relocated"] - both, counts["people"] - counts["lifted"] - counts["relocated"] + both]
    at_work = [worked, counts["lifted_transferred"] - worked, counts["relocated_transferred"] - worked]
    at_work.append(counts["transferred"] - sum(at_work))
    watched = apportion(counts["watched"], list(said()["groups"]["watched"].values()), most=people)
    strata, sizes, working = [], [], []
    for flags, n, t, w in zip(FLAGS, people, at_work, watched, strict=True):
        among = apportion(t, [w, n - w], most=[w, n - w])
        strata += [(*flags, True), (*flags, False)]
        sizes += [w, n - w]
        working += list(among)
    return strata, np.array(sizes), np.array(working)


def _ways(counts):
    """Return the array (place, way) of those at work."""
    places = said()["places"]
    abroad = share(places["abroad"], counts["people"])
    left = counts["transferred"] - counts["outside"] - counts["near"]
    city, province = apportion(left, [places["city"], places["province"]])
    sizes = np.array([counts["near"], city, province, counts["outside"] - abroad, abroad])
    organised = apportion(counts["organised"], [places["organised"][one] for one in PLACES], most=sizes)
    carried = apportion(counts["carried"], [places["carried"][one] for one in PLACES], most=np.where([places["carried"][one] for one in PLACES], organised, 0))
    kin = np.round((sizes - organised) * [places["kin_share"][one] for one in PLACES]).astype(np.int64)
    return np.stack([sizes - organised - kin, kin, organised - carried, carried], axis=1)


def plan_of(people, seed=1):
    """Return the Plan of a city of `people` labourers. Raises ValueError below LEAST."""
    if people < LEAST:
        raise ValueError(f"an invented city has {LEAST} labourers at least")
    counts, draw, counties = counts_of(people), np.random.default_rng([seed, 0]), said()["county"]
    strata, sizes, working = _strata(counts)
    by_county = apportion(people, [one["weight"] for one in counties])
    there, left = np.zeros((len(counties), len(strata)), dtype=np.int64), sizes.copy()
    for at, n in enumerate(by_county):
        there[at] = draw.multivariate_hypergeometric(left, n, method="marginals")
        left -= there[at]
    tilt = np.array([one["tilt"] for one in counties])
    at_work = np.stack([apportion(t, there[:, at] * tilt, most=there[:, at]) for at, t in enumerate(working)], axis=1)
    ways = _ways(counts)
    shares, left = np.zeros((len(counties), ways.size), dtype=np.int64), ways.ravel().copy()
    for at, n in enumerate(at_work.sum(axis=1)):
        shares[at] = draw.multivariate_hypergeometric(left, n, method="marginals")
        left -= shares[at]
    return Plan(counts, tuple(one["code"] for one in counties), tuple(strata), there, at_work, shares.reshape(len(counties), *ways.shape))


def rates(counts):
    """Return {what: text of a percentage cut after two digits, as it is printed}."""
    def cut(part, whole):
        hundredths = 10_000 * part // whole
        return f"{hundredths // 100}.{hundredths % 100:02}"

    return {
        "transferred": cut(counts["transferred"], counts["people"]), "lifted": cut(counts["lifted_transferred"], counts["lifted"]),
        "relocated": cut(counts["relocated_transferred"], counts["relocated"]), "outside": cut(counts["outside"], counts["transferred"]),
    }  # fmt: skip
