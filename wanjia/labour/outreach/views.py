"""Pages of outreach: what was planned and told, one of them with who is told and why, the slips."""

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.labour.day_markets.asking import trade_choices

from ..reach_states import LeftOut, OutreachState
from ..vacancies.queries import office_of
from . import queries, rules
from .subjects import OUTREACHES

PER_PAGE = 40


@page("labour/outreach/", *rules.ANSWERS, template="list")
def outreaches(request):
    """What was planned and told in one's reach, the newest first."""
    return {"page": page_of(request, queries.listed(request.user), per_page=PER_PAGE), "day": request.day, "waits": queries.waiting(request.user, request.day)}


@page("labour/outreach/<uuid:outreach_id>/", *rules.ANSWERS, of=OUTREACHES, moves=True)
def outreach(request, one):
    """One of them: before it leaves, who would be told and who not, each with why; afterwards who was told and what they answered."""
    words = dict(LeftOut.choices)
    if one.state != OutreachState.PLANNED:
        shown = page_of(request, queries.told_of(one, request.user), per_page=PER_PAGE)
        return {"page": shown, "left": [(words.get(why, why), n, ()) for why, n in one.left_out.items()]}
    found = queries.audience_of(one, request.user, request.day)
    left = [(words[why], len(rows), [row.person.shown_name for row in rows[:PER_PAGE]]) for why, rows in sorted(found.left_out.items())]
    return "preview", {"page": page_of(request, found.told, per_page=PER_PAGE), "found": found, "left": left}


@page("labour/outreach/<uuid:outreach_id>/slips/", *rules.ANSWERS, of=OUTREACHES, name="outreach_slips")
def slips(request, one):
    """A slip for everybody who was told and has not answered: what the vacancy is, and whom to ask. No number, no address."""
    office = office_of(one.area, request.day)
    rows = page_of(request, queries.told_of(one, request.user).filter(answer="waits"), per_page=200)
    return {"page": rows, "vacancy": one.vacancy, "office": office, "trade": dict(trade_choices()).get(one.vacancy.trade, "")}
