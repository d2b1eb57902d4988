"""What may hang on a wall: surname and role, told apart by a number where two at one school would read alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from wanjia.planning.rostering.problem import Cell, Guard, Problem

_ROLES = {"police": "警官", "teacher": "老师", "security": "师傅", "parent": "家长"}
_KINDS = {"police": "民警", "teacher": "教师", "security": "保安", "parent": "家长志愿者"}
_PLACES = {"gate": "校门", "crossing": "路口"}
_DOUBLE = ("欧阳", "司马", "上官", "诸葛", "司徒", "东方", "皇甫", "尉迟", "夏侯", "令狐", "慕容", "公孙")
_NUMBERS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def on_the_wall(guard: Guard) -> str:
    """Return what may hang on a wall: surname and role; a guard without a name is only his role."""
    name = guard.name.strip()
    surname = name[:2] if name.startswith(_DOUBLE) else name[:1]
    return surname + _ROLES.get(guard.kind, "同志")


def wall_names(problem: Problem, plan: Mapping[Cell, str | None], school: str) -> dict[str, str]:
    """Return the wall name of everybody who serves at a school in this roster; namesakes are numbered by their codes."""
    seats = seats_at(problem, school)
    people = {who for (seat, _), who in plan.items() if who is not None and seat in seats}
    alike: dict[str, list[str]] = defaultdict(list)
    for guard in sorted((guard for guard in problem.guards if guard.id in people), key=lambda guard: guard.id):
        alike[on_the_wall(guard)].append(guard.id)
    return {
        code: name if len(codes) == 1 else name + (_NUMBERS[i] if i < len(_NUMBERS) else f"({i + 1})")
        for name, codes in alike.items()
        for i, code in enumerate(codes)
    }


def seats_at(problem: Problem, school: str) -> set[str]:
    """Return the codes of the seats at a school."""
    posts = {post.id for post in problem.posts if post.school == school}
    return {seat.id for seat in problem.seats if seat.post in posts}


def place_names(problem: Problem) -> dict[str, str]:
    """Return each post's place in Chinese, by its code; places of one school that read alike are numbered."""
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for post in sorted(problem.posts, key=lambda post: post.id):
        alike[post.school, _PLACES.get(post.place, post.place)].append(post.id)
    return {
        code: place if len(codes) == 1 else f"{place}{i + 1}"
        for (_, place), codes in alike.items()
        for i, code in enumerate(codes)
    }


def kinds_in_words(kinds: tuple[str, ...]) -> str:
    """Return the kinds of guard a seat takes, in Chinese."""
    return "/".join(_KINDS.get(kind, kind) for kind in kinds) or "不限"
