"""One page: say which homes and why, and take the sheet."""

import tempfile

from django.http import FileResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from wanjia.kernel.calendar import today
from wanjia.kernel.guard import act, guarded
from wanjia.orgs.duties import Duty
from wanjia.sheets.writing import content_disposition, write_xlsx

from . import commands, queries
from .forms import ExportHomes


@guarded(Duty.EXPORT)
@never_cache
def export_households(request):
    """Ask for the reason, then send the workbook."""
    form = ExportHomes(request.POST or None, actor=request.user)
    if not (form.is_valid() and act(request, form, commands.export_households)):
        return render(request, "registry/exporting/export.html", {"form": form}, status=422 if form.is_bound else 200)
    wanted, file = form.cleaned_data, tempfile.TemporaryFile()  # noqa: SIM115  the response closes it
    numbers = wanted.get("numbers", False)
    rows = queries.lines(queries.exported_homes(request.user, wanted["village"]), numbers=numbers)
    write_xlsx(file, queries.header(numbers), rows, sheet=_("家庭成员"))
    file.seek(0)
    answer = FileResponse(file, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    answer["Content-Disposition"] = content_disposition(_("家庭户-%(day)s.xlsx") % {"day": today(timezone.now())})
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
