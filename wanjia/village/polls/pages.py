"""What is shown once, on paper: cards with their codes, a home's link, the two halves of the opening key."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wanjia.reporting.documents.drawing import qr_address
from wanjia.verdict import Refused

from . import queries, secret

RUN = "python3 verifier.py board.json"
ONCE = _("票号、小条和口令只在生成的那一刻显示一次。没有打印上的,请重新生成。")


def _shown(request, template, facts):
    answer = render(request, f"village/polls/{template}.html", facts)
    answer["Cache-Control"] = "no-store"
    return answer


def vote_address(request, poll, ticket=""):
    """Return the address of the voting page; the ticket stands behind a #, which no browser sends."""
    return request.build_absolute_uri(reverse("village:poll_vote", args=[poll.pk])) + (f"#{ticket}" if ticket else "")


def cards(request, poll, printed):
    """Return the page of all paper cards, to be printed, cut and shuffled. Raises Refused where they were shown already."""
    if not hasattr(printed, "cards"):
        raise Refused(ONCE)
    rows = []
    for cls in poll.classes.all():
        for code in printed.cards[cls.pk]:
            rows.append({"cls": cls, "code": f"{cls.key}-{secret.in_fours(code)}", "picture": qr_address(vote_address(request, poll, f"{cls.key}-{code}"), 3)})
    return _shown(request, "cards", {"poll": poll, "rows": rows, "several": len(printed.cards) > 1})


def link(request, _row, home):
    """Return the paper by which somebody away takes his home's token. Raises Refused where it was shown already."""
    if not getattr(home, "fresh", False):
        raise Refused(ONCE)
    address = request.build_absolute_uri(reverse("village:poll_token", args=[home.link]))
    return _shown(request, "link", {"poll": home.poll, "home": home, "address": address, "picture": qr_address(address, 3), "code": secret.in_fours(home.link)})


def halves(request, poll, opened):
    """Return the two sheets with the halves of the opening key. Raises Refused where they were shown already."""
    if not hasattr(opened, "halves"):
        raise Refused(ONCE)
    return _shown(request, "halves", {"poll": poll, "halves": [secret.in_fours(half) for half in opened.halves], "address": vote_address(request, poll), "picture": qr_address(vote_address(request, poll), 3)})


def board_address(request, poll):
    """Return the address of the published board."""
    return request.build_absolute_uri(reverse("village:poll_board", args=[poll.pk]))


def published(request, poll):
    """Return what a page or sheet shows of a closed poll's board, or nothing."""
    if not poll.board:
        return {}
    board = queries.board_of(poll)
    return {"board": board, "results": queries.results(board), "ballots": queries.ballots(board), "digest": " ".join(poll.digest[i : i + 4] for i in range(0, 64, 4)), "address": board_address(request, poll), "run": RUN}
