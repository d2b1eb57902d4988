"""What is asked of polls: whose homes vote, who took a card, what a board says."""

import json
import secrets

from django.db.models import Count

from ..bodies.rolls import homes
from ..models import PollHome
from ..poll_states import PollState, Taken
from . import secret


def homes_on(area, day):
    """Return the homes of a village that vote, as of a day, group by group: those in which an adult lives."""
    return homes(area.pk, "", day).order_by("group_name", "number")


def parted(those, standing):
    """Part homes in two classes by lot, those that stand for choice and the others each in halves; return two lists. Nobody chooses who is in which."""
    halves, dice = ([], []), secrets.SystemRandom()
    for some in ([one for one in those if one.pk in standing], [one for one in those if one.pk not in standing]):
        dice.shuffle(some)
        for one in some:
            halves[len(halves[0]) > len(halves[1])].append(one)
    return halves


def by_class(poll):
    """Return [(class, cards taken, tokens taken)] of a poll."""
    rows = PollHome.objects.filter(poll=poll).order_by().values_list("cls", "taken").annotate(n=Count("pk"))
    found = {(cls, taken): n for cls, taken, n in rows}
    return [(one, found.get((one.pk, Taken.PAPER.value), 0), found.get((one.pk, Taken.PHONE.value), 0)) for one in poll.classes.all()]


def home_of_link(code):
    """Return the line of a roll behind a link's code, or None."""
    field = PollHome._meta.get_field("link_index")
    found = PollHome.objects.filter(link_index__in=field.look_for(secret.canonical_code(code)), poll__state=PollState.ISSUING)
    return found.select_related("poll__area", "cls").first() if code else None


def board_of(poll):
    """Return the board of a closed poll, read."""
    return json.loads(poll.board)


def digest(text):
    """Return the digest that a board's text bears."""
    return json.loads(text)["digest"]


def results(board):
    """Return [{key, cast, homes, blank, spoilt, rows: [(option, votes)]}] of a board, the most votes first."""
    found = []
    for one, sums in zip(board["classes"], board["tally"], strict=True):
        rows = sorted(zip(one["options"], sums["votes"], strict=True), key=lambda row: -row[1])
        found.append({**sums, "homes": one["homes"], "rows": rows})
    return found


def ballots(board):
    """Return [(class, check number, [words chosen])] of a board, as it lists them; None for a spoilt ballot."""
    words = {one["key"]: one["options"] for one in board["classes"]}
    return [(key, check, None if choices is None else [words[key][i] for i in choices]) for key, check, choices in board["ballots"]]
