"""The file itself: a workbook, or CSV where a workbook would be too big to open."""

import tempfile

from django.http import FileResponse, StreamingHttpResponse

from wanjia.sheets.writing import content_disposition, csv_lines, write_xlsx


def sent(kind, actor, export, at):
    """Return the download: .xlsx up to the kind's most rows, from a file on disk so that its size is known and shown; above it
    CSV, line by line as the rows are read."""
    rows, title, header = kind.rows(actor, export.query, at), kind.title(export, at), kind.header(export)
    out = kind.lines(actor, export, rows)
    if export.rows > kind.most:
        answer = StreamingHttpResponse(csv_lines(header, out, title=title), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = content_disposition(f"{kind.named(export)}.csv")
    else:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
        write_xlsx(file, header, out, sheet=kind.sheet, title=title)
        file.seek(0)
        answer = FileResponse(file, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        answer["Content-Disposition"] = content_disposition(f"{kind.named(export)}.xlsx")
    answer["X-Content-Type-Options"], answer["Cache-Control"] = "nosniff", "no-store"
    return answer
