"""What the desk shows of aid: whom to hear, what to decide, what to hand over."""

from wanjia.doors.guard import taken_along
from wanjia.doors.listing import block_of
from wanjia.registry.duties import Duty

from ..models import AidRefusal, UrgentAid
from . import queries, rules

SHOWN = 6


def on_desk(request, _about):
    """Return what waits for the reader, as the menu counts it: {"cuts", "unserved", "papers", "day"}; None where nothing does."""
    actor = request.user
    if not queries.waiting(actor):
        return None
    cuts = block_of(request, queries.mine(actor), SHOWN, word="aid")
    keeps = actor.has_duty(Duty.KEEP_AID)
    unserved = block_of(request, queries.unserved(actor) if keeps else AidRefusal.objects.none(), SHOWN, word="unserved")
    papers = block_of(request, queries.papers_due(actor) if keeps else UrgentAid.objects.none(), SHOWN, word="papers")
    if not any(page.object_list for page in (cuts, unserved, papers)):
        return None
    heads = queries.heads([*cuts, *unserved, *papers])
    return {"cuts": cuts, "unserved": unserved, "papers": papers, "mine": {one.pk for one in cuts}, "heads": heads, "day": request.day}


def of_home(request, home):
    """Return what stands of aid beside a home: {"cuts", "refusals", "urgent", "keeps", "home"}; None for whoever has no part in it."""
    actor = request.user
    if not actor.has_duty(*rules.SEES) or not rules.handles(actor, home.village_id, duty=rules.SEES) or taken_along(request):
        return None
    return {
        "cuts": list(queries.open_cuts(actor).filter(status__household=home)), "refusals": block_of(request, rules.visible_refusals(actor).filter(household=home), SHOWN, word="refusals"),
        "urgent": block_of(request, rules.visible_urgent(actor).filter(household=home), SHOWN, word="urgent"), "keeps": actor.has_duty(Duty.KEEP_AID), "home": home, "day": request.day,
    }  # fmt: skip


def queue(actor, _day):
    """Return how many wait for the actor."""
    return {"registry:aid": queries.waiting(actor)} if actor.has_duty(*rules.SEES) else {}
