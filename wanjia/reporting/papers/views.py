"""The page of one row's papers, and printing itself."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from wanjia.doors.guard import guarded, press
from wanjia.doors.listing import page_of
from wanjia.orgs.content import of_content

from ..documents.drawing import pdf
from ..documents.sending import sent
from ..models import Paper
from . import commands, queries, rules
from .sheets import sheet_of


def _seen(request, row_id):
    family, row = queries.seen(request.user, row_id)
    if row is None:
        raise Http404
    return family, row


@guarded()
@of_content
def papers(request, row_id):
    """The papers of one row: those that fit now, and why not the others."""
    family, row = _seen(request, row_id)
    judged = rules.papers_of(request.user, family, row, timezone.now())
    context = {
        "row": row, "family": family, "number": family.subject.about(row), "judged": judged, "printed": page_of(request, queries.printed(row), per_page=20, word="printed"),
        "lacking": queries.lacking(family.hard(row, request.user)),
    }  # fmt: skip
    return render(request, "reporting/papers/papers.html", context)


@guarded()
@of_content
@require_POST
def print_paper(request, row_id, kind):
    """Print one paper: number it, journal it, send the PDF."""
    family, row = _seen(request, row_id)
    if family.kind(kind) is None:
        raise Http404
    made = press(request, commands.print_document, subject_id=row.pk, kind=kind)
    return _drawn(request.user, family, commands.to_send(made, by=request.user, at=timezone.now()))


def _drawn(actor, family, paper: Paper):
    sheet = sheet_of(family, paper, actor, timezone.now())
    context = {"sheet": sheet, "name": f"{sheet.title} {paper.number}", "author": actor.org_name, "made": paper.printed_at}
    return sent(pdf("reporting/papers/paper.html", context, name=str(paper.pk)), f"{sheet.title}{paper.number}.pdf")
