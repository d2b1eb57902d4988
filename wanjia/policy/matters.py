"""Which needs may be one matter (同一事项), and why: dated rules of `matters.toml`. Pure: it proposes, and joins nothing.

Two sentences are compared by the pairs of neighbouring signs that they share (Dice's coefficient over character bigrams): no dictionary,
the same answer everywhere, and a person can count it again on paper.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from .editions import held_on

FILE = Path(__file__).with_name("matters.toml")
SAME, RELATED = "same", "related"


@dataclass(frozen=True)
class Edition:
    """The rules of a time; see the file for each number."""

    starts: date
    ends: date | None
    source: tuple[str, str]
    repeat_days: int
    again_days: int
    unlike_days: int
    shared_days: int
    repeat_alike: int
    group_alike: int
    village_alike: int
    related_alike: int
    least_pairs: int
    shared: frozenset[str]
    never: frozenset[str]
    fillers: str


@cache
def editions() -> tuple[Edition, ...]:
    """Return every edition of the file, the oldest first."""
    return tuple(sorted((_edition(one) for one in tomllib.loads(FILE.read_text(encoding="utf-8"))["edition"]), key=lambda one: one.starts))


def _edition(row: dict[str, Any]) -> Edition:
    numbers = {name: row[name] for name in (
        "repeat_days", "again_days", "unlike_days", "shared_days", "repeat_alike", "group_alike", "village_alike", "related_alike", "least_pairs",
    )}  # fmt: skip
    source = (row["source_zh"], row["source_en"])
    return Edition(row["from"], row.get("until"), source, **numbers, shared=frozenset(row["shared"]), never=frozenset(row["never"]), fillers=row["fillers"])


def in_force(on: date) -> Edition | None:
    """Return the edition in force on a day, or None before the first and in a gap: then nothing is proposed."""
    return held_on(editions(), on)


def pairs_of(sentence: str, fillers: str) -> frozenset[str]:
    """Return the pairs of neighbouring signs of a sentence; none spans a filler, a mark or a figure."""
    plain = "".join(sign if sign.isalpha() and sign not in fillers else " " for sign in sentence)
    return frozenset(a + b for word in plain.split() for a, b in pairwise(word))


def alike(a: frozenset[str], b: frozenset[str], least: int = 1) -> int:
    """Return how alike two sentences are, in whole percent, rounded down: twice what they share over what both have; 0 under `least` pairs."""
    shared = len(a & b)
    return 200 * shared // (len(a) + len(b)) if shared >= least else 0


@dataclass(frozen=True)
class Voiced:
    """One need as the rules read it. home: whose it is, the register's key or a name; group: its villager group, "" where nobody wrote it."""

    key: Any
    number: str
    on: date
    ended_on: date | None
    village: str
    home: str
    group: str
    kind: str
    pairs: frozenset[str] = field(repr=False, default=frozenset())


@dataclass(frozen=True)
class Reason:
    """One reason, by its word; n: its number (days, percent) or None."""

    word: str
    n: int | None = None


def why(one: Voiced, other: Voiced, rule: Edition) -> tuple[str, tuple[Reason, ...]] | None:
    """Return (same or related, the reasons) for two needs that may be one matter, else None. It does not matter which comes first."""
    first, last = sorted((one, other), key=lambda need: (need.on, need.number))
    if {first.kind, last.kind} & rule.never or first.village != last.village:
        return None
    apart = (last.on - first.on).days
    if first.home == last.home and first.kind == last.kind:
        return _repeat(first, last, apart, rule)
    if first.ended_on or last.ended_on or apart > rule.shared_days or not {first.kind, last.kind} <= rule.shared:
        return None
    return _shared(first, last, apart, rule)


def any_beside(need: Voiced, others: Iterable[Voiced], rule: Edition) -> bool:
    """Tell whether the rules lay any of `others` beside a need: where they do not, no cluster of `proposed` holds it with one of them."""
    return any(why(need, other, rule) for other in others)


def _repeat(first: Voiced, last: Voiced, apart: int, rule: Edition) -> tuple[str, tuple[Reason, ...]] | None:
    """One home, one kind: voiced again after the first had ended, or twice; where the words are not alike, only soon after."""
    if last.ended_on:
        return None
    n = alike(first.pairs, last.pairs)
    since = max((last.on - first.ended_on).days, 0) if first.ended_on else apart
    most = rule.unlike_days if n < rule.repeat_alike else rule.again_days if first.ended_on else rule.repeat_days
    words = (Reason("words", n),) if n else (Reason("unlike"),)
    said = (Reason("home"), Reason("kind"), *words, Reason("again" if first.ended_on else "days", since))
    return (SAME, said) if since <= most else None


def _shared(first: Voiced, last: Voiced, apart: int, rule: Edition) -> tuple[str, tuple[Reason, ...]] | None:
    """Several homes of one place: one kind and words that overlap, or two kinds and words that overlap much."""
    near = bool(first.group) and first.group == last.group
    n = alike(first.pairs, last.pairs, rule.least_pairs)
    place = Reason("home" if first.home == last.home else "group" if near else "village")
    said = (Reason("words", n), Reason("days", apart))
    if first.kind == last.kind:
        return (SAME, (place, Reason("kind"), *said)) if n >= (rule.group_alike if near else rule.village_alike) else None
    return (RELATED, (place, *said)) if n >= rule.related_alike else None


@dataclass
class Cluster:
    """Needs proposed together: with `seed`, the earliest, or with the needs of a matter that stands. others: [(need, the one it is like, reasons)]."""

    kind: str
    seed: Voiced
    matter: Any = None
    others: list[tuple[Voiced, Voiced, tuple[Reason, ...]]] = field(default_factory=list)


def proposed(needs: Iterable[Voiced], joined: dict[Any, Any], apart: set[frozenset[Any]], rule: Edition) -> list[Cluster]:
    """Gather needs into clusters, deterministically: each, in the order in which they were recorded, joins the first that it fits.

    It is compared with the earliest of a cluster, with what the same homes had before, or with every need of a matter that stands: each reason
    names two needs that a person can lay side by side. joined: {need's key: its matter}; apart: pairs of keys about which somebody said that they
    are not one. Compared are those of one village that share a home or a pair of signs, never all with all.
    """
    clusters: dict[Any, Cluster] = {}
    anchors: dict[tuple[str, str], list[Voiced]] = {}
    inside: dict[Any, Cluster] = {}
    for need in sorted(needs, key=lambda one: (one.on, one.number)):
        found = None if need.key in joined else _first_fit(need, anchors, joined, apart, rule)
        if found:
            like, kind, reasons = found
            standing = joined.get(like.key) if kind == SAME else None
            fresh = Cluster(kind, like, standing)
            cluster = (kind == SAME and inside.get(like.key)) or clusters.setdefault((kind, standing or like.key), fresh)
            cluster.others.append((need, like, reasons))
            if kind == SAME:
                inside[need.key] = cluster
        if found is None or found[1] == RELATED or found[2][0].word == "home":
            for word in _words(need):
                anchors.setdefault(word, []).append(need)
    return sorted(clusters.values(), key=lambda one: (-len(one.others), one.kind != SAME, one.seed.on, one.seed.number))


def _words(need: Voiced) -> list[tuple[str, str]]:
    return [(need.village, f"home {need.home}"), *((need.village, pair) for pair in sorted(need.pairs))]


def _first_fit(
    need: Voiced, anchors: dict[tuple[str, str], list[Voiced]], joined: dict[Any, Any], apart: set[frozenset[Any]], rule: Edition
) -> tuple[Voiced, str, tuple[Reason, ...]] | None:
    near = {one.key: one for word in _words(need) for one in anchors.get(word, ())}
    related = None
    for one in sorted(near.values(), key=lambda one: (one.key not in joined, one.on, one.number)):
        if frozenset((one.key, need.key)) in apart or not (fit := why(one, need, rule)):
            continue
        if fit[0] == SAME:
            return one, *fit
        related = related or (one, *fit)
    return related
