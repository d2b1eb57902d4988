"""Pages of classes: the list with today's, one class with its roll, the roll of an afternoon on a telephone, the paper list."""

from wanjia.doors.clock import words_of_days
from wanjia.doors.listing import page_of
from wanjia.doors.reading import page

from ..class_states import Here
from ..duties import Duty
from . import queries, rules
from .commands import read_roll
from .subjects import CLASSES, SESSIONS

ANSWERS = ((Here.PRESENT, "primary"), (Here.EXCUSED, "quiet"), (Here.MISSING, "quiet"))


@page("care/classes/", *rules.HOLDS, template="list")
def classes(request):
    """Today's classes with their rolls, who waits to be confirmed, every class in reach."""
    return {
        "page": page_of(request, queries.listed(request.user)), "held": queries.held_today(request.user, request.day), "keeps": request.user.has_duty(Duty.KEEP_CLASSES),
        "unconfirmed": list(queries.unconfirmed(request.user)[:20]) if request.user.has_duty(Duty.KEEP_CLASSES) else [],
        "unopened": queries.unopened(request.user, request.at),
    }  # fmt: skip


@page("care/classes/<uuid:care_class_id>/", *rules.HOLDS, of=CLASSES, moves=True)
def care_class(request, one):
    """One class: its roll by initials, who may fetch, the last sessions."""
    return {"page": page_of(request, queries.roll_of(one)), "past": queries.past(one)[:10], "days": words_of_days(one.weekdays), "keeps": request.user.has_duty(Duty.KEEP_CLASSES)}


@page("care/sessions/<uuid:session_id>/", *rules.HOLDS, of=SESSIONS, moves=True, fresh=True)
def session(request, one):
    """The roll of an afternoon: names large, three answers each, handed over to whom. Names are journalled before the page is sent."""
    roll = read_roll(session_id=one.pk, by=request.user, at=request.at)
    for row in roll:
        row.late = rules.late(row, request.at)
    return {"roll": sorted(roll, key=_first), "counts": queries.counts(one), "answers": [(state.value, state.label, tone) for state, tone in ANSWERS], "all": len(roll)}


def _first(row):
    """Alarms first, then whoever is still to be called, then who is to be fetched."""
    order = [Here.MISSING, Here.EXPECTED, Here.PRESENT, Here.FOUND, Here.EXCUSED, Here.FETCHED]
    return (not row.late, order.index(row.state), row.child.pinyin)


@page("care/sessions/<uuid:session_id>/sheet/", *rules.HOLDS, of=SESSIONS, fresh=True, name="session_sheet")
def session_sheet(request, one):
    """The paper roll of an afternoon, to be ticked by hand and typed afterwards."""
    return {"roll": read_roll(session_id=one.pk, by=request.user, at=request.at)}
