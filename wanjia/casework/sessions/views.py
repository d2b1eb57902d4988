"""The sessions of joint triage, and one of them."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from wanjia.doors.guard import guarded
from wanjia.doors.listing import page_of
from wanjia.doors.pages import legal_and_not
from wanjia.kernel.calendar import today

from . import queries
from .rules import UNSIGNED
from .subjects import HOLDS, SESSIONS, visible_sessions


@guarded(*HOLDS)
def sessions(request):
    """The sessions of my area, the latest first."""
    return render(request, "casework/sessions/sessions.html", {
        "page": page_of(request, queries.with_progress(visible_sessions(request.user))), "waits": queries.waiting_unlisted(request.user, today(timezone.now())),
        "to_sign": set(queries.to_sign(request.user).values_list("pk", flat=True)),
    })  # fmt: skip


@guarded(*HOLDS)
def session(request, session_id):
    """One session: who came, what was decided on each item, what is left to do."""
    one = get_object_or_404(visible_sessions(request.user), pk=session_id)
    legal, not_now = legal_and_not(SESSIONS, request.user, one, timezone.now())
    done, whole = queries.progress(one)
    return render(request, "casework/sessions/session.html", {
        "session": one, "items": queries.items_of(one), "seats": one.seats.select_related("organisation"), "progress": done, "whole": whole,
        "upcoming": queries.next_item(one), "legal": [move for move in legal if not move.aside], "aside": [move for move in legal if move.aside],
        "not_now": not_now, "minutes": getattr(one, "minutes", None), "unsigned": one.state in UNSIGNED,
    })  # fmt: skip


@guarded(*HOLDS)
def sit(request, session_id):
    """Lead to the first item that waits; to the session when none does."""
    one = get_object_or_404(visible_sessions(request.user), pk=session_id)
    following = queries.next_item(one)
    return redirect("casework:decide", following.pk) if following else redirect("casework:session", one.pk)

