"""Pages of calls: those that are due first, then those whose signatures are counted; one of them."""

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.policy import calls as law

from ..call_states import CallState
from ..duties import Duty
from . import queries, rules
from .subjects import CALLS


@page("village/calls/", Duty.SEE_VILLAGE)
def calls(request):
    """The calls in reach: what is due, the soonest first; those that lack signatures; those that were met."""
    rows = rules.visible_calls(request.user).select_related("body__area", "meeting")
    due = page_of(request, rows.filter(state=CallState.BOUND).order_by("due_on", "pk"), word="due")
    for one in due:
        one.late = one.due_on < request.day
    return {
        "due": due, "lacking": page_of(request, rows.filter(state=CallState.OPEN).order_by("-asked_on", "pk"), word="lacking"), "page": page_of(request, rows.filter(state=CallState.MET).order_by("-met_on", "pk")),
        "n_waits": queries.waiting(request.user, request.day).count(), "works": request.user.has_duty(Duty.KEEP_MEETINGS, Duty.FILE_DECISIONS), "day": request.day,
    }  # fmt: skip


@page("village/calls/<uuid:meeting_call_id>/", Duty.SEE_VILLAGE, of=CALLS, moves=True)
def meeting_call(request, one):
    """One call: how many signed of how many that must, by which article; whose it is and by when, the matter on the agenda, the meeting that met it."""
    bound = one.state == CallState.BOUND
    return {
        "rule": law.in_force(one.body.kind, one.asked_on, one.matter), "part": min(100, 100 * one.signed // one.needs), "open": one.state == CallState.OPEN, "bound": bound,
        "late": bound and one.due_on < request.day, "chair": queries.chair_of(one.body.area_id, request.day) if bound else None, "met": one.state == CallState.MET, "day": request.day,
    }  # fmt: skip
