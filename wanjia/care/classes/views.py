"""Pages of classes: the list with today's, one class with its roll, the roll of an afternoon on a telephone, the paper list."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.clock import words_of_days
from wanjia.doors.listing import block_of, page_of
from wanjia.doors.reading import page

from ..children.commands import read_names
from ..class_states import Here
from ..duties import Duty
from ..models import Collector
from . import queries, rules
from .commands import read_roll
from .subjects import CLASSES, SESSIONS

SHOWN = 10  # rows of a block beside the list
ANSWERS = ((Here.PRESENT, _("到了"), "primary"), (Here.EXCUSED, _("请假"), "quiet"), (Here.MISSING, _("没到"), "quiet"))


@page("care/classes/", *rules.HOLDS, template="list")
def classes(request):
    """Today's classes with their rolls, who waits to be confirmed, every class in reach."""
    held, keeps = queries.held_today(request.user, request.day), request.user.has_duty(Duty.KEEP_CLASSES)
    unconfirmed = queries.unconfirmed(request.user) if keeps else Collector.objects.none()
    return {
        "page": page_of(request, queries.listed(request.user)), "held": held, "keeps": keeps, "unopened": queries.unopened(held, request.at),
        "unconfirmed": block_of(request, unconfirmed, SHOWN, word="unconfirmed"), "left_open": block_of(request, queries.left_open(request.user, request.day), SHOWN, word="left"),
        "silent": block_of(request, queries.unheld(request.user, request.day), SHOWN, word="silent"),
    }  # fmt: skip


@page("care/classes/<uuid:care_class_id>/", *rules.HOLDS, of=CLASSES, moves=True, fresh=True)
def care_class(request, one):
    """One class: its roll by initials, who may fetch, the last sessions. Names only where they were asked for, each reading written down. ?names=1"""
    found, named = page_of(request, queries.roll_of(one)), request.GET.get("names") == "1"
    if named:
        read_names([row.child for row in found], where=_("课堂名单:%(name)s") % {"name": one.name}, by=request.user, at=request.at)
    past = block_of(request, queries.past(one), SHOWN, word="past")
    return {"page": found, "named": named, "past": past, "days": words_of_days(one.weekdays), "keeps": request.user.has_duty(Duty.KEEP_CLASSES)}


@page("care/sessions/<uuid:session_id>/", *rules.HOLDS, of=SESSIONS, moves=True, fresh=True)
def session(request, one):
    """The roll of an afternoon: names large, three answers each, handed over to whom. Names are journalled before the page is sent."""
    roll = read_roll(session_id=one.pk, by=request.user, at=request.at)
    for row in roll:
        row.late = rules.late(row, request.at)
    return {"roll": sorted(roll, key=_first), "counts": queries.counts(one), "answers": [(state.value, words, tone) for state, words, tone in ANSWERS], "all": len(roll)}


def _first(row):
    """Alarms first, then whoever is still to be called, then who is to be fetched."""
    order = [Here.MISSING, Here.EXPECTED, Here.PRESENT, Here.FOUND, Here.EXCUSED, Here.FETCHED]
    return (not row.late, order.index(row.state), row.child.pinyin)


@page("care/sessions/<uuid:session_id>/sheet/", *rules.HOLDS, of=SESSIONS, fresh=True, name="session_sheet")
def session_sheet(request, one):
    """The paper roll of an afternoon, to be ticked by hand and typed afterwards."""
    return {"roll": read_roll(session_id=one.pk, by=request.user, at=request.at)}
