"""The monthly notice (月度通报) of an area: figures with both their numbers, areas by code, the unsolved list without names."""

from wanjia.casework.states import NeedState
from wanjia.kernel.models import Entry

from ..figures import queries as counting
from .queries import day_words, moment_words

LONGEST = 40
PRINTED = ("needs.received", "needs.reasonable", "needs.settled", "needs.confirmed", "needs.open", "needs.overdue")


def notice(paper):
    """Return the context of a printed monthly notice: everything as it stood on the paper's day."""
    area, day = paper.area, paper.as_of
    needs = counting.in_area(area.stem)
    rows = counting.figures(needs, day, day)
    unsolved = counting.rows_of("needs.open", needs, day, day)
    return {
        "number": paper.number, "area": area, "month": f"{paper.period[:4]}年{int(paper.period[4:])}月", "day": day_words(day),
        "n": {row["id"].removeprefix("needs."): row["n"] for row in rows}, "figures": rows,
        "fresh": counting.in_month(counting.on_day(needs, day), paper.period).count(),
        "unsolved": _listed(unsolved), "more": max(unsolved.count() - LONGEST, 0), "lines": _lines(needs, area, day),
        "unit": paper.printed_org.name if paper.printed_org else "", "printed": moment_words(paper.printed_at), "anchor": anchor(paper),
        "name": f"{area.name}{paper.period}月度通报", "author": paper.printed_org.name if paper.printed_org else "", "made": paper.printed_at,
    }  # fmt: skip


def _listed(unsolved):
    needs = list(unsolved.select_related("village__parent", "holder").defer("story", "requester_phone").order_by("number")[:LONGEST])
    for need in needs:
        need.state_then, need.due_on = NeedState(need.f_state).label, need.f_due_on
    return needs


def _lines(needs, area, day):
    return [
        {"name": "(区划调整前)" if line.rest else line.area.name, "values": [row[id_] for id_ in PRINTED]}
        for line, row in counting.lines(counting.by_area(needs, day, day, counting.DIGITS[area.level]), day, area)
    ]


def anchor(paper):
    """Return the journal line of the paper's first printing: its digest, once published, pins down every line before it."""
    return Entry.objects.filter(subject="reporting.paper", subject_id=str(paper.pk)).order_by("seq").first()
