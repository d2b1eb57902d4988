"""Pages of proposals: the village's public page, the slip; the clerk's list, one proposal, the blank slips for the box and the poster with the QR code."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wanjia.doors.guard import PUBLIC, address_of, say, sent_key
from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.doors.sending import beside
from wanjia.orgs.models import Area, Level
from wanjia.policy import proposing as policy
from wanjia.reporting.documents.drawing import pdf, qr
from wanjia.reporting.figures.queries import drilled
from wanjia.verdict import Refused

from ..bylaw_states import ProposalState
from ..duties import Duty
from . import commands, forms, pages, queries, rules
from .subjects import PROPOSALS, VILLAGER

SLIPS = range(5)  # blank slips of one sheet


def _village(area_id):
    found = Area.objects.filter(pk=area_id, level=Level.VILLAGE).first()
    if found is None:
        raise Http404
    return found


@page("p/<str:area_id>/", PUBLIC, name="public_proposing", template="public", fresh=True)
def public_proposing(request, area_id):
    """A village's own page: say what one wants to say, without account; ask what became of it."""
    village, form = _village(area_id), forms.Brings(request.POST or None)
    if not Area.objects.on(request.day).filter(pk=village.pk).exists():
        raise Http404
    if form.is_valid():
        try:
            one = commands.bring_proposal(area_id=village.pk, **form.cleaned_data, address=address_of(request), by=VILLAGER, at=request.at, key=sent_key(request))
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            return pages.told(request, one)
    return {"village": village, "form": form, "edition": policy.in_force(request.day)}


@page("p/<str:area_id>/slip/", PUBLIC, name="proposal_enter", template="enter", fresh=True)
def enter(request, area_id):
    """Type the slip's number and word."""
    village, form = _village(area_id), forms.Slip(request.GET if "number" in request.GET else None)
    if form.is_valid():
        return redirect("village:proposal_slip", village.pk, queries.spelt(form.cleaned_data["number"]), queries.canonical(form.cleaned_data["secret"]) or "-")
    return {"village": village, "form": form}


@page("p/<str:area_id>/<str:number>/<str:secret>", PUBLIC, name="proposal_slip", template="slip", fresh=True)
def slip(request, area_id, number, secret):
    """What became of what I brought; once, asking to think again. Nobody's name stands here."""
    village, address = _village(area_id), address_of(request)
    rules.may_try(address, request.day).or_raise()
    one = queries.by_slip(village.pk, number, secret)
    if one is None:
        rules.note_try(address)
        return render(request, "village/proposing/enter.html", {"village": village, "form": forms.Slip(initial={"number": number}), "wrong": True}, status=404)
    why = ""
    if request.method == "POST":
        try:
            commands.ask_again(village_proposal_id=one.pk, by=VILLAGER, at=request.at, key=sent_key(request))
        except Refused as refusal:
            why = refusal.reason
        else:
            say(request, _("已经请另一个人重新考虑。"))
            return redirect("village:proposal_slip", village.pk, number, secret)
    return {
        "village": village, "one": one, "items": queries.became_of(one), "waits": one.state == ProposalState.WAITING, "late": one.due_on < request.day, "why": why,
        "may_ask": bool(rules.may_ask_again(one, request.day)),
    }  # fmt: skip


@page("village/proposals/", Duty.SEE_VILLAGE, template="list")
def proposals(request):
    """What villagers brought: what waits, the next due first; what was answered. ?figure=… the rows that a figure counts."""
    figure = request.GET.get("figure", "")
    seen = drilled(rules.visible_proposals(request.user), figure)
    known = figure in {one["id"] for one in seen["figures"]}
    rows = rules.visible_proposals(request.user).select_related("village", "item")
    done = seen["rows"].select_related("village", "item") if known else rows.exclude(state=ProposalState.WAITING)
    waits = page_of(request, rows.filter(state=ProposalState.WAITING).order_by("due_on", "told_at", "pk"), word="waits")
    for one in waits:
        one.late = one.due_on < request.day
    return {
        "waits": waits, "page": page_of(request, done.order_by("-answered_on", "-told_at", "pk")), "figures": seen["figures"], "figure": figure if known else "", "day": request.day,
        "keeps": request.user.has_duty(Duty.KEEP_MEETINGS), "n_waits": queries.waiting(request.user, request.day).count(), "villages": sorted({one.village for one in waits}, key=lambda one: one.pk),
    }  # fmt: skip


@page("village/proposals/<uuid:village_proposal_id>/", Duty.SEE_VILLAGE, of=PROPOSALS, moves=True)
def village_proposal(request, one):
    """One proposal: what was said, for whoever answers it; its day, its answer, what came of it."""
    return {"reads": rules.reads(request.user, one), "items": queries.became_of(one), "late": one.state == ProposalState.WAITING and one.due_on < request.day, "day": request.day,
            "waits": one.state == ProposalState.WAITING}  # fmt: skip


@page("village/proposals/paper/<str:area_id>/", Duty.KEEP_MEETINGS, name="proposing_paper")
def proposing_paper(request, area_id):
    """The poster with the QR code of the village's page, and blank slips to write on for the box."""
    village = _village(area_id)
    if not rules.keeps_here(request.user, area_id):
        raise Http404
    address = request.build_absolute_uri(reverse("village:public_proposing", args=[village.pk]))
    name = f"{village.name}提议"
    context = {"village": village, "address": address, "picture": qr(address), "edition": policy.in_force(request.day), "slips": SLIPS, "name": name, "author": village.name, "made": request.at}
    return beside(pdf("village/papers/proposing.html", context, name=f"proposing-{area_id}"), f"{name}.pdf")
