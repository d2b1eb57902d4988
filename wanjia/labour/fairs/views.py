"""Pages of fairs: the list with what came of each, one fair, one stall, and the two sheets for the wall and the table."""

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page

from ..duties import Duty
from . import queries
from .subjects import FAIRS, STALLS

LINES = 20  # empty lines of a stall's paper list: one A4 page


@page("labour/fairs/", Duty.KEEP_MARKETS, template="list")
def fairs(request):
    """The fairs in reach: stalls, registrations, offers, starts."""
    return {"page": page_of(request, queries.listed(request.user)), "day": request.day}


@page("labour/fairs/<uuid:fair_id>/", Duty.KEEP_MARKETS, of=FAIRS, moves=True)
def fair(request, one):
    """One fair and its stalls."""
    return {"page": page_of(request, queries.stalls_of(one))}


@page("labour/fairs/<uuid:fair_id>/sheet/", Duty.KEEP_MARKETS, of=FAIRS, name="fair_sheet")
def fair_sheet(request, one):
    """The sheet for the wall: which employer at which stall, with which vacancies."""
    stalls = page_of(request, queries.stalls_of(one), per_page=200)
    vacancies = queries.vacancies_of_all(one)
    for stand in stalls:
        stand.vacancies = vacancies.get(stand.employer_id, ())
    return {"page": stalls}


@page("labour/stalls/<uuid:stall_id>/", Duty.KEEP_MARKETS, of=STALLS, moves=True)
def stall(request, one):
    """One stall: its vacancies, who registered, what came of it."""
    return {"page": page_of(request, queries.registered_at(one)), "vacancies": queries.vacancies_of(one)}


@page("labour/stalls/<uuid:stall_id>/sheet/", Duty.KEEP_MARKETS, of=STALLS, name="stall_sheet")
def stall_sheet(request, one):
    """The paper list of a stall, to be filled in by hand and typed afterwards."""
    return {"vacancies": queries.vacancies_of(one), "lines": range(1, LINES + 1)}
