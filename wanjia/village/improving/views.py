"""Pages of what is told privately, for the village's own keepers; of the group's paper board, and its sheet. None of them is for the public."""

import base64

from django.http import Http404, HttpResponse

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.doors.sending import beside
from wanjia.policy import appraisal as policy
from wanjia.reporting.documents.drawing import pdf
from wanjia.reporting.figures.queries import drilled
from wanjia.sealing.fields import opened

from ..appraisal_states import PictureState, ShortState, StrictState
from ..duties import Duty
from . import queries, rules
from .photos.rules import is_shown, visible_pictures
from .photos.subjects import PICTURES
from .subjects import SHORTS, STRICTS


@page("village/improving/", Duty.KEEP_APPRAISAL, template="list", fresh=True)
def shortcomings(request):
    """What was told and is open, the longest waiting first; what is over. ?figure=…"""
    figure = request.GET.get("figure", "")
    seen = drilled(rules.visible_shortcomings(request.user), figure)
    rows = seen["rows"].select_related("home", "village")
    mine = rows.filter(state=ShortState.TOLD).order_by("due_on", "pk")
    waits, done = page_of(request, mine, word="waits"), page_of(request, rows.exclude(state=ShortState.TOLD).order_by("-ended_on", "pk"))
    for one in waits.object_list:
        one.late = one.due_on < request.day
    n_waits = queries.to_look_at(request.user, request.day).count()
    return {"waits": waits, "page": done, "n_waits": n_waits, "figures": seen["figures"], "figure": figure, "day": request.day, "edition": policy.in_force(request.day)}


@page("village/improving/told/<uuid:shortcoming_id>/", Duty.KEEP_APPRAISAL, of=SHORTS, moves=True, fresh=True)
def shortcoming(request, one):
    """What was told to a home: where, what, which help was offered, until when; what the home says."""
    return {
        "late": one.state == ShortState.TOLD and one.due_on < request.day, "strict": getattr(one, "strict", None), "day": request.day,
        "photos": visible_pictures(request.user).filter(shortcoming=one).defer("body"), "to_hand": _to_hand(one, request.day),
    }  # fmt: skip


@page("village/improving/told/<uuid:shortcoming_id>/sheet/", Duty.KEEP_APPRAISAL, of=SHORTS, name="shortcoming_sheet", fresh=True)
def shortcoming_sheet(request, one):
    """The paper that the home is handed, alone: what was seen where, which help is offered, until when; with the pictures that another hand has looked at. For the home, not for any board."""
    if not _to_hand(one, request.day):
        raise Http404
    photos = [photo for photo in visible_pictures(request.user).filter(shortcoming=one, state=PictureState.SEEN) if opened(photo, "body", bool, instead=False)]
    name = f"{one.home.number}告知单"
    context = {"one": one, "photos": photos, "name": name, "author": one.village.name, "made": request.at, "edition": policy.in_force(one.told_on)}
    return beside(pdf("village/papers/told.html", context, name=f"told-{one.pk}"), f"{name}.pdf")


def _to_hand(one, day):
    return one.state == ShortState.TOLD and one.until_on >= day and not rules.is_to_be_helped(one.home, day)


@page("village/improving/pictures/<uuid:shortcoming_photo_id>/", Duty.KEEP_APPRAISAL, of=PICTURES, moves=True, fresh=True)
def shortcoming_photo(request, one):
    """A picture of the public place: what another hand looks at before the home is given it."""
    return {"told": one.shortcoming, "shown": is_shown(one, request.day)}


@page("village/improving/pictures/<uuid:shortcoming_photo_id>/picture/", Duty.KEEP_APPRAISAL, of=PICTURES, name="short_photo_bytes", fresh=True)
def short_photo_bytes(request, one):
    """The picture itself, for those who see what was told: kept by no browser and no proxy."""
    body = opened(one, "body", base64.b64decode, b"") if is_shown(one, request.day) else b""
    if not body:
        raise Http404
    answer = HttpResponse(body, content_type="image/jpeg")
    answer["Cache-Control"], answer["X-Content-Type-Options"] = "no-store", "nosniff"
    return answer


@page("village/improving/board/", Duty.REVIEW_APPRAISAL, name="strict_notices", template="board", fresh=True)
def strict_notices(request):
    """The notices for groups' paper boards: what waits for another hand, what hangs, what an objection keeps off. ?figure=…"""
    figure = request.GET.get("figure", "")
    seen = drilled(rules.visible_strict(request.user), figure)
    rows = seen["rows"].select_related("shortcoming__home", "village", "item").order_by("-drawn_at", "pk")
    return {"page": page_of(request, rows), "n_waits": queries.to_review(request.user).count(), "figures": seen["figures"], "figure": figure, "day": request.day}


@page("village/improving/board/<uuid:strict_notice_id>/", Duty.REVIEW_APPRAISAL, of=STRICTS, moves=True, fresh=True)
def strict_notice(request, one):
    """A notice: the household code, the fact, the decision it rests on, how talk was refused; objections and answers."""
    objections = page_of(request, one.objections.select_related("seat__person", "seat__body").order_by("told_on", "pk"))
    return {"objections": objections, "hangs": _hangs(one, request.day), "edition": policy.in_force(one.from_on or request.day)}


@page("village/improving/board/<uuid:strict_notice_id>/sheet/", Duty.REVIEW_APPRAISAL, of=STRICTS, name="strict_sheet", fresh=True)
def strict_sheet(request, one):
    """The sheet for the group's board: only while it may hang. There is no other page or file of it."""
    if not _hangs(one, request.day):
        raise Http404
    home = one.shortcoming.home
    name = f"{home.group_name or one.village.short_name}小组告知"
    context = {"one": one, "home": home, "name": name, "author": one.village.name, "made": request.at, "day": request.day, "edition": policy.in_force(one.from_on)}
    return beside(pdf("village/papers/strict.html", context, name=f"strict-{one.pk}"), f"{name}.pdf")


def _hangs(one, day):
    return one.state == StrictState.UP and one.until_on >= day and not rules.is_to_be_helped(one.shortcoming.home, day)
