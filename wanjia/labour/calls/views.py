"""The list of whom to call: three big answers each, on a telephone, with a line or without one."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import redirect

from wanjia.doors.asking import form_of
from wanjia.doors.guard import act, say, taken_along
from wanjia.doors.listing import page_of
from wanjia.doors.pages import row_or_404
from wanjia.doors.reading import page
from wanjia.orgs.models import Level
from wanjia.orgs.scope import areas
from wanjia.policy.labour import fresh_on

from ..duties import Duty
from ..rounds.queries import running
from ..states import UNREACHED, Result
from ..workers.queries import area_asked, areas_below
from ..workers.subjects import WORKERS
from . import queries
from .commands import SOMEWHERE, note_contact

PER_PAGE = 20


@page("labour/calls/", Duty.KEEP_LABOUR, template="list")
def calls(request):
    """Whom to call in a village, the longest not verified first; an answer comes back to the list. A wider reach chooses its village first."""
    actor, day = request.user, request.day
    form = _answered(request) if request.method == "POST" else None
    if form is not None and not form.errors:
        return redirect(request.get_full_path())
    area = area_asked(actor, request.GET.get("area"), duty=Duty.KEEP_LABOUR) or queries.own_village(actor)
    if area is None or area.level != Level.VILLAGE:
        below = areas_below(actor, area, duty=Duty.KEEP_LABOUR)
        found = queries.late_below(actor, area or _only_top(actor), below, day)
        return "villages", {"area": area, "areas": found, "any": any(n for _area, n in found), "days": fresh_on(day).days}
    found = page_of(request, queries.to_call(queries.waiting(actor, area, day)), per_page=PER_PAGE, most=queries.MOST)
    found.object_list = queries.rows_of(list(found), day, on_device=taken_along(request))
    return {
        "page": found, "area": area, "own": queries.own_village(actor) == area, "day": day, "form": form, "places": SOMEWHERE,
        "unreached": [(one.value, one.label) for one in UNREACHED], "round": running(area.code, day).first(), "Result": Result, "here": request.get_full_path(),
    }  # fmt: skip


def _only_top(actor):
    tops = areas(actor, duty=Duty.KEEP_LABOUR)
    return tops[0] if len(tops) == 1 else None


def _answered(request):
    """Do what was answered of one labourer of the list; return its form, with the refusal on it where it was refused."""
    try:
        asked = UUID(request.POST.get("worker_id", ""))
    except ValueError:
        raise Http404 from None
    worker = row_or_404(WORKERS, request.user, asked, duty=(Duty.KEEP_LABOUR,))
    form = form_of(note_contact.act)(request.POST, row=worker, actor=request.user, day=request.day)
    form.about = worker
    if form.is_valid() and act(request, form, note_contact, worker_id=worker.pk):
        say(request, note_contact.act.done)
    return form
