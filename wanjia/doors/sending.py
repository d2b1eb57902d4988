"""A file as it is sent: under its name, guessed at by no browser, kept by none."""

import tempfile
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from django.http import FileResponse, HttpResponse

from wanjia.sheets.writing import content_disposition, safe_file_name, write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attached(answer: Any, name: str) -> Any:
    """Return an answer as a file to be saved."""
    answer["Content-Disposition"] = content_disposition(name)
    answer["X-Content-Type-Options"], answer["Cache-Control"] = "nosniff", "no-store"
    return answer


def beside(body: bytes, name: str) -> HttpResponse:
    """Return a PDF to be looked at beside the work."""
    answer: HttpResponse = attached(HttpResponse(body, content_type="application/pdf"), name)
    answer["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(safe_file_name(name), safe='')}"
    return answer


def sheet(name: str, header: Sequence[Any], lines: Iterable[Any], **more: Any) -> FileResponse:
    """Return a workbook, from a file on disk so that its size is known and shown. more: what write_xlsx takes: sheet, title."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_xlsx(file, header, lines, **more)
    file.seek(0)
    answer: FileResponse = attached(FileResponse(file, content_type=XLSX), name)
    return answer
