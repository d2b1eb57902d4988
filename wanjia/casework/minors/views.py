"""The audit of a year, each figure opened to its rows; the published reports as paper and as sheet."""

import tempfile

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from wanjia.doors.guard import guarded
from wanjia.doors.listing import page_of
from wanjia.kernel.calendar import today
from wanjia.orgs.duties import Duty
from wanjia.reporting.documents.drawing import pdf
from wanjia.reporting.documents.sending import sent
from wanjia.reporting.papers.sheets import day_words, moment_words
from wanjia.sheets.writing import content_disposition, write_xlsx

from . import figures, queries, rules

DIGITS = 4


def _span(request):
    area, day = rules.audited(request.user), today(timezone.now())
    if area is None:
        raise Http404
    text = request.GET.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == DIGITS else day.year
    return queries.span_of(area, year if rules.is_a_year(year, day) else day.year, day)


@guarded(Duty.READ_JOURNAL)
def minors(request):
    """The year as it stands today, and what was published."""
    span = _span(request)
    page = page_of(request, queries.visible_audits(request.user))
    years = range(today(timezone.now()).year, span.year - 3, -1)
    return render(request, "casework/minors/year.html", {
        "span": span, "sections": queries.standing(span), "roles": figures.by_role(span), "page": page, "years": years,
    })  # fmt: skip


@guarded(Duty.READ_JOURNAL)
def minors_rows(request, figure):
    """The rows that one figure counts, as far as an auditor is shown them: who and when, never which child."""
    span, one = _span(request), figures.FIGURES.get(figure)
    if one is None or not one.opens:
        raise Http404
    page = page_of(request, one.rows(span))
    return render(request, "casework/minors/rows.html", {"figure": one, "span": span, "page": page, "lines": [one.shown(row) for row in page]})


@guarded(Duty.READ_JOURNAL)
def minors_paper(request, audit_id):
    """A published report as it was published, to be printed and sealed."""
    audit = get_object_or_404(queries.visible_audits(request.user), pk=audit_id)
    context = {
        **audit.content, "audit": audit, "area": audit.area, "number": audit.number, "day": day_words(audit.as_of), "unit": audit.unit.name,
        "printed": moment_words(audit.published_at), "name": f"{audit.area.name}{audit.year}年未成年人个人信息保护审计报告", "author": audit.unit.name,
        "made": audit.published_at,
    }  # fmt: skip
    return sent(pdf("casework/papers/minors.html", context, name=str(audit.pk)), f"{context['name']}.pdf")


@guarded(Duty.READ_JOURNAL)
def minors_sheet(request, audit_id):
    """The same as a workbook."""
    audit = get_object_or_404(queries.visible_audits(request.user), pk=audit_id)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    lines = [(part["zh"], row["zh"], row["shown"], row["meaning"]) for part in audit.content["sections"] for row in part["rows"]]
    lines += [("按单位、岗位", f"{row['unit']} · {row['role']}", str(row["n"]), "") for row in audit.content["roles"]]
    title = f"{audit.area.name}{audit.year}年未成年人个人信息保护审计报告({audit.number},截至{day_words(audit.as_of)})"
    write_xlsx(file, ("部分", "项目", "数", "口径"), lines, sheet=str(audit.year), title=title)
    file.seek(0)
    answer = FileResponse(file, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    answer["Content-Disposition"] = content_disposition(f"{audit.number}.xlsx")
    answer["X-Content-Type-Options"], answer["Cache-Control"] = "nosniff", "no-store"
    return answer
