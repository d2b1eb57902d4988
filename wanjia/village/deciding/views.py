"""Pages after a decision: what was filed and waits for the township's word, what is up and what is objected to; the papers."""

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.doors.sending import beside
from wanjia.policy import meetings as law
from wanjia.reporting.documents.drawing import pdf
from wanjia.reporting.figures.queries import drilled

from ..duties import Duty
from ..meetings import verdict
from . import queries, rules
from .subjects import FILINGS, NOTICES


@page("village/filings/", Duty.SEE_VILLAGE)
def filings(request):
    """The filings in reach: those that wait for the township's word first. ?figure=… the rows that a figure counts."""
    figure = request.GET.get("figure", "")
    seen = drilled(rules.visible_filings(request.user), figure)
    known = figure in {one["id"] for one in seen["figures"]}
    waits = page_of(request, rules.visible_filings(request.user).filter(opinion="").select_related("area", "item__body").order_by("filed_on", "pk"), word="waits")
    for one in waits:
        one.late = queries.is_late(one, request.day)
    rows = seen["rows"] if known else rules.visible_filings(request.user).exclude(opinion="")
    answers = request.user.has_duty(Duty.FILE_DECISIONS)
    return {
        "waits": waits, "page": page_of(request, rows.select_related("area", "item__body").order_by("-filed_on", "pk")), "figures": seen["figures"], "figure": figure if known else "",
        "answers": answers, "n_waits": queries.filings_waiting(request.user).count() if answers else None, "edition": law.publication(request.day), "day": request.day,
    }  # fmt: skip


@page("village/filings/<uuid:filing_id>/paper/", Duty.SEE_VILLAGE, of=FILINGS)
def filing_paper(request, one):
    """The decision as it is filed (备案表)."""
    context = {
        "filing": one, "item": one.item, "meeting": one.item.meeting, "standing": verdict.standing(one.item.meeting, one.item.matter), "name": f"{one.number} 备案表",
        "author": one.area.name, "made": request.at, "seal": queries.seal_of(one.area),
    }  # fmt: skip
    return beside(pdf("village/papers/filing.html", context, name=f"{one.pk}"), f"{one.number}.pdf")


@page("village/notices/", Duty.SEE_VILLAGE)
def public_notices(request):
    """What is up and objected to; what is still to be filed or put up; what came down. ?figure=… the rows that a figure counts."""
    figure = request.GET.get("figure", "")
    seen = drilled(rules.visible_notices(request.user), figure)
    known = figure in {one["id"] for one in seen["figures"]}
    all_of_them = queries.with_counts(seen["rows"] if known else rules.visible_notices(request.user))
    up = page_of(request, all_of_them.filter(rules.up(request.day)).order_by("until_on", "pk"), word="up")
    down = page_of(request, all_of_them.exclude(pk__in=rules.visible_notices(request.user).filter(rules.up(request.day)).values("pk")).order_by("-until_on", "pk"))
    to_file = queries.to_file(request.user).select_related("body__area", "meeting", "filing").order_by("decided_on", "pk")
    return {
        "up": up, "page": down, "to_file": to_file, "n_waits": queries.unanswered(request.user).count() + to_file.count() + queries.left_to_township(request.user).count(), "figures": seen["figures"], "figure": figure if known else "",
        "day": request.day,
    }  # fmt: skip


@page("village/notices/<uuid:public_notice_id>/", Duty.SEE_VILLAGE, of=NOTICES, moves=True)
def public_notice(request, one):
    """One notice: what is up and until when, each objection and its answer."""
    objections, keeps = page_of(request, one.objections.all()), rules.reads_words(request.user, one)
    left = one.objections.filter(outcome="").first() if keeps else None  # who answers one of them answers all
    return {"page": objections, "up": rules.is_up(one, request.day), "waits": rules.open_objections(one).count(), "keeps": keeps, "answers": left and rules.can_answer(request.user, left, request.at), "day": request.day}


@page("village/notices/<uuid:public_notice_id>/paper/", Duty.SEE_VILLAGE, of=NOTICES)
def public_notice_paper(request, one):
    """The notice as it is put up, in large letters."""
    context = {
        "notice": one, "item": one.item, "meeting": one.item.meeting, "standing": verdict.standing(one.item.meeting, one.item.matter), "edition": law.publication(one.from_on),
        "name": f"{one.item.title} 公示", "author": one.area.name, "made": request.at, "seal": queries.seal_of(one.area),
        "answered": one.objections.exclude(outcome="").order_by("told_on", "pk"),
    }  # fmt: skip
    return beside(pdf("village/papers/notice.html", context, name=f"{one.pk}"), f"{one.item.title} 公示.pdf")
