"""What the pages of an import show besides their forms, and what goes on after an act."""

from django.http import HttpResponse

from wanjia.doors.listing import page_of
from wanjia.doors.sending import XLSX, attached
from wanjia.kernel.brings import gather

from . import preview, queries
from .brought import kinds
from .forms import Headers
from .marked import marked_workbook
from .progress import is_running, is_stale
from .rules import can_take_marked


def facts(request, upload):
    """What was understood, what would be written, what was written; every act on an upload stands on this page."""
    now, show = request.at, request.GET.get("show", "")
    show = show or ("refused" if upload.rows_refused else "warned" if upload.outcome == "WARN" else "all")
    page, headers = page_of(request, preview.rows_shown(upload, show), per_page=40), preview.headers(upload)
    known = sum(known for _header, _column, known in headers)
    return {
        "running": is_running(upload, now), "stale": is_stale(upload, now), "show": show, "page": page,
        "columns": preview.columns(upload), "grid": preview.grid(upload, page), "groups": preview.groups(upload),
        "headers": headers, "known_headers": known, "new_headers": len(headers) - known, "forecast": preview.counts(upload, upload.forecast.get("counts", {})), "tabs": queries.tabs(upload),
        "writes": preview.writes(upload, upload.forecast.get("counts", {})), "written": preview.counts(upload, upload.counts),
        "header_form": Headers(request.POST if "h0" in request.POST else None, row=upload),
        "sheets": upload.detail.split("、") if upload.file_code == "file.sheet_ambiguous" and upload.state == "received" else [],
        "marked": bool(can_take_marked(request.user, upload, at=now)), "sentence": queries.file_sentence(upload), "step": queries.step_of(upload), "kinds": kinds(),
    }  # fmt: skip


def go_on(upload, *, by):
    """Go on with the work that follows. It calls the commands that declare this page, so whoever does it is asked for by what is brought."""
    for work in gather("AFTER_UPLOADS"):
        work(upload, by=by)


def workbook(_request, _row, upload):
    """The same workbook with its cells marked."""
    name, body = marked_workbook(upload)
    return attached(HttpResponse(body, content_type=XLSX), name)
