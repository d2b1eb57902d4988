"""Template words of casework: the next legal act of a row, and where an act leads. A list has fifty rows: these words are cheap."""

from functools import cache
from html import escape
from urllib.parse import quote
from uuid import UUID

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from wanjia.doors import drawing
from wanjia.doors.words import in_english
from wanjia.policy.triage import hint_in_english

from ..ledger import moves
from ..ledger.columns import COLUMNS
from ..promise import WHAT, kind_of
from ..states import NeedState, Urgency
from ..together import pages as together
from ..together.subjects import visible_tasks

register = template.Library()
NOBODY = UUID(int=0)


@cache
def _door(name):
    return reverse(f"casework:{name}", args=[] if name in moves.LISTS else [NOBODY])


def _address(name, need_id):
    """Return the address of an act; the route is resolved once, not for each row."""
    return _door(name).replace(str(NOBODY), str(need_id))


@register.simple_tag(takes_context=True)
def next_act(context, need):
    """Return what a row of the desk shows of a need besides its own fields: the one button, the way in, the words of its state and urgency.

    step is the day of its step; of its recheck where that is the next act, and of what is struck off: the list of rechecks says the same.

    Asks nothing of the database.
    """
    name, words = moves.next_act(context["request"].user, need)
    return {
        "address": _address(name, need.pk),
        "words": words,
        "need": _address("need", need.pk),
        "step": need.recheck_due_on if need.recheck_due_on and (name == "recheck" or not need.is_open) else need.step_due_on,
        "stopped": _("挂起中") if need.is_stopped(context["frame"].today) else "",
        "state": NeedState(need.state).label,
        "urgency": Urgency(need.urgency).label if need.urgency else "",
    }


class Drawing:
    """What a cell of a list of needs is drawn with (`ledger.columns.Column.cell`): the page's day and calendar, addresses, pills. Asks nothing of the database."""

    pill = staticmethod(drawing.pill)

    def __init__(self, frame):
        self.day, self.calendar, self._words = frame.today, frame.calendar, {}

    def words(self, kind, value):
        """Return the words of a choice in the reader's language: fifty rows stand in some ten states."""
        if (kind, value) not in self._words:
            self._words[kind, value] = str(kind(value).label)
        return self._words[kind, value]

    def left(self, due, finished=None):
        """Say how many working days are left until `due`."""
        return drawing.days_left(self.calendar, self.day, due, finished)

    def to(self, name, need):
        """Return the address of a page of a need."""
        return _address(name, need.pk)


@register.simple_tag
def need_headings(columns):
    """Return the Columns that follow the need's sentence."""
    return [COLUMNS[word] for word in COLUMNS if word in columns and word != "number"]


@register.simple_tag(takes_context=True)
def need_rows(context, page, columns, ticks=False):
    """Draw the rows of a list of needs: {% need_rows page columns ticks %}, each with its sentence, the chosen cells and its one button."""
    request, draw = context["request"], Drawing(context["frame"])
    back = quote(request.get_full_path(), safe="/")  # as it stands in an attribute: of what HTML reads, quoting leaves nothing
    opened = [(column.cell, f'<td class="{column.css}">' if column.css else "<td>") for column in need_headings(columns)]
    drawn = []
    for need in page:
        cells = "".join(f"{opens}{conditional_escape(cell(need, draw))}</td>" for cell, opens in opened)
        drawn.append(f"<tr>{_tick(need) if ticks else ''}{_lead(need, draw, 'number' in columns)}{cells}{_button(request.user, need, back)}</tr>")
    return mark_safe("\n".join(drawn))


def _tick(need):
    return f'<td class="tick"><input class="form-check-input" type="checkbox" name="rows" value="{need.pk}" aria-label="{escape(need.number)}"></td>'


def _lead(need, draw, numbered):
    """The need's sentence, which leads to it; beside its number, where that is shown, the number leads."""
    summary = escape(need.summary)
    if numbered:
        return f'<td>{COLUMNS["number"].cell(need, draw)}</td><td class="clip lead" title="{summary}">{summary}</td>'
    link = f'<a href="{draw.to("need", need)}" hx-get="{draw.to("drawer", need)}" hx-target="#drawer">{summary}</a>'
    return f'<td class="clip lead" title="{summary}">{link}</td>'


def _button(actor, need, back):
    name, words = moves.next_act(actor, need)
    return f'<td class="act nowrap"><a class="btn btn-sm btn-quiet" href="{_address(name, need.pk)}?next={back}">{escape(str(words))}</a></td>'


@register.simple_tag
def url_of(name, need_id):
    """Return the address of an act on a need."""
    return _address(name, need_id)


@register.simple_tag(takes_context=True)
def sees_task(context, task):
    """Tell whether the reader sees what a sub-task is about: its unit no more, once it is over."""
    return visible_tasks(context["request"].user).filter(pk=task.pk).exists()


@register.simple_tag(takes_context=True)
def matter_of(context, need):
    """Return what a need is about as a helper reads it: no child's name stands in it."""
    return together.matter_of(need, context["request"].day)


@register.simple_tag
def promised(need):
    """Say which promise a need's date is: 答复 while it is not graded, then 办结."""
    return WHAT[kind_of(need)]


@register.filter
def hinted(hint):
    """A hint of the grid in the reader's language."""
    return hint_in_english(hint) if hint and in_english() else hint
