"""Pages of distributions: the list, one with its classes and sizes, a class on a telephone, what came, the papers."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import redirect

from wanjia.doors.guard import say, sent_key
from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.verdict import Refused

from ..duties import Duty
from ..wish_states import SIZES, GiftState, Served
from . import commands, queries
from .subjects import DISTRIBUTIONS

LONG = 6  # signs of a number that is typed


@page("care/gifts/", Duty.KEEP_GIFTS, template="list")
def gifts(request):
    """The distributions in reach, how many of each roll have it."""
    return {"page": page_of(request, queries.listed(request.user)), "waits": queries.queue(request.user, request.day).get("care:gifts")}


@page("care/gifts/<uuid:distribution_id>/", Duty.KEEP_GIFTS, of=DISTRIBUTIONS, moves=True)
def distribution(request, one):
    """One distribution: its classes, and by size what is wanted, ordered, come, given, short, left over."""
    return {"classes": queries.classes(one), "sizes": queries.by_size(one), "sizing": one.state == GiftState.SIZING, "handing": one.state == GiftState.HANDING}


def _grade(request, one):
    """Return the class that the address asks for. Raises Http404 for one that is not on the roll."""
    grade = request.GET.get("grade", "")
    if not one.roll.filter(grade=grade).exclude(state=Served.LEFT).exists():
        raise Http404
    return grade


def _told(request, word):
    """Return {id of a Gift: what is typed} of the fields that begin with a word; what bears no id is nobody's."""
    found = {}
    for name, value in request.POST.items():
        if name.startswith(word):
            try:
                found[str(UUID(name.removeprefix(word)))] = value.strip()
            except ValueError:
                continue
    return found


@page("care/gifts/<uuid:distribution_id>/class/", Duty.KEEP_GIFTS, of=DISTRIBUTIONS, name="gift_class", template="class", fresh=True)
def gift_class(request, one):
    """A class: sizes while they are gathered, who got it while it is handed out. Names are journalled before the page is sent. ?grade="""
    grade, why = _grade(request, one), ""
    if request.method == "POST":
        try:
            _done(request, one)
        except Refused as refusal:
            why = refusal.reason
        else:
            return redirect("care:distribution", one.pk)
    rows = commands.read_class(distribution_id=one.pk, grade=grade, by=request.user, at=request.at)
    return {"rows": rows, "grade": grade, "sizes": SIZES[one.sizing], "handing": one.state == GiftState.HANDING, "why": why, "left": queries.by_size(one)}


def _done(request, one):
    who = {"distribution_id": one.pk, "by": request.user, "at": request.at, "key": sent_key(request)}
    sizes = _told(request, "size-")
    if "got" in request.POST:
        got = {pk: sizes.get(pk, "") for pk in _told(request, "got-")}
        commands.hand_out(**who, got=got, witness=request.POST.get("witness", ""))
        say(request, commands.hand_out.act.done)
    else:
        commands.note_sizes(**who, sizes=sizes)
        say(request, commands.note_sizes.act.done)


@page("care/gifts/<uuid:distribution_id>/class/sheet/", Duty.KEEP_GIFTS, of=DISTRIBUTIONS, name="gift_sheet", template="sheet", fresh=True)
def gift_sheet(request, one):
    """The paper of a class: sizes to be filled in, or the sign-off sheet. Names are journalled before the page is sent. ?grade="""
    grade = _grade(request, one)
    rows = commands.read_class(distribution_id=one.pk, grade=grade, by=request.user, at=request.at)
    return {"rows": rows, "grade": grade, "sizing": one.state == GiftState.SIZING}


@page("care/gifts/<uuid:distribution_id>/arrival/", Duty.KEEP_GIFTS, of=DISTRIBUTIONS, name="gift_arrival", template="arrival")
def gift_arrival(request, one):
    """How many of each size have come."""
    why = ""
    if request.method == "POST":
        counts = {size: value for size in SIZES[one.sizing] if (value := request.POST.get(f"n-{size}", "").strip())}
        try:
            if not all(value.isdecimal() and len(value) <= LONG for value in counts.values()):
                raise Refused(commands.WRONG)
            commands.note_stock(distribution_id=one.pk, counts={size: int(value) for size, value in counts.items()}, by=request.user, at=request.at, key=sent_key(request))
        except Refused as refusal:
            why = refusal.reason
        else:
            say(request, commands.note_stock.act.done)
            return redirect("care:distribution", one.pk)
    return {"sizes": queries.by_size(one), "why": why}


@page("care/gifts/<uuid:distribution_id>/papers/", Duty.KEEP_GIFTS, of=DISTRIBUTIONS, name="gift_papers", template="papers")
def gift_papers(request, one):
    """The order list by size with the reserve, and what is put together for each class; no name is on either."""
    sizes = queries.by_size(one)
    return {"sizes": sizes, "total": sum(row["to_order"] for row in sizes), "picking": queries.picking(one), "day": request.day}
