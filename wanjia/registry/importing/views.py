"""Import in three steps: send, look, confirm. Long work goes on in its own process while the page asks how far it is."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from wanjia.doors.guard import act, guarded
from wanjia.doors.listing import page_of
from wanjia.doors.pages import of_row
from wanjia.registry.duties import Duty

from . import commands, pages
from .brought import kinds
from .forms import SendWorkbook
from .progress import is_running
from .resuming import resume as resume_work
from .rules import known_headers, visible_uploads
from .subjects import UPLOADS


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


@of_row(UPLOADS, Duty.IMPORT)
@never_cache
def upload(request, found):
    """Step two and three: what was understood, what would be written, what was written."""
    return render(request, "registry/importing/upload.html", {"upload": found, **pages.facts(request, found)})


@of_row(UPLOADS, Duty.IMPORT)
@never_cache
def progress(request, found):
    """How far the work is; when it is over, the page is asked for anew."""
    if not is_running(found, timezone.now()):
        return HttpResponseClientRefresh()
    return render(request, "registry/importing/progress.html", {"upload": found})


@of_row(UPLOADS, Duty.IMPORT)
@require_POST
def resume(request, found):
    """Go on with work that stopped half-way."""
    resume_work(found, by=request.user)
    return redirect("registry:import_upload", found.pk)
