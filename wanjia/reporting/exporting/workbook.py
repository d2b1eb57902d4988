"""The file itself: a workbook, or CSV where a workbook would be too big to open."""

from django.http import StreamingHttpResponse

from wanjia.doors.sending import attached, sheet
from wanjia.sheets.writing import csv_lines


def sent(kind, actor, export, at):
    """Return the download: .xlsx up to the kind's most rows; above it CSV, line by line as the rows are read."""
    rows, title, header = kind.rows(actor, export.query, at), kind.title(export, at), kind.header(export)
    out = kind.lines(actor, export, rows)
    if export.rows > kind.most:
        answer = StreamingHttpResponse(csv_lines(header, out, title=title), content_type="text/csv; charset=utf-8")
        return attached(answer, f"{kind.named(export)}.csv")
    return sheet(f"{kind.named(export)}.xlsx", header, out, sheet=kind.sheet, title=title)
