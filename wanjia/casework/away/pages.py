"""What stands on other apps' pages of those away: how the needs stand that somebody voiced for those at home, or that his station opened for him."""

from ..ledger.need_page import five_steps
from ..models import Need
from ..promise import promise_of
from ..states import FIVE_STEPS, SLIP_STEPS, Channel

SHOWN = 5


def on_work_slip(request, worker):
    """Return {"voiced": [{need, steps, promise}], the newest first}, None for none: those he said himself by a slip, and nothing else of the home."""
    found = Need.objects.filter(requester=worker.person, channel=Channel.SLIP).select_related("holder").prefetch_related("steps").order_by("-recorded_at")[:SHOWN]
    rows = [_told(request, need, SLIP_STEPS) for need in found]
    return {"voiced": rows} if rows else None


def at_station(request, claims):
    """Return {"claims": [{need, steps, promise}]} of the needs that a station's claims (each with its `number`) became, in their order: who has it and how far it is.

    The station sees no need: what stands here is what the household's own slip says of it, in an office's words, and no word of the story.
    """
    found = {need.number: need for need in Need.objects.filter(number__in=[one.number for one in claims]).select_related("holder").prefetch_related("steps")}
    rows = [_told(request, found[one.number], FIVE_STEPS) for one in claims if one.number in found]
    return {"claims": rows} if rows else None


def _told(request, need, way):
    steps = sorted(need.steps.all(), key=lambda step: step.n, reverse=True)
    return {"need": need, "steps": five_steps(need, steps, way), "promise": promise_of(need, request.day, steps)}
