"""The papers' pages, and printing itself."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from wanjia.casework.duties import Duty
from wanjia.doors.guard import act, guarded, refusal_of
from wanjia.doors.listing import page_of
from wanjia.orgs.content import of_content
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.policy.glyphs import named, packages_for
from wanjia.reporting.documents.drawing import pdf, qr
from wanjia.reporting.figures.queries import areas_below
from wanjia.reporting.states import PaperKind
from wanjia.sheets.writing import safe_file_name

from ..slip.commands import issue_slip
from ..slip.rules import can_issue, may_show
from . import commands, queries, rules
from .forms import Monthly, PrintPaper
from .monthly import entered_since, notice
from .sheets import sheet_of

NOTICES_SHOWN = 24


def lacking(found):
    """Shape what cannot be printed for the page: each field with its characters by number, and the packages that bear them."""
    chars = [char for _field, chars in found for char in chars]
    return {"fields": [(field, "、".join(map(named, chars))) for field, chars in found], "packages": " ".join(packages_for(chars))}


@guarded(OrgsDuty.SEE_FIGURES)
def documents(request):
    """Needs to print papers of, and the monthly notice."""
    return _listed(request, Monthly(actor=request.user))


def _listed(request, monthly, status=200):
    text = request.GET.get("q", "").strip()
    page = page_of(request, queries.newest(rules.printable_needs(request.user, duty=OrgsDuty.SEE_FIGURES), text))
    area = monthly.fields["area"].queryset.first()
    hard = queries.places_hard_to_print(area) if area else []
    context = {"page": page, "text": text, "monthly": monthly, "notices": _notices(request), "lacking": lacking(hard)}
    return render(request, "casework/papers/documents.html", context, status=status)


@guarded()
@of_content
def papers(request, need_id):
    """The nine papers of one need: those that fit now, and why not the others."""
    rows = rules.printable_needs(request.user).select_related("village__parent", "holder", "household", "handler")
    need = get_object_or_404(rows, pk=need_id)
    judged = rules.papers_of(request.user, need, timezone.now())
    context = {"need": need, "judged": [(kind, verdict, rules.KINDS[kind]) for kind, verdict in judged], "printed": queries.printed(need)[:20], "slip": can_issue(request.user, need), "lacking": lacking(queries.hard_to_print(need, request.user))}
    return render(request, "casework/papers/papers.html", context)


@guarded()
@of_content
@require_POST
def print_paper(request, need_id, kind):
    """Print one paper: number it, journal it, send the PDF."""
    get_object_or_404(rules.printable_needs(request.user), pk=need_id)
    if kind not in PaperKind.values or kind == PaperKind.MONTHLY:
        raise Http404
    form = PrintPaper(request.POST)
    if not (form.is_valid() and act(request, form, commands.print_document, need_id=need_id, kind=PaperKind(kind))):
        raise refusal_of(form)
    paper, now = form.answer, timezone.now()
    sheet = sheet_of(paper, queries.whole_need(need_id), request.user, now)
    context = {"sheet": sheet, "name": f"{sheet.title} {paper.number}", "author": request.user.org_name, "made": paper.printed_at}
    return _sent(pdf("casework/papers/paper.html", context, name=str(paper.pk)), f"{sheet.title}{paper.number}.pdf")


@guarded(OrgsDuty.SEE_FIGURES)
@require_POST
def print_monthly(request):
    """Print the monthly notice of an area."""
    form = Monthly(request.POST, actor=request.user)
    if form.is_valid() and act(request, form, commands.print_monthly):
        return _notice(form.answer)
    return _listed(request, form, status=422)


@guarded(OrgsDuty.SEE_FIGURES)
def published(request, paper_id):
    """Show a published notice as it was published."""
    return _notice(get_object_or_404(queries.notices(areas_below(request.user)), pk=paper_id))


@guarded(OrgsDuty.SEE_FIGURES)
@require_POST
def correct(request, paper_id):
    """Publish a correction of a notice."""
    paper = get_object_or_404(queries.notices(areas_below(request.user)), pk=paper_id)
    form = PrintPaper(request.POST)
    if form.is_valid() and act(request, form, commands.correct_monthly, paper_id=paper.pk):
        return _notice(form.answer)
    raise refusal_of(form)


def _notices(request):
    """Return the newest notices in reach, each with whether something was entered since that had happened by its day."""
    found = list(queries.notices(areas_below(request.user))[:NOTICES_SHOWN])
    for paper in found:
        last = paper.corrections.all()[len(paper.corrections.all()) - 1] if paper.corrections.all() else paper.published
        paper.outdated = paper.published.corrects is None and entered_since(paper, last)
    return found


def _notice(paper):
    context = notice(paper)
    return _sent(pdf("casework/papers/monthly.html", context, name=str(paper.pk)), f"{context['name']}.pdf")


@guarded(Duty.RECORD_NEEDS)
@require_POST
def slip(request, need_id):
    """Make the household's slip and send it as a small PDF."""
    need = get_object_or_404(rules.printable_needs(request.user, duty=Duty.RECORD_NEEDS), pk=need_id)
    form = PrintPaper(request.POST)
    if not (form.is_valid() and act(request, form, issue_slip, need_id=need.pk)):
        raise refusal_of(form)
    may_show(form.answer).or_raise()
    door, page = (request.build_absolute_uri(address) for address in queries.slip_addresses(form.answer.code))
    context = {"code": form.answer.code, "address": door, "qr": qr(page), "number": need.number,
               "day": queries.moment_words(form.answer.issued_at), "name": "困难诉求查询小条", "made": form.answer.issued_at}  # fmt: skip
    return _sent(pdf("casework/papers/slip.html", context, name=str(form.answer.pk)), f"小条{need.number}.pdf")


def _sent(body, name):
    answer = HttpResponse(body, content_type="application/pdf")
    answer["Content-Disposition"] = f"inline; filename*=UTF-8''{queries.quoted(safe_file_name(name))}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer
