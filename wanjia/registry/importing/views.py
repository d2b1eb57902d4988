"""Import in three steps: send, look, confirm. Long work goes on in its own process while the page asks how far it is."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from wanjia.doors.guard import act, guarded
from wanjia.doors.listing import page_of
from wanjia.doors.pages import row_or_404
from wanjia.registry.duties import Duty

from . import commands, pages
from .brought import kinds
from .forms import SendWorkbook
from .progress import is_running
from .resuming import resume as resume_work
from .rules import known_headers, visible_uploads
from .subjects import UPLOADS


def _upload_or_404(request, upload_id):
    return row_or_404(UPLOADS, request.user, upload_id, duty=Duty.IMPORT)


@guarded(Duty.IMPORT)
def uploads(request):
    """Step one: which list, which file; below, what my unit sent before."""
    form = SendWorkbook(request.POST or None, request.FILES or None)
    if form.is_valid() and act(request, form, commands.receive_upload):
        pages.go_on(form.answer, by=request.user)
        return redirect("registry:import_upload", form.answer.pk)
    page = page_of(request, visible_uploads(request.user).select_related("by"), per_page=20)
    facts = {"form": form, "page": page, "headers": known_headers(request.user), "now": timezone.now(), "kinds": kinds()}
    return render(request, "registry/importing/start.html", facts, status=422 if form.is_bound else 200)


@guarded(Duty.IMPORT)
@never_cache
def upload(request, upload_id):
    """Step two and three: what was understood, what would be written, what was written."""
    found = _upload_or_404(request, upload_id)
    return render(request, "registry/importing/upload.html", {"upload": found, **pages.facts(request, found)})


@guarded(Duty.IMPORT)
@never_cache
def progress(request, upload_id):
    """How far the work is; when it is over, the page is asked for anew."""
    found = _upload_or_404(request, upload_id)
    if not is_running(found, timezone.now()):
        return HttpResponseClientRefresh()
    return render(request, "registry/importing/progress.html", {"upload": found})


@guarded(Duty.IMPORT)
@require_POST
def resume(request, upload_id):
    """Go on with work that stopped half-way."""
    resume_work(_upload_or_404(request, upload_id), by=request.user)
    return redirect("registry:import_upload", upload_id)
