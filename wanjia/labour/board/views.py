"""Pages of the board: the lists of its tasks by the day, one task with its lines, the list for a meeting."""

import re
from datetime import date

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.doors.words import said
from wanjia.kernel.acts import acts_on, line_words
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.policy import labour_pillars

from ..board_states import BoardState, PartState
from ..duties import Duty
from . import queries, rules
from .asking_lists import Looked
from .subjects import BOARD_PARTS, BOARD_TASKS

ON_A_SHEET = 24  # rows that one A4 page holds
MOST = 100  # lines of a task on its page
TABS = [("mine", _("等我办的")), ("open", _("没有办结")), ("late", _("超期")), ("due", _("已到期")), ("on_time", _("按期办结")), ("done", _("确认办结"))]


@page("labour/board-tasks/", *rules.SEES, template="list")
def board_tasks(request):
    """The tasks that wait for me, or those open, overdue, due, in time or done on a day; ?pillar= narrows."""
    form = Looked(request.GET)
    form.is_valid()
    asked, day = form.cleaned_data, form.day(request.day)
    waits = queries.waiting(request.user).count()
    which = asked.get("list") or _figured(request) or ("mine" if waits and day is None else "open")
    rows = queries.on_day(rules.visible_tasks(request.user), day)
    rows = rows.filter(pk__in=queries.waiting(request.user).values("pk")).order_by("f_due_on", "set_at", "pk") if which == "mine" else queries.listed(rows, which, day or request.day)
    rows = rows.filter(pillar=asked["pillar"]) if asked.get("pillar") else rows
    page = page_of(request, rows.select_related("lead", "area"))
    asked_of_me = queries.own_parts(request.user, page.object_list) if which == "mine" else {}
    for one in page:
        one.part = asked_of_me.get(one.pk)
        one.shown, one.late = BoardState(one.f_state).label, one.f_state in queries.UNDONE and one.f_due_on < (day or request.day)
    return {
        "form": form, "tabs": TABS, "which": which, "pillar": asked.get("pillar") or "", "pillars": [(code, said(one)) for code, one in labour_pillars.pillars().items()], "past": day,
        "page": page, "waits": waits, "sets": request.user.has_duty(Duty.SET_BOARD), "day": day or request.day, "month": f"{request.day:%Y-%m}",
    }  # fmt: skip


def _figured(request):
    """Return the list behind the figure that led here ("board_tasks.late"), or "" for none."""
    name = request.GET.get("figure", "").removeprefix("board_tasks.")
    return name if name in queries.LISTS[1:] else ""


@page("labour/board-tasks/<uuid:board_task_id>/", *rules.SEES, template="one", of=BOARD_TASKS, moves=True)
def board_task(request, task):
    """One task: what is asked of whom by when, what was reported, its lines."""
    parts = list(task.parts.select_related("unit").order_by("due_on", "pk"))
    finish = next(one for one in acts_on(BOARD_PARTS) if one.name == "board_part_finish")
    for part in parts:
        part.task = task
        part.mine = bool(finish.verdict(request.user, part, request.at))
    steps = list(task.steps.select_related("unit", "by").order_by("-n")[: MOST + 1])
    return {
        "parts": parts, "steps": [_entry(one) for one in steps[:MOST]], "cut": len(steps) > MOST, "day": request.day, "open": PartState.OPEN, "late": task.state in queries.UNDONE and task.due_on < request.day,
        "pillar": said(labour_pillars.pillars()[task.pillar]),
    }  # fmt: skip


def _entry(step):
    """Return a line of a task as a timeline shows it."""
    tone = {"board_task.climb": "red", "board_task.contest": "orange", "board_task.send_back": "orange", "board_task.confirm": "green"}.get(step.act, "")
    by, org = (step.by.name if step.by else str(CLOCK.name)), step.unit.name if step.unit else ""
    return {"at": step.at, "words": line_words().get(step.act, _("协同任务超期提醒")), "by": by, "org": org, "text": step.words, "tone": tone}


@page("labour/board-tasks/sheet/", *rules.SEES, name="board_sheet", template="sheet")
def board_sheet(request):
    """The list for a meeting: what is due in a month, and what is open from before; one sheet of A4."""
    month = request.GET.get("month") or f"{request.day:%Y-%m}"
    if not re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", month):
        raise Http404
    first = date.fromisoformat(f"{month}-01")
    end = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    found = page_of(request, queries.of_month(request.user, first, end).select_related("lead", "area").prefetch_related("parts__unit"), per_page=ON_A_SHEET)
    for one in found:
        one.late = one.state in queries.UNDONE and one.due_on < request.day
    return {"page": found, "month": month, "first": first, "day": request.day}
