"""What the board of a village (村、社区诉求公示) says: one township's quarter, each village by itself, no group of fewer than three.

A board counts the needs recorded in its quarter, and each quarter its own: two boards beside each other tell nobody apart. Needs
that a child is part of are never among them.
"""

from django.db.models import F, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from wanjia.indicators.definitions import definition
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.orgs.models import Area, Level
from wanjia.policy.redaction import SMALLEST, redacted
from wanjia.reporting.figures import queries as counting
from wanjia.reporting.kinds import Bulletin
from wanjia.reporting.papers.sheets import day_words

from ..figures.population import NEEDS
from ..states import Category, PaperKind
from . import rules

PARTS = ("board.confirmed", "board.ended", "board.running", "board.late")
# How a line is cut: into the four, into what has ended and what has not, or not at all.
CUTS = ((1, 1, 1, 1), (2, 2), (4,))
REST, ALL = _("其余各类"), _("各类合计")


def content(paper, known_at, until):
    """Work out what the boards of a township say: {"day", "quarter", "villages": [board], "figures": line by line, for what a correction compares}."""
    day, moment = paper.as_of, {"known_at": known_at, "until": until}
    villages = Area.objects.on(day).filter(parent=paper.area, level=Level.VILLAGE).order_by("code")
    counts = _counts(paper, day, moment)
    boards = [_board(village, counts) for village in villages]
    return {"day": day_words(day), "quarter": quarter_words(paper.period), "villages": boards, "figures": [one for board in boards for one in _figures(board)]}


def quarter_words(month):
    """Spell a quarter by its last month: 2026年第三季度."""
    return f"{month[:4]}年第{'一二三四'[rules.QUARTERS.index(month[4:])]}季度"


def _counts(paper, day, moment):
    """Return {village: {category: how many of each part}} of the quarter's needs, without those that a child is part of."""
    first, last = rules.quarter(paper.period)
    needs = counting.in_area(NEEDS, paper.area.stem).filter(recorded_on__gte=first, recorded_on__lte=last, involves_child=False)
    items, by = {id_: definition(id_) for id_ in PARTS}, {"kind": Concat(F("village_id"), Value("|"), F("category"))}
    found = {}
    for kind, row in counting.count(needs, day, day, by=by, items=items, **moment).items():
        village, _bar, category = kind.partition("|")
        found.setdefault(village, dict.fromkeys(Category.values, (0,) * len(PARTS)))[category] = tuple(row[id_] for id_ in PARTS)
    return found


def _board(village, counts):
    told = redacted(counts.get(village.pk, {}), CUTS)
    lines = [_line(line, Category(line.name).label if line.name else REST) for line in told.lines]
    if len(lines) > 1:
        lines.append(_line(told.whole, ALL))
    elif lines and not told.lines[0].name:  # the one line is of all kinds
        lines = [_line(told.whole, ALL)]
    return {"code": village.pk, "name": village.short_name or village.name, "few": told.few, "lines": lines}


def _line(line, words):
    cells = [{"n": n, "span": span} for n, span in zip(line.cells, line.spans, strict=True)]
    return {"words": str(words), "total": line.total, "cells": cells}


def _figures(board):
    """Say each line of a board as a figure: what a correction compares and prints."""
    if board["few"]:
        yield {"id": board["code"], "zh": board["name"], "shown": f"不足{SMALLEST}件"}
    for line in board["lines"]:
        cells = "、".join(str(cell["n"]) for cell in line["cells"])
        yield {"id": f"{board['code']} {line['words']}", "zh": f"{board['name']} {line['words']}", "shown": f"{line['total']}({cells})"}


BOARD = Bulletin(
    PaperKind.BOARD, PaperKind.BOARD.label, "诉公", NEEDS, content=content, numbered="number", template="casework/papers/board.html",
    levels=(Level.TOWNSHIP,), may=rules.can_publish, may_correct=rules.can_correct, link="casework:boards", duty=OrgsDuty.APPROVE_EXPORT,
    hint=_("(按季度,月份选 3、6、9、12 月)"),
)  # fmt: skip
