"""What the monthly notice (月度通报) says of needs: figures with both their numbers, areas by code, the unsolved list without names."""

from wanjia.kernel.calendar import CHINA, today
from wanjia.orgs.models import Organisation
from wanjia.orgs.trail.anchor import code
from wanjia.reporting.figures import queries as counting
from wanjia.reporting.papers.sheets import day_words

from ..figures.population import NEEDS
from ..states import NeedState

LONGEST = 40
PRINTED = ("needs.received", "needs.reasonable", "needs.settled", "needs.confirmed", "needs.open", "needs.overdue")


def content(paper, known_at, until):
    """Work out what the notice says: what had happened by `until`, as it was on the books at `known_at`."""
    area, day, moment = paper.area, paper.as_of, {"known_at": known_at, "until": until}
    needs = counting.in_area(NEEDS, area.stem)
    rows = counting.figures(needs, day, day, **moment)
    unsolved = counting.rows_of("needs.open", needs, day, day, **moment)
    return {
        "day": day_words(day) + _hour(paper), "n": {row["id"].removeprefix("needs."): row["n"] for row in rows}, "figures": rows,
        "matters": {row["id"].removeprefix("needs."): row["matters"] for row in rows},  # notices of before have none
        "fresh": NEEDS.in_month(counting.on_day(needs, day, **moment), paper.period).count(),
        "unsolved": _listed(unsolved), "more": max(unsolved.count() - LONGEST, 0), "lines": _lines(needs, area, day, moment),
        "anchor_code": code(),
    }  # fmt: skip


def _hour(paper):
    return f"{paper.printed_at.astimezone(CHINA):%H:%M}" if today(paper.printed_at) == paper.as_of else ""


def stands(facts):
    """Say how a need stood, by the facts of its last line; None: it was not there yet."""
    return str(NeedState(facts[1]).label) if facts else "不在台账"


def _listed(unsolved):
    units = dict(Organisation.objects.values_list("pk", "name"))
    needs = unsolved.select_related("village__parent").defer("story", "requester_phone", "ledger_cells").order_by("number")[:LONGEST]
    return [
        {
            "number": need.number, "category": str(need.get_category_display()), "unit": units.get(need.holder_id, ""),
            "place": "".join(one.short_name or one.name for one in (need.village.parent, need.village) if one),
            "due": need.f_due_on.isoformat() if need.f_due_on else "", "state": str(NeedState(need.f_state).label),
        }
        for need in needs
    ]  # fmt: skip


def _lines(needs, area, day, moment):
    if area.level not in counting.DIGITS:
        return []
    return [
        {"name": "(区划调整前)" if line.rest else line.area.name, "values": [row[id_] for id_ in PRINTED]}
        for line, row in counting.lines(NEEDS, counting.by_area(needs, day, day, counting.DIGITS[area.level], **moment), day, area)
    ]
