"""The audit of a year, each figure opened to its rows; the published reports as paper and as sheet."""

from django.http import Http404

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.doors.sending import beside, sheet
from wanjia.orgs.duties import Duty
from wanjia.reporting.documents.drawing import pdf
from wanjia.reporting.papers.sheets import day_words, moment_words

from . import figures, queries, rules
from .subjects import AUDITS

DIGITS = 4


def _span(request):
    area, day = rules.audited(request.user), request.day
    if area is None:
        raise Http404
    text = request.GET.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == DIGITS else day.year
    return queries.span_of(area, year if rules.is_a_year(year, day) else day.year, day)


@page("minors-audit/", Duty.READ_JOURNAL, template="year")
def minors(request):
    """The year as it stands today, and what was published."""
    span = _span(request)
    page = page_of(request, queries.visible_audits(request.user))
    years = range(request.day.year, span.year - 3, -1)
    return {
        "span": span, "sections": queries.standing(span), "roles": figures.by_role(span), "page": page, "years": years,
    }  # fmt: skip


@page("minors-audit/rows/<slug:figure>/", Duty.READ_JOURNAL, template="rows")
def minors_rows(request, figure):
    """The rows that one figure counts, as far as an auditor is shown them: who and when, never which child."""
    span, one = _span(request), figures.FIGURES.get(figure)
    if one is None or not one.opens:
        raise Http404
    page = page_of(request, one.rows(span))
    return {"figure": one, "span": span, "page": page, "lines": [one.shown(row) for row in page]}


@page("minors-audit/<uuid:audit_id>/paper/", Duty.READ_JOURNAL, of=AUDITS)
def minors_paper(request, audit):
    """A published report as it was published, to be printed and sealed."""
    context = {
        **audit.content, "audit": audit, "area": audit.area, "number": audit.number, "day": day_words(audit.as_of), "unit": audit.unit.name,
        "printed": moment_words(audit.published_at), "name": f"{audit.area.name}{audit.year}年未成年人个人信息保护审计报告", "author": audit.unit.name,
        "made": audit.published_at,
    }  # fmt: skip
    return beside(pdf("casework/papers/minors.html", context, name=str(audit.pk)), f"{context['name']}.pdf")


@page("minors-audit/<uuid:audit_id>/sheet/", Duty.READ_JOURNAL, of=AUDITS)
def minors_sheet(request, audit):
    """The same as a workbook."""
    lines = [(part["zh"], row["zh"], row["shown"], row["meaning"]) for part in audit.content["sections"] for row in part["rows"]]
    lines += [("按单位、岗位", f"{row['unit']} · {row['role']}", str(row["n"]), "") for row in audit.content["roles"]]
    title = f"{audit.area.name}{audit.year}年未成年人个人信息保护审计报告({audit.number},截至{day_words(audit.as_of)})"
    return sheet(f"{audit.number}.xlsx", ("部分", "项目", "数", "口径"), lines, sheet=str(audit.year), title=title)
