"""The boards of villages, open to anybody: no account, no name, nothing but what was published."""

from django.http import Http404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wanjia.doors.guard import PUBLIC
from wanjia.doors.reading import page

from . import lines, queries

PARTS = (_("本户说办好了"), _("答复了,没有办成或撤回"), _("正在办"), _("过了日期还没办好"))
CUT = {4: PARTS, 2: (_("已经结束"), _("还没有结束")), 1: ("",)}  # what each cell of a line counts, by how many it has


@page("board/", PUBLIC)
def boards(request):
    """Every village that publishes, by county and township."""
    return {"townships": queries.townships()}


@page("board/<str:code>/", PUBLIC)
def board(request, code):
    """One village's board: the latest quarter, or the one that the address asks for."""
    every = queries.boards_of(code)
    asked = request.GET.get("quarter")
    shown = next((one for one in every if asked in (None, one[0].paper.period)), None)
    if shown is None:
        raise Http404
    published, said = shown
    shown = {"published": published, "quarter": lines.quarter_of(published), "board": said | {"lines": [_line(line) for line in said["lines"]]}, "parts": PARTS}
    return shown | {"every": [(one, lines.quarter_of(one)) for one, _said in every]}


def _line(line):
    """What was frozen in Chinese, in the reader's language; each cell with what it counts."""
    cells = zip(line["cells"], CUT[len(line["cells"])], strict=True)
    return line | {"words": gettext(line["words"]), "cells": [cell | {"words": words} for cell, words in cells]}
