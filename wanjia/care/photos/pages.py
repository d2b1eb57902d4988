"""What the pages of pictures' acts show besides their forms."""

from django.shortcuts import redirect
from django.urls import reverse

from ..event_states import PhotoState
from . import faces


def to_cover(_request, _event, photo):
    """After a picture comes its covering."""
    return redirect("care:photo_cover", photo.pk)


def canvas(_request, photo):
    """Where the page of covering gets the picture from: what is uncovered by a look that is journalled (views.photo_bare)."""
    uncovered = photo.state == PhotoState.UNCOVERED
    return {"source": reverse("care:photo_bare" if uncovered else "care:photo_picture", args=[photo.pk]), "uncovered": uncovered, "proposes": uncovered and faces.can_propose(),
            "boxes_at": reverse("care:photo_boxes", args=[photo.pk]) if uncovered else ""}  # fmt: skip
