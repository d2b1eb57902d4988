"""The sessions of joint triage, and one of them."""

from django.shortcuts import redirect

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page

from . import queries
from .rules import UNSIGNED
from .subjects import HOLDS, SESSIONS, visible_sessions


@page("sessions/", *HOLDS)
def sessions(request):
    """The sessions of my area, the latest first."""
    return {
        "page": page_of(request, queries.with_progress(visible_sessions(request.user))), "waits": queries.waiting_unlisted(request.user, request.day),
        "to_sign": set(queries.to_sign(request.user).values_list("pk", flat=True)),
    }  # fmt: skip


@page("sessions/<uuid:session_id>/", *HOLDS, of=SESSIONS, moves=True)
def session(request, one):
    """One session: who came, what was decided on each item, what is left to do."""
    done, whole = queries.progress(one)
    return {
        "items": queries.items_of(one), "seats": one.seats.select_related("organisation"), "progress": done, "whole": whole,
        "upcoming": queries.next_item(one), "minutes": getattr(one, "minutes", None), "unsigned": one.state in UNSIGNED,
    }  # fmt: skip


@page("sessions/<uuid:session_id>/sit/", *HOLDS, of=SESSIONS)
def sit(request, one):
    """Lead to the first item that waits; to the session when none does."""
    following = queries.next_item(one)
    return redirect("casework:decide", following.pk) if following else redirect("casework:session", one.pk)

