"""Matters held against the timelines: who is in one was put there by a line, whoever was ever in it stands in its list, and one alone is none.

That `Need.matter` and `Need.related` are what the lines left, the fold of needs says (folding.py): they are facts of a need like all others.
"""

from collections import defaultdict

from wanjia.kernel.erasure import is_emptied

from ..matters.rules import ACTS
from ..models import Apart, Joined, Matter, Need, Step
from ..states import MatterKind


def faults(_day):
    """Yield (number, column, is, should) for everything of matters that does not follow from lines."""
    put, first = _put()
    yield from _standing(put)
    yield from _joined(put)
    yield from _made(first)
    yield from _apart()


def _put():
    """Return ({matter's key: {keys of the needs that a line put into it}}, as text, {matter's key: the first such line})."""
    found, first = defaultdict(set), {}
    acts = [joins for joins, _leaves in ACTS.values()]
    for line in Step.objects.filter(act__in=acts).order_by("recorded_at").only("need_id", "changed", "words", "by_id", "by_name").iterator(chunk_size=1000):
        for column in ("matter_id", "related_id"):
            if key := line.changed.get(column):
                found[key].add(str(line.need_id))
                first.setdefault(key, line)
    return found, first


def _made(first):
    """A matter is called, and was put together by, what its first line says."""
    for matter in Matter.objects.order_by("number"):
        line = first.get(str(matter.pk))
        if line is None:
            continue
        if not is_emptied(line) and matter.number != line.words:
            yield matter.number, "number", matter.number, line.words
        if (matter.made_by_id, matter.made_by_name) != (line.by_id, line.by_name):
            yield matter.number, "made_by", matter.made_by_name, line.by_name


def _standing(put):
    there = defaultdict(set)
    for column in ("matter", "related"):
        for matter, need in Need.objects.filter(**{f"{column}__isnull": False}).values_list(column, "pk"):
            there[column, matter].add(str(need))
    for matter in Matter.objects.order_by("number"):
        own, other = ("matter", "related") if matter.kind == MatterKind.SAME else ("related", "matter")
        n = len(there[own, matter.pk])
        if matter.ended_at is None and n < 2:
            yield matter.number, "needs", n, "two at least, or it has ended"
        if matter.ended_at is not None and n:
            yield matter.number, "ended_at", matter.ended_at, f"{n} needs stand in it"
        if there[other, matter.pk]:
            yield matter.number, "kind", matter.kind, f"its needs say {other}"
        if str(matter.pk) not in put:
            yield matter.number, "matter", "no line", "lines that put needs together"


def _joined(put):
    numbers, told = dict(Matter.objects.values_list("pk", "number")), defaultdict(set)
    for matter, need in Joined.objects.values_list("matter", "need"):
        told[str(matter)].add(str(need))
    for matter, number in numbers.items():
        if told[str(matter)] != put.get(str(matter), set()):
            yield number, "joined", sorted(told[str(matter)]), sorted(put.get(str(matter), ()))
    for key in sorted(put.keys() - set(map(str, numbers))):
        yield key, "matter", "gone", "what lines put together"


def _apart():
    said = defaultdict(int)
    for pair in Step.objects.filter(act="apart").values_list("changed__with", flat=True):
        said[tuple(pair or ())] += 1
    for one in Apart.objects.select_related("need"):
        lines = said.pop(tuple(sorted((str(one.need_id), str(one.other_id)))), 0)
        if lines != 2:
            yield one.need.number, "apart", lines, "a line of each of the two"
    yield from (("/".join(pair), "apart", "gone", "what lines say") for pair in said)
