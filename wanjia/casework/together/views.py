"""The list of what helpers are asked, and one sub-task."""

from django.shortcuts import get_object_or_404

from wanjia.doors.listing import page_of
from wanjia.doors.reading import moves_of, page
from wanjia.orgs.content import of_content
from wanjia.reporting.figures.queries import drilled

from ..models import SubTask
from ..rules import visible_needs
from . import queries
from .subjects import TASKS, visible_tasks


@page("tasks/", door=of_content)
def together(request):
    """What others ask of my units, or what my units and those I look over wait for."""
    mine = queries.with_us(request.user)
    n = mine.order_by().count()
    tab = request.GET.get("tab") if request.GET.get("tab") in ("mine", "asked") else "mine" if n else "asked"
    asked = queries.asked_by_us(request.user)
    counts = {"mine": n, "asked": asked.order_by().count()}
    page = page_of(request, mine if tab == "mine" else asked, count=counts[tab])
    shown = {} if tab == "mine" else {"figures": drilled(SubTask.objects.filter(need__in=visible_needs(request.user)), "")["figures"]}
    return {"page": page, "tab": tab, "counts": counts, "day": request.day, **shown}


@page("tasks/<uuid:task_id>/", door=of_content)
def task(request, task_id):
    """One sub-task: what is asked, by when, of whom, what I may do; of the need no more than it takes."""
    one = get_object_or_404(visible_tasks(request.user), pk=task_id)
    return {
        "task": one, "need": one.need, "sees_need": visible_needs(request.user).filter(pk=one.need_id).exists(), "day": request.day,
        **moves_of(request, TASKS, one),
    }  # fmt: skip
