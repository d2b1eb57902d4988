"""Import in three steps: send, look, confirm. Long work goes on in its own process while the page asks how far it is."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django_htmx.http import HttpResponseClientRefresh

from wanjia.doors.guard import act
from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.doors.sending import sheet
from wanjia.registry.duties import Duty

from . import blank as blanks
from . import commands, pages
from .brought import imports, kinds
from .forms import SendWorkbook
from .progress import is_running
from .resuming import resume as resume_work
from .rules import known_headers, visible_uploads
from .subjects import UPLOADS


@page("import/", Duty.IMPORT, name="import")
def uploads(request):
    """Step one: which list, which file; below, what my unit sent before."""
    form = SendWorkbook(request.POST or None, request.FILES or None, actor=request.user)
    if form.is_valid() and act(request, form, commands.receive_upload):
        pages.go_on(form.answer, by=request.user)
        return redirect("registry:import_upload", form.answer.pk)
    page = page_of(request, visible_uploads(request.user).select_related("by"), per_page=20)
    facts = {"form": form, "page": page, "headers": known_headers(request.user), "now": request.at, "kinds": kinds(request.user)}
    return render(request, "registry/importing/start.html", facts, status=422 if form.is_bound else 200)


@page("import/blank/<slug:template>/", Duty.IMPORT, name="import_blank")
def blank(request, template):
    """The empty workbook of one kind: its header, and a second sheet that says what each column holds."""
    words = dict(kinds(request.user)).get(template)
    if words is None:
        raise Http404
    one = imports()[template].template
    title = str(words)
    return sheet(f"{title}.xlsx", [column.name for column in blanks.columns(one)], [], sheet=title, notes=(gettext("填写说明"), blanks.notes(one)))


@page("import/<uuid:upload_id>/", Duty.IMPORT, name="import_upload", of=UPLOADS, fresh=True)
def upload(request, found):
    """Step two and three: what was understood, what would be written, what was written."""
    return pages.facts(request, found)


@page("import/<uuid:upload_id>/progress/", Duty.IMPORT, name="import_progress", of=UPLOADS, fresh=True)
def progress(request, found):
    """How far the work is; when it is over, the page is asked for anew."""
    if not is_running(found, request.at):
        return HttpResponseClientRefresh()
    return {}


@page("import/<uuid:upload_id>/resume/", Duty.IMPORT, name="import_resume", of=UPLOADS, sends=True)
def resume(request, found):
    """Go on with work that stopped half-way."""
    resume_work(found, by=request.user)
    return redirect("registry:import_upload", found.pk)
