"""Import in three steps: send, look, confirm. Long work goes on in its own process while the page asks how far it is."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from wanjia.kernel.guard import act, guarded, say, sent_key
from wanjia.kernel.listing import page_of
from wanjia.orgs.duties import Duty
from wanjia.sheets.writing import content_disposition

from . import commands, jobs, preview, queries
from .forms import ChooseSheet, Confirm, Headers, Plain, SendWorkbook
from .marked import marked_workbook
from .rules import can_take_marked, known_headers, visible_uploads

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _upload_or_404(request, upload_id):
    return get_object_or_404(visible_uploads(request.user).select_related("by", "organisation"), pk=upload_id)


@guarded(Duty.IMPORT)
def uploads(request):
    """Step one: which list, which file; below, what my unit sent before."""
    form = SendWorkbook(request.POST or None, request.FILES or None)
    if form.is_valid() and act(request, form, commands.receive_upload):
        jobs.begin(form.answer, by=request.user)
        return redirect("registry:import_upload", form.answer.pk)
    page = page_of(request, visible_uploads(request.user).select_related("by"), per_page=20)
    facts = {"form": form, "page": page, "headers": known_headers(request.user), "now": timezone.now()}
    return render(request, "registry/importing/start.html", facts, status=422 if form.is_bound else 200)


@guarded(Duty.IMPORT)
@never_cache
def upload(request, upload_id):
    """Step two and three: what was understood, what would be written, what was written."""
    return render(request, "registry/importing/upload.html", _facts(request, _upload_or_404(request, upload_id)))


def _facts(request, upload, form=None):
    now, show = timezone.now(), request.GET.get("show", "")
    show = show or ("refused" if upload.rows_refused else "warned" if upload.outcome == "WARN" else "all")
    page, headers = page_of(request, preview.rows_shown(upload, show), per_page=40), preview.headers(upload)
    known = sum(known for _header, _column, known in headers)
    return {
        "upload": upload, "running": jobs.is_running(upload, now), "stale": jobs.is_stale(upload, now), "show": show, "page": page,
        "columns": preview.columns(upload), "grid": preview.grid(upload, page), "groups": preview.groups(upload), "form": form,
        "headers": headers, "known_headers": known, "new_headers": len(headers) - known, "forecast": preview.counts(upload.forecast.get("counts", {})), "tabs": queries.tabs(upload),
        "writes": preview.writes(upload.forecast.get("counts", {})), "written": preview.counts(upload.counts),
        "header_form": form if isinstance(form, Headers) else Headers(upload=upload),
        "sheets": upload.detail.split("、") if upload.file_code == "file.sheet_ambiguous" and upload.state == "received" else [],
        "marked": bool(can_take_marked(request.user, upload, now)), "sentence": queries.file_sentence(upload), "step": queries.step_of(upload),
    }  # fmt: skip


@guarded(Duty.IMPORT)
@never_cache
def progress(request, upload_id):
    """How far the work is; when it is over, the page is asked for anew."""
    found = _upload_or_404(request, upload_id)
    if not jobs.is_running(found, timezone.now()):
        return HttpResponseClientRefresh()
    return render(request, "registry/importing/progress.html", {"upload": found})


def _do(request, upload_id, form, command, then=None, done=""):
    """Act on one upload, go on with the work that follows, and come back to its page; a refusal stands on the page."""
    found = _upload_or_404(request, upload_id)
    if form.is_valid() and act(request, form, command, upload_id=found.pk):
        if then:
            then(form.answer, by=request.user)
        if done:
            say(request, done)
        return redirect("registry:import_upload", found.pk)
    return render(request, "registry/importing/upload.html", _facts(request, found, form), status=422)


@guarded(Duty.IMPORT)
@require_POST
def choose_sheet(request, upload_id):
    """Say which sheet is meant."""
    return _do(request, upload_id, ChooseSheet(request.POST), commands.choose_sheet, jobs.begin)


@guarded(Duty.IMPORT)
@require_POST
def correct_headers(request, upload_id):
    """Say what the headers mean; the file is judged anew."""
    form = Headers(request.POST, upload=_upload_or_404(request, upload_id))
    return _do(request, upload_id, form, commands.correct_headers, jobs.begin, _("表头已按您选的对照,并记住了。"))


@guarded(Duty.IMPORT)
@require_POST
def confirm(request, upload_id):
    """Write the accepted rows."""
    return _do(request, upload_id, Confirm(request.POST), commands.confirm_upload, jobs.begin)


@guarded(Duty.IMPORT)
@require_POST
def cancel(request, upload_id):
    """Stop: what is written stays, what waits is dropped."""
    return _do(request, upload_id, Plain(request.POST), commands.cancel_upload, jobs.begin, _("已取消。原表内容已清除。"))


@guarded(Duty.IMPORT)
@require_POST
def resume(request, upload_id):
    """Go on with work that stopped half-way."""
    jobs.resume(_upload_or_404(request, upload_id), by=request.user)
    return redirect("registry:import_upload", upload_id)


@guarded(Duty.IMPORT)
@require_POST
@never_cache
def marked(request, upload_id):
    """The same workbook with its cells marked."""
    found = _upload_or_404(request, upload_id)
    commands.take_marked(upload_id=found.pk, by=request.user, at=timezone.now(), key=sent_key(request))
    name, body = marked_workbook(found)
    answer = HttpResponse(body, content_type=XLSX)
    answer["Content-Disposition"], answer["X-Content-Type-Options"] = content_disposition(name), "nosniff"
    return answer


@guarded(Duty.IMPORT)
@require_POST
def forget_header(request, header_id):
    """Take back what a header was said to mean."""
    commands.forget_header(header_id=header_id, by=request.user, at=timezone.now(), key=sent_key(request))
    say(request, _("已忘记。下次按表头原来的字面理解。"))
    return redirect("registry:import")
