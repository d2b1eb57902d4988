"""What is kept twice of loads: the sums of labourers against the labourers, each part against its line of the journal, what was set aside."""

from django.db.models import Count

from wanjia.kernel.models import Entry

from ..models import Chunk, Load, Tally, Worker
from ..models.tallies import ALIKE
from . import aside


def faults(_day):
    """Yield (row, column, is, should) of every difference."""
    yield from _sums()
    yield from _chunks()
    for load in aside.lacking():
        yield str(load.pk), "load.aside", f"{len(load.aside)} set aside", "brought back: wanjia doctor"


def _sums():
    counted = {row[:-1]: row[-1] for row in Worker.objects.filter(left_on=None).values_list(*ALIKE).annotate(n=Count("pk")).order_by()}
    kept = {row[:-1]: row[-1] for row in Tally.objects.values_list(*ALIKE, "n")}
    for key in sorted(counted.keys() | kept.keys(), key=str):
        if kept.get(key, 0) != counted.get(key, 0):
            yield " ".join(map(str, key)), "tally.n", kept.get(key, 0), counted.get(key, 0)


def _chunks():
    label = Load._meta.label_lower
    told = {}
    for load, detail in Entry.objects.filter(subject=label, act="load.chunk").values_list("subject_id", "detail").iterator(chunk_size=2000):
        told[load, detail["chunk"]] = (detail["digest"], detail["rows"])
    for chunk in Chunk.objects.order_by("load_id", "number").iterator(chunk_size=2000):
        said = told.pop((str(chunk.load_id), chunk.number), None)
        if said is None:
            yield str(chunk.pk), "chunk", "no line of the journal", "one"
        elif said != (chunk.digest, [chunk.first_row, chunk.last_row]):
            yield str(chunk.pk), "chunk.digest", "another", "that of the journal"
    for load, number in sorted(told, key=str):
        yield f"{load} {number}", "chunk", "none", "one that the journal tells of"
