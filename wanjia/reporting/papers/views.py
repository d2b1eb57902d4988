"""The page of one row's papers, and printing itself."""

from django.http import Http404

from wanjia.doors.guard import press
from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.doors.sending import beside
from wanjia.orgs.content import of_content

from ..documents.drawing import pdf
from . import commands, queries, rules
from .sheets import sheet_of


def _seen(request, row_id):
    family, row = queries.seen(request.user, row_id)
    if row is None:
        raise Http404
    return family, row


@page("documents/<uuid:row_id>/", door=of_content)
def papers(request, row_id):
    """The papers of one row: those that fit now, and why not the others."""
    family, row = _seen(request, row_id)
    printed = page_of(request, queries.printed(row), per_page=20, word="printed")
    return {
        "row": row, "family": family, "number": family.subject.about(row), "judged": rules.papers_of(request.user, family, row, request.at),
        "printed": printed, "lacking": queries.lacking(family.hard(row, request.user)),
    }  # fmt: skip


@page("documents/<uuid:row_id>/<str:kind>/", door=of_content, sends=True)
def print_paper(request, row_id, kind):
    """Print one paper: number it, journal it, send the PDF."""
    family, row = _seen(request, row_id)
    if family.kind(kind) is None:
        raise Http404
    made = press(request, commands.print_document, subject_id=row.pk, kind=kind)
    paper = commands.to_send(made, by=request.user, at=request.at)
    sheet = sheet_of(family, paper, request.user, request.at)
    context = {"sheet": sheet, "name": f"{sheet.title} {paper.number}", "author": request.user.org_name, "made": paper.printed_at}
    return beside(pdf("reporting/papers/paper.html", context, name=str(paper.pk)), f"{sheet.title}{paper.number}.pdf")
