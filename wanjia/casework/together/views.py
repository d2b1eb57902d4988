"""The list of what helpers are asked, and one sub-task."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from wanjia.doors.guard import guarded
from wanjia.doors.listing import page_of
from wanjia.doors.pages import legal_and_not
from wanjia.kernel.calendar import today
from wanjia.orgs.content import of_content
from wanjia.reporting.figures.queries import drilled

from ..models import SubTask
from ..rules import visible_needs
from . import queries
from .subjects import TASKS, visible_tasks


@guarded()
@of_content
def together(request):
    """What others ask of my units, or what my units and those I look over wait for."""
    mine = queries.with_us(request.user)
    n = mine.order_by().count()
    tab = request.GET.get("tab") if request.GET.get("tab") in ("mine", "asked") else "mine" if n else "asked"
    asked = queries.asked_by_us(request.user)
    counts = {"mine": n, "asked": asked.order_by().count()}
    page = page_of(request, mine if tab == "mine" else asked, count=counts[tab])
    day = today(timezone.now())
    shown = {} if tab == "mine" else {"figures": drilled(SubTask.objects.filter(need__in=visible_needs(request.user)), "")["figures"]}
    return render(request, "casework/together/together.html", {"page": page, "tab": tab, "counts": counts, "day": day, **shown})


@guarded()
@of_content
def task(request, task_id):
    """One sub-task: what is asked, by when, of whom, what I may do; of the need no more than it takes."""
    one = get_object_or_404(visible_tasks(request.user), pk=task_id)
    legal, not_now = legal_and_not(TASKS, request.user, one, timezone.now())
    return render(request, "casework/together/task.html", {
        "task": one, "need": one.need, "sees_need": visible_needs(request.user).filter(pk=one.need_id).exists(), "day": today(timezone.now()),
        "legal": [move for move in legal if not move.aside], "aside": [move for move in legal if move.aside], "not_now": not_now,
    })  # fmt: skip
