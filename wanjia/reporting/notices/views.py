"""The page of papers: what is there to print of, brought by the apps, and the monthly notices."""

from django.shortcuts import get_object_or_404, render

from wanjia.doors.asking import form_of
from wanjia.doors.guard import act
from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.orgs.duties import Duty

from ..figures.queries import areas_below
from ..papers.queries import lacking, notices
from .commands import print_monthly as print_the_notice
from .pages import drawn
from .queries import places_hard_to_print, with_what_came_since

NOTICES_SHOWN = 24


@page("documents/", Duty.SEE_FIGURES)
def documents(request):
    """Rows to print papers of, and the monthly notice."""
    return _listed(request, _monthly()(actor=request.user))


def _monthly():
    return form_of(print_the_notice.act)


def _listed(request, monthly, status=200):
    areas = areas_below(request.user)
    area = areas.first()
    shown = page_of(request, notices(areas), per_page=NOTICES_SHOWN, word="notices")
    context = {
        "monthly": monthly, "notices": with_what_came_since(list(shown)), "shown": shown,
        "lacking": lacking(places_hard_to_print(area) if area else []),
    }  # fmt: skip
    return render(request, "reporting/notices/documents.html", context, status=status)


@page("documents/monthly/", Duty.SEE_FIGURES, sends=True)
def print_monthly(request):
    """Print the monthly notice of an area."""
    form = _monthly()(request.POST, actor=request.user)
    if form.is_valid() and act(request, form, print_the_notice):
        return drawn(request, None, form.answer)
    return _listed(request, form, status=422)


@page("documents/monthly/<uuid:paper_id>/", Duty.SEE_FIGURES, name="notice")
def published(request, paper_id):
    """Show a published notice as it was published."""
    return drawn(request, None, get_object_or_404(notices(areas_below(request.user)), pk=paper_id))
