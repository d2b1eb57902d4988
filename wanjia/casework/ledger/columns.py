"""The columns of the ledger that a person may choose, each with its heading and its cell, and the filters that may be kept.

Cells are drawn here and not by a template: a list has fifty rows of a dozen cells, and a template's tests and look-ups took half of its time.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from html import escape

from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wanjia.doors.words import said_or_as_written
from wanjia.kernel.privacy import mask_name
from wanjia.policy.mandates import mandates

from ..states import Category, Channel, Difficulty, NeedState, Urgency


@dataclass(frozen=True)
class Column:
    """One column: what its heading says, how a need's cell is drawn, what of the need it reads besides the fields of every row.

    cell: called with the need and the page's own ways of drawing (`templatetags.casework.Drawing`), returns the inside of a <td>, safe or to be escaped;
    sort: the word of ledger.queries.SORTS; css: classes of the cell; head: classes of the heading.
    """

    words: str
    cell: Callable
    fields: tuple = ()
    sort: str = ""
    css: str = ""
    head: str = ""


def _number(need, draw):
    return mark_safe(f'<a class="num" href="{draw.to("need", need)}" hx-get="{draw.to("drawer", need)}" hx-target="#drawer">{escape(need.number)}</a>')


def _village(need, _draw):
    return f"{need.village.parent.short_name} · {need.village.short_name}"


def _grade(need, draw):
    if not need.urgency:
        return ""
    difficulty = draw.words(Difficulty, need.difficulty) if need.difficulty else ""
    return mark_safe(f"{draw.pill(need.urgency, draw.words(Urgency, need.urgency), 'tag')} {escape(difficulty)}")


def _holder(need, _draw):
    return (need.holder.short_name or need.holder.name) if need.holder else ""


def _due(need, draw):
    if need.recheck_due_on and not need.is_open:
        return draw.left(need.recheck_due_on)
    if not need.is_open:
        return format_html('<time class="muted">{}</time>', f"{need.due_on:%m-%d}") if need.due_on else ""
    left = draw.left(need.due_on, need.clock_stopped_on)
    return format_html('{} <span class="tag tone-blue">{}</span>', left, _now("挂起中")) if need.is_stopped(draw.day) else left


def _step(need, draw):
    return draw.left(need.step_due_on) if need.is_open and need.step_due_on else ""


def _choice(kind, field, need, draw):
    value = getattr(need, field)
    return draw.words(kind, value) if value else ""


# The need's sentence and its button always stand beside these.
COLUMNS = {
    "number": Column(_("编号"), _number, sort="number"),
    "requester": Column(_("诉求人"), lambda need, _draw: mask_name(need.requester_name or ""), css="desk-only nowrap", head="desk-only"),
    "village": Column(_("村(社区)"), _village, sort="village", css="nowrap", head="desk-only"),
    "category": Column(_("类别"), partial(_choice, Category, "category"), ("category",), css="nowrap"),
    "channel": Column(_("来源"), partial(_choice, Channel, "channel"), ("channel",), css="desk-only nowrap", head="desk-only"),
    "basis": Column(_("工作机制"), lambda need, _draw: said_or_as_written(need.basis, mandates()), ("basis",), css="desk-only", head="desk-only"),
    "grade": Column(_("级别"), _grade, css="nowrap breaks-en"),
    "holder": Column(_("主办单位"), _holder, sort="holder", css="desk-only nowrap breaks-en", head="desk-only"),
    "handler": Column(
        _("责任人"), lambda need, _draw: need.handler.name if need.handler else "", ("handler__name",), css="desk-only nowrap", head="desk-only"
    ),
    "recorded": Column(_("登记日期"), lambda need, _draw: format_html("<time>{}</time>", need.recorded_on), ("recorded_on",), "recorded", "nowrap"),
    "due": Column(_("期限"), _due, sort="due"),
    "step": Column(_("这一步"), _step, ("step_due_on",)),
    "returns": Column(_("退回"), lambda need, _draw: need.returns or "", ("returns",), css="desk-only", head="desk-only"),
    "state": Column(_("状态"), lambda need, draw: draw.pill(need.state, draw.words(NeedState, need.state)), sort="state"),
}
USUAL = ("number", "requester", "village", "grade", "holder", "due", "state")
# What a kept question may ask: words of closed lists, places and units, each by its code. What is typed may be somebody's name or number.
_WORD = re.compile(r"[a-z_]{1,20}")
KEPT = {
    "tab": _WORD, "area": re.compile(r"[0-9]{12}(?:[0-9]{3})?"), "holder": re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
    "category": _WORD, "channel": _WORD, "urgency": _WORD, "basis": _WORD, "mine": re.compile("1"),
}  # fmt: skip
MOST_KEPT = 12


def chosen(view):
    """Return the words of the columns that a LedgerView (or None) shows, in the order of COLUMNS."""
    wanted = set(view.columns if view and view.columns else USUAL)
    return [word for word in COLUMNS if word in wanted]


def fields(words):
    """Return the fields that these columns need besides."""
    return [field for word in words for field in COLUMNS[word].fields]


def plain(asked):
    """Return {word: code} of what may be kept of an address's questions."""
    return {word: asked[word] for word, code in KEPT.items() if code.fullmatch(asked.get(word) or "")}
