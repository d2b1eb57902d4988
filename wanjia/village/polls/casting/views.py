"""A home's own pages, without account, cookie or session: take a token, vote; and what anybody may read and recount."""

import json
import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from wanjia.doors.guard import PUBLIC, address_of
from wanjia.doors.reading import page
from wanjia.doors.sending import attached
from wanjia.verdict import Refused

from ... import verifier
from ...models import Poll
from ...poll_states import PollState
from .. import pages, queries, rules
from ..issuing.commands import take_token
from ..subjects import VOTER
from .commands import cast_ballot

KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def _poll(poll_id):
    found = Poll.objects.select_related("area").filter(pk=poll_id).first()
    if found is None:
        raise Http404
    return found


def _answered(request, does):
    """Return what `does` answers as JSON, or the sentence that refuses it; refused tries of one address are counted in memory, and nothing else is kept of it."""
    address = address_of(request)
    try:
        rules.may_try(address).or_raise()
        return JsonResponse(does())
    except Refused as refusal:
        rules.note_try(address)
        return JsonResponse({"said": str(refusal.reason)}, status=refusal.status)


@page("v/<uuid:poll_id>/", PUBLIC, name="poll_vote", fresh=True)
def vote(request, poll_id):
    """Vote: one question, large, and the promise that nobody sees what was chosen. Before and after voting it says where the poll stands."""
    poll = _poll(poll_id)
    classes = {one.key: one.options for one in poll.classes.all()}
    return {"poll": poll, "open": poll.state == PollState.VOTING, "closed": poll.state == PollState.CLOSED, "issuing": poll.state == PollState.ISSUING, "counting": poll.state == PollState.COUNTING, "classes": json.dumps(classes, ensure_ascii=False)}


@page("v/<uuid:poll_id>/cast", PUBLIC, name="poll_cast", sends=True, fresh=True)
@csrf_exempt  # no cookie comes along: whoever sends it proves a card or token, nothing else
def cast(request, poll_id):
    """Take a sealed ballot."""
    what = {name: request.POST.get(name, "")[:1400] for name in ("letter", "bearer", "signature", "sealed", "opening")}
    return _answered(request, lambda: {"said": cast_ballot(poll_id=poll_id, **what, by=VOTER, at=request.at)})


@page("t/<str:code>", PUBLIC, name="poll_token", fresh=True)
def token(request, code):
    """Take the token of a home by the link on its paper; nothing about the home stands here."""
    address = address_of(request)
    rules.may_try(address).or_raise()
    home = queries.home_of_link(code)
    if home is None:
        rules.note_try(address)
        return "none", {}
    return {"home": home, "poll": home.poll, "taken": home.taken, "code": code}


@page("t/<str:code>/sign", PUBLIC, name="poll_sign", sends=True, fresh=True)
@csrf_exempt  # as above: the code is the proof
def sign(request, code):
    """Sign what a telephone hid."""

    def does():
        home = queries.home_of_link(code)
        if home is None:
            raise Refused(rules.NO_TICKET)
        return {"signed": take_token(poll_home_id=home.pk, hidden=request.POST.get("hidden", "")[:1400], by=VOTER, at=request.at)}

    return _answered(request, does)


@page("v/<uuid:poll_id>/board/", PUBLIC, name="poll_board")
def board(request, poll_id):
    """The published board: result, turnout, every ballot; how it is recounted."""
    poll = _poll(poll_id)
    if not poll.board:
        raise Http404
    return {"poll": poll, **pages.published(request, poll)}


@page("v/<uuid:poll_id>/board.json", PUBLIC, name="poll_board_json")
def board_json(request, poll_id):
    """The board's text, byte for byte as it is digested."""
    poll = _poll(poll_id)
    if not poll.board:
        raise Http404
    return HttpResponse(poll.board, content_type="application/json; charset=utf-8")


@page("v/verify/", PUBLIC, name="poll_verify")
def verify(request):
    """Recount a board in the browser. ?board=…: that of a poll."""
    wanted = request.GET.get("board", "")
    found = Poll.objects.filter(pk=wanted).exclude(board="").first() if KEY.fullmatch(wanted) else None
    return {"poll": found, "address": reverse("village:poll_board_json", args=[found.pk]) if found else ""}


@page("v/verifier.py", PUBLIC, name="poll_verifier")
def verifier_file(request):
    """The verifier itself, to be run anywhere."""
    return attached(HttpResponse(Path(verifier.__file__).read_bytes(), content_type="text/x-python; charset=utf-8"), "verifier.py")


@page("v/verify.html", PUBLIC, name="poll_verify_file")
def verify_file(request):
    """The recounting page as one file, to be opened without a line."""
    name = json.loads(Path(finders.find("built/manifest.json")).read_text())["pollverify.js"]
    script = Path(finders.find(f"built/{name}")).read_text()
    text = render_to_string("village/polls/casting/verify_file.html", {"script": script.replace("</", "<\\/")})
    return attached(HttpResponse(text, content_type="application/octet-stream"), "verify.html")  # to be saved: opened here, its script would not run
