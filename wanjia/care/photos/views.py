"""Pages of pictures: those that wait for their faces, one with what may be done, the picture itself, what everybody may see."""

import base64

from django.db.models import Q
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from wanjia.doors.guard import PUBLIC
from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.sealing.fields import opened

from ..event_states import PhotoState
from ..events.rules import READS
from . import faces, rules
from .commands import look_bare
from .subjects import PHOTOS


def sent(photo, body):
    """Return the bytes of a picture: kept by no browser and no proxy, under a name that tells nothing."""
    if not body:
        raise Http404
    answer = HttpResponse(body, content_type="image/jpeg")
    answer["Content-Disposition"] = f'inline; filename="{photo.pk}.jpg"'
    answer["Cache-Control"], answer["X-Content-Type-Options"], answer["X-Robots-Tag"] = "no-store", "nosniff", "noindex"
    return answer


def _bytes(photo, name):
    return opened(photo, name, base64.b64decode, b"")


@page("care/photos/", *READS, template="list")
def photos(request):
    """The pictures in reach: those whose faces are to be covered first."""
    rows = rules.visible_photos(request.user).defer("raw", "body").select_related("event__area", "taken_by")
    waits = rows.filter(state=PhotoState.UNCOVERED)
    kept = rows.filter(state__in=rules.FINISHED).order_by("-taken_on", "-recorded_at")
    return {"waits": page_of(request, waits.order_by("recorded_at"), word="waits"), "page": page_of(request, kept, per_page=24)}


@page("care/photos/<uuid:photo_id>/", *READS, of=PHOTOS, moves=True)
def photo(request, one):
    """One picture, what it is a record of, and what may be done with it."""
    return {"shown": one.state in rules.FINISHED}


@page("care/photos/<uuid:photo_id>/picture/", *READS, of=PHOTOS, name="photo_picture", fresh=True)
def photo_picture(_request, one):
    """The picture with its faces covered; there is no other way to it, and of one that is not covered there is none."""
    if one.state not in rules.FINISHED:
        raise Http404
    return sent(one, _bytes(one, "body"))


@page("care/photos/<uuid:photo_id>/bare/", *rules.WORKS, of=PHOTOS, name="photo_bare", fresh=True, door=require_POST)
def photo_bare(request, one):
    """The picture as it was taken: for whoever took it and whoever covers faces there, after the look is journalled."""
    look_bare(photo_id=one.pk, by=request.user, at=request.at)
    return sent(one, _bytes(one, "raw"))


@page("care/photos/<uuid:photo_id>/boxes/", *rules.WORKS, of=PHOTOS, name="photo_boxes", fresh=True)
def photo_boxes(request, one):
    """Where a library proposes faces, as boxes in pixels of the picture: nothing of what is seen."""
    if one.state != PhotoState.UNCOVERED or not rules.is_seen_bare(request.user, one):
        raise Http404
    return JsonResponse({"boxes": [list(box) for box in faces.proposed(_bytes(one, "raw"))], "proposes": faces.can_propose()})


@page("album/", PUBLIC, template="album")
def album(request):
    """The pictures that are shown to everybody, by consent: what is seen and on which day, no place that names a school or a village."""
    return {"page": page_of(request, rules.shown_to_all(request.day).defer("raw", "body").order_by("-taken_on", "pk"), per_page=24)}


@page("album/<uuid:photo_id>/", PUBLIC, name="album_picture", fresh=True)
def album_picture(request, photo_id):
    """A picture that is shown to everybody; from the moment it is withdrawn or over there is none."""
    one = get_object_or_404(rules.shown_to_all(request.day), Q(pk=photo_id))
    return sent(one, _bytes(one, "body"))


