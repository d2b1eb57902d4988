"""Where the acts of classes lead, and what their pages show besides."""

from django.shortcuts import redirect

from ..models import Collector, Session
from . import queries


def to_classes(_request, _row, _answer):
    """To the list of classes."""
    return redirect("care:classes")


def to_roll(_request, _row, answer):
    """To the roll of the session."""
    return redirect("care:session", answer.pk if isinstance(answer, Session) else answer.session_id)


def adults(request, presence):
    """Who may fetch this child today: relations alone; names stand in the choice of the form."""
    return {"adults": Collector.objects.on(request.day).filter(child=presence.child_id).exclude(confirmed_at=None).count(), "care_class": presence.session.care_class}


def slip(_request, collector):
    """The adult whose code is printed; shown once it was opened."""
    return {"adult": collector, "classes": queries.listed_classes_of(collector.child_id)}
