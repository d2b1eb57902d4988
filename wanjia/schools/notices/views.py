"""Pages of notices: those that hold and wait, one notice with whom it was served on and what was done, whom the own unit is still to reach; the papers."""

from django.http import Http404

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.doors.sending import beside
from wanjia.policy import restricting as policy
from wanjia.reporting.documents.drawing import pdf
from wanjia.reporting.figures.queries import drilled

from ..duties import Duty
from ..models import NoticeStep
from ..notice_states import NoticeState
from . import queries, rules
from .subjects import NOTICES

SHOWN = 40  # receipts of one page on a telephone
ON_PAPER = 400  # lines of one sheet of signatures: more is another notice


def figures_of(request):
    """Return {id: figure} of receipts in reach."""
    return {one["id"].partition(".")[2]: one for one in drilled(rules.visible_receipts(request.user), "")["figures"]}


@page("schools/notices/", Duty.SEE_VENUES, template="list")
def notices(request):
    """The notices in reach: drafts and those that hold or will first. ?figure=…"""
    seen = drilled(rules.visible_notices(request.user), request.GET.get("figure", ""))
    rows, stands = queries.with_counts(seen["rows"]), queries.standing(request.day).values("pk")
    drafts = rows.filter(state=NoticeState.DRAFT)
    waits, done = (drafts | rows.filter(pk__in=stands)).order_by("state", "from_on", "pk"), rows.exclude(state=NoticeState.DRAFT).exclude(pk__in=stands).order_by("-until_on", "pk")
    return {
        "waits": page_of(request, waits, word="waits"), "page": page_of(request, done), "figures": seen["figures"], "writes": request.user.has_duty(Duty.LEAD_ROUNDS), "day": request.day,
        "n_waits": queries.drafts(request.user).count() if request.user.has_duty(Duty.LEAD_ROUNDS) else None, "receipts": figures_of(request),
    }  # fmt: skip


@page("schools/notices/<uuid:safety_notice_id>/", Duty.SEE_VENUES, of=NOTICES, moves=True)
def notice(request, one):
    """One notice: on what it rests, until when, whom it was served on, what was done where it was not heeded."""
    counts = queries.with_counts(rules.visible_notices(request.user).filter(pk=one.pk)).get()
    found = page_of(request, one.receipts.filter(pk__in=rules.visible_receipts(request.user).values("pk")).select_related("venue__area", "area").prefetch_related("steps"), per_page=SHOWN)
    stands = one.state == NoticeState.ISSUED and one.until_on >= request.day
    for receipt in found:
        receipt.notice = one
        receipt.reached = request.user.has_duty(Duty.INSPECT) and rules.reaches(request.user, receipt)
    steps = NoticeStep.objects.filter(receipt__notice=one, receipt__in=rules.visible_receipts(request.user)).select_related("receipt__venue", "unit", "handed_to").order_by("-day", "-taken_at")
    return {
        "page": found, "counts": counts, "left": counts.n - counts.served - counts.out, "kinds": queries.kinds_of(one), "basis": queries.basis_of(one), "stands": stands, "day": request.day,
        "over": one.state == NoticeState.ISSUED and not stands, "holds": stands and one.from_on <= request.day, "steps": page_of(request, steps, word="steps"), "sent": one.serial is not None,
        "groups": one.receipts.exclude(group="").exists(), "works": request.user.has_duty(Duty.INSPECT),
        "waits_for_another": one.state == NoticeState.DRAFT and one.binds and one.made_by_id == request.user.id,
    }  # fmt: skip


@page("schools/receipts/", Duty.SEE_VENUES, template="mine")
def receipts(request):
    """Whom the own unit is still to reach, what begins first on top; ?figure=… the rows that one figure counts."""
    figure = request.GET.get("figure", "")
    seen = drilled(rules.visible_receipts(request.user), figure)
    known = figure in {one["id"] for one in seen["figures"]}
    rows = seen["rows"].select_related("notice__issuer", "venue__area", "area").order_by("notice__from_on", "notice_id", "area_id", "venue__name", "group", "pk")
    works = request.user.has_duty(Duty.INSPECT)
    found = page_of(request, rows if known else queries.mine(request.user, request.day) if works else rows.filter(told_at=None, notice__in=queries.standing(request.day)), per_page=SHOWN)
    for one in found:
        one.reached = works and one.told_at is None and bool(rules.can_serve(request.user, one, request.at))
    return {"page": found, "day": request.day, "figures": seen["figures"], "figure": figure if known else ""}


def _papers(request, one, template, words):
    if one.serial is None:
        raise Http404
    rows = one.receipts.filter(pk__in=rules.visible_receipts(request.user).values("pk")).select_related("venue__area", "area")
    context = {
        "notice": one, "basis": queries.basis_of(one), "kinds": queries.kinds_of(one), "edition": policy.in_force(one.from_on), "rows": rows[:ON_PAPER], "cut": max(0, rows.count() - ON_PAPER),
        "groups": rows.exclude(group=""), "name": f"{one.number}{words}", "author": one.issuer.name, "made": request.at,
    }  # fmt: skip
    return beside(pdf(f"schools/papers/{template}.html", context, name=f"{one.pk}"), f"{one.number}{words}.pdf")


@page("schools/notices/<uuid:safety_notice_id>/paper/", Duty.SEE_VENUES, of=NOTICES, name="notice_paper")
def notice_paper(request, one):
    """The notice as it is put up: with a basis 通告, without one 倡议书."""
    return _papers(request, one, "notice", "")


@page("schools/notices/<uuid:safety_notice_id>/receipts/", Duty.SEE_VENUES, of=NOTICES, name="receipt_paper")
def receipt_paper(request, one):
    """The sheet on which places and groups sign for it (送达回证)."""
    return _papers(request, one, "receipts", " 送达回证")
