"""What counts, and how much: the weights of a problem in words, for those who have to answer for a roster."""

from __future__ import annotations

from wanjia.planning.rostering.problem import Weights

_RULES = ("规则从不违反:宁可空岗,也不违规。", "Rules are never broken: a seat stays open rather than break one.")


def words(weights: Weights) -> dict[str, list[str]]:
    """Return sentences in Chinese ("zh") and English ("en"): the rules, then the weights, the heaviest first.

    Weights are compared by the points of one seat, duty, person or kilometre; equal ones keep the usual order, and
    those of 0 come last and say that they do not count. The two optional weights are left out when they are 0.
    """
    lines: list[tuple[int, str, str]] = [
        _open(weights),
        _fixed(weights),
        _fairness(weights),
        _distance(weights),
        *_optional(weights),
    ]
    lines = [(0, *_RULES), *sorted(lines, key=lambda line: -line[0])]
    return {"zh": [zh for _, zh, _ in lines], "en": [en for _, _, en in lines]}


def _open(weights: Weights) -> tuple[int, str, str]:
    points = weights.open_seat
    if not points:
        return 0, "空岗不计分。", "Open seats do not count."
    worth = [(weights.per_km, "公里", "km"), (weights.not_fixed_person, "岗不由定人上", "duties not done by the fixed person")]
    told = [(_number(points / one), zh, en) for one, zh, en in worth if one]
    zh = "或".join(f" {n} {unit}" for n, unit, _ in told)
    en = " or ".join(f"{n} {unit}" for n, _, unit in told)
    return (
        points,
        f"空一岗计 {points:,} 分{',相当于' + zh if zh else ''}。",
        f"An open seat weighs {_points(points)}{', as much as ' + en if en else ''}.",
    )


def _fixed(weights: Weights) -> tuple[int, str, str]:
    points = weights.not_fixed_person
    if not points:
        return 0, "是否由定人上岗不计分。", "Whether the fixed person comes does not count."
    zh, en = _in_km(weights, points)
    return points, f"一岗不由定人上计 {points:,} 分{zh}。", f"A duty not done by the fixed person weighs {_points(points)}{en}."


def _fairness(weights: Weights) -> tuple[int, str, str]:
    first, beyond = weights.per_duty_off_target, weights.steeper_beyond
    later = first + weights.steeper_extra_per_duty
    if not later:
        return 0, "全学期的公平不计分。", "Fairness over the term does not count."
    first = first if beyond else later
    zh = f"全学期公平:比应上岗数每多或少一岗计 {first:,} 分"
    en = f"Fairness over the term: each duty above or below the fair share weighs {_points(first)}"
    if later != first:
        zh, en = f"{zh},{beyond:,} 岗以外每岗计 {later:,} 分", f"{en}, and {_points(later)} beyond {beyond:,}"
    return first or later, f"{zh}。", f"{en}."


def _distance(weights: Weights) -> tuple[int, str, str]:
    points = weights.per_km
    if not points:
        return 0, "路程不计分。", "Distance does not count."
    return points, f"路程每公里计 {points:,} 分。", f"Each kilometre of the way weighs {_points(points)}."


def _optional(weights: Weights) -> list[tuple[int, str, str]]:
    found = []
    if points := weights.per_change:
        zh, en = _in_km(weights, points)
        words_zh, words_en = "与已公布名册每差一岗计", "Each duty that differs from the published roster weighs"
        found.append((points, f"{words_zh} {points:,} 分{zh}。", f"{words_en} {_points(points)}{en}."))
    if points := weights.per_person_week:
        zh, en = _in_km(weights, points)
        words_zh, words_en = "一个岗次一周内每见一个不同的人计", "Each different person whom a seat sees in a week weighs"
        found.append((points, f"{words_zh} {points:,} 分{zh}。", f"{words_en} {_points(points)}{en}."))
    return found


def _in_km(weights: Weights, points: int) -> tuple[str, str]:
    """Return what the points are worth in kilometres; nothing where distance does not count or weighs more."""
    if not 0 < weights.per_km <= points:
        return "", ""
    n = _number(points / weights.per_km)
    return f",相当于 {n} 公里", f", as much as {n} km"


def _points(points: int) -> str:
    return f"{points:,} point{'s' if points != 1 else ''}"


def _number(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0")
