"""The file itself: a workbook, or CSV where a workbook would be too big to open."""

import tempfile

from django.http import FileResponse, StreamingHttpResponse

from wanjia.sheets.writing import content_disposition, csv_lines, write_xlsx

from .columns import HEADER, lines
from .queries import file_name, watermark

LARGEST_BOOK = 200_000


def sent(export, needs, rows, at):
    """Return the download: .xlsx up to LARGEST_BOOK rows, from a file on disk so that its size is known and shown; above it
    CSV, line by line as the rows are read."""
    title, out = watermark(export, at), lines(needs, sensitive=export.columns)
    if rows > LARGEST_BOOK:
        answer = StreamingHttpResponse(csv_lines(HEADER, out, title=title), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = content_disposition(file_name(export, "csv"))
    else:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
        write_xlsx(file, HEADER, out, sheet="困难诉求清单台账", title=title)
        file.seek(0)
        answer = FileResponse(file, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        answer["Content-Disposition"] = content_disposition(file_name(export, "xlsx"))
    answer["X-Content-Type-Options"], answer["Cache-Control"] = "nosniff", "no-store"
    return answer
