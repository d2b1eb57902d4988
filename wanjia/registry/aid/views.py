"""The list of aid that is being decided, one proposal, one refusal."""

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.doors.words import in_english
from wanjia.kernel.calendar import today
from wanjia.policy import aid as policy

from ..households.subjects import headed
from . import queries, rules
from .subjects import CUTS, REFUSALS

TABS = ("open", "missing", "empty", "refusals", "urgent", "over")


@page("aid/", *rules.SEES, template="list")
def aid(request):
    """What waits of aid: proposals to cut, refusals to hand over, papers to make up; those whom the newest list lacks; what is over."""
    actor, day = request.user, request.day
    tab = request.GET.get("tab") if request.GET.get("tab") in TABS else "open"
    rows = {
        "open": queries.open_cuts(actor), "missing": queries.missing_in_lists(actor, request.at), "empty": queries.on_empty_homes(actor, day),
        "refusals": rules.visible_refusals(actor),
        "urgent": queries.papers_due(actor), "over": rules.visible_cuts(actor).exclude(ended_at=None).order_by("-ended_at"),
    }  # fmt: skip
    counts = {name: len(found) if isinstance(found, list) else found.order_by().count() for name, found in rows.items()}
    counts["unserved"] = queries.unserved(actor).order_by().count()
    page = page_of(request, rows[tab], count=counts[tab])
    page.mine = set(queries.mine(actor).values_list("pk", flat=True)) if tab == "open" else ()
    return {"page": page, "tab": tab, "counts": counts, "waits": queries.waiting(actor), "day": day, "heads": queries.heads(page)}


@page("aid/<uuid:cut_id>/", *rules.SEES, name="aid_cut", of=CUTS, moves=True)
def cut(request, one):
    """One proposal: why, by which fact, what the person said, what was decided, what I may do."""
    rule = policy.in_force(today(one.proposed_at))
    return {
        "status": one.status, "heads": queries.heads([one]), "day": request.day, "review": rule.review[in_english()], "source": rule.source[in_english()], "until": rules.answer_until(one),
    }  # fmt: skip


@page("aid/refusals/<uuid:refusal_id>/", *rules.SEES, name="aid_refusal", of=REFUSALS, moves=True)
def refusal(request, one):
    """One refusal: what was asked, which condition failed, by which fact, whether it was handed over."""
    rule = policy.in_force(today(one.decided_at))
    return {
        "home": headed(one.household), "review": rule.review[in_english()], "source": rule.source[in_english()],
        "benefit": one.rule["source_en" if in_english() else "source_zh"], "day": request.day,
    }  # fmt: skip
