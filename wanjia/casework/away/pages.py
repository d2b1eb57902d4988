"""What stands on another app's slip of somebody away: how the needs stand that he voiced for those at home."""

from ..ledger.need_page import five_steps
from ..models import Need
from ..promise import promise_of
from ..states import SLIP_STEPS, Channel

SHOWN = 5


def on_work_slip(request, worker):
    """Return {"voiced": [{need, steps, promise}], the newest first}, None for none: those he said himself by a slip, and nothing else of the home."""
    found = Need.objects.filter(requester=worker.person, channel=Channel.SLIP).select_related("holder").prefetch_related("steps").order_by("-recorded_at")[:SHOWN]
    rows = []
    for need in found:
        steps = sorted(need.steps.all(), key=lambda step: step.n, reverse=True)
        rows.append({"need": need, "steps": five_steps(need, steps, SLIP_STEPS), "promise": promise_of(need, request.day, steps)})
    return {"voiced": rows} if rows else None
