"""Pages of calls: those that are due first, then those whose signatures are counted; one of them."""

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.doors.sending import beside
from wanjia.policy import calls as law
from wanjia.reporting.documents.drawing import pdf
from wanjia.verdict import Refused

from ..bodies.subjects import BODIES
from ..call_states import CallState
from ..duties import Duty
from . import queries, rules
from .subjects import CALLS

LINES = 22  # of one sheet, both its sides; who needs more prints it again


@page("village/calls/", Duty.SEE_VILLAGE)
def calls(request):
    """The calls in reach: what is due, the soonest first; those that lack signatures; those that were met or withdrawn."""
    rows = rules.visible_calls(request.user).select_related("body__area", "meeting")
    due = page_of(request, rows.filter(state=CallState.BOUND).order_by("due_on", "pk"), word="due")
    for one in due:
        one.late = one.due_on < request.day
    return {
        "due": due, "lacking": page_of(request, rows.filter(state=CallState.OPEN).order_by("-asked_on", "pk"), word="lacking"), "page": page_of(request, rows.filter(state__in=(CallState.MET, CallState.WITHDRAWN)).order_by("-asked_on", "pk")),
        "n_waits": queries.waiting(request.user, request.day).count(), "works": request.user.has_duty(Duty.KEEP_MEETINGS, Duty.FILE_DECISIONS), "day": request.day,
    }  # fmt: skip


@page("village/calls/<uuid:meeting_call_id>/", Duty.SEE_VILLAGE, of=CALLS, moves=True)
def meeting_call(request, one):
    """One call: how many signed of how many that must, by which article; whose it is and by when, the matter on the agenda, the meeting that met it."""
    bound = one.state == CallState.BOUND
    return {
        "rule": law.in_force(one.body.kind, one.asked_on, one.matter), "part": min(100, 100 * one.signed // one.needs), "open": one.state == CallState.OPEN, "enough": one.bound_on is not None, "bound": bound,
        "late": bound and one.due_on < request.day, "chair": queries.chair_of(one.body.area_id, request.day) if bound else None, "over": one.state in (CallState.MET, CallState.WITHDRAWN), "day": request.day,
    }  # fmt: skip


@page("village/bodies/<uuid:governing_body_id>/calls/list/", Duty.SEE_VILLAGE, of=BODIES)
def blank_call_list(request, body):
    """The list that villagers sign to have a body called, before anybody wrote a call down (空白签名名单): the matter is written by hand; by which article, and how many must sign as of today."""
    asks = queries.askers(body, request.day)
    if not asks:
        raise Refused(rules.NO_CALL)
    return _list(request, body, asks)


@page("village/calls/<uuid:meeting_call_id>/list/", Duty.SEE_VILLAGE, of=CALLS)
def call_list(request, one):
    """The same with the matter of a call on top, for those whose signatures are missing."""
    rule = law.in_force(one.body.kind, one.asked_on, one.matter)
    return _list(request, one.body, [(rule, [(one.get_side_display(), one.roll, one.needs)])] if rule else [], one)


def _list(request, body, asks, one=None):
    name = f"联名要求召集{body.get_kind_display()}签名名单"
    context = {"name": name, "author": body.area.name, "made": request.at, "day": request.day, "body": body, "call": one, "asks": asks, "lines": range(1, LINES + 1)}
    return beside(pdf("village/papers/call_list.html", context, name=f"call-list-{one.pk if one else body.pk}"), f"{name}.pdf")
