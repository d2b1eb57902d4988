"""Ballots → the published board: one order, no times, cards and ballots apart."""

from ..verifier import KIND, canonical, count, digest_of, ordered, turnout
from .secret import unseal


def legal(choices, options, most):
    """Tell whether choices, [index of an option] or None for a spoilt ballot, are ones that a card of this class allows."""
    return choices is None or (len(choices) <= most and choices == sorted(set(choices)) and all(0 <= i < options for i in choices))


def board_of(head, classes, cast):
    """Return the text of a board.

    head: {poll, village, question, on, counters}; classes: as `verifier.CLASS` names them; cast: [(class key, ["code", hash] or ["token", token, signature], (check, choices))] in whatever order:
    the two lists that come of it are each sorted by what they say, so neither order nor the other tells of a row where it came from. What a card does not allow is spoilt.
    """
    by_key = {one["key"]: one for one in classes}
    ballots = []
    for key, _bearer, (check, choices) in cast:
        one = by_key[key]
        fits = choices is not None and legal(choices, len(one["options"]), one["most"])
        ballots.append([key, check if fits else "", choices if fits else None])
    board = {
        "kind": KIND, **head, "classes": classes, "used": ordered([key, *bearer] for key, bearer, _ballot in cast), "ballots": ordered(ballots),
        "tally": count(classes, ballots), "turnout": turnout(classes, ballots),
    }  # fmt: skip
    return canonical(board | {"digest": digest_of(board)})


def published(poll, classes, ballots, private, counters, day):
    """Return the board's text of a poll that is counted. classes: as `queries.by_class` gives them; ballots: SealedBallot rows in whatever order; private: the opening key."""
    said = [
        {
            "key": cls.key, "homes": cls.homes, "printed": cls.printed, "left": cls.left, "spoilt": cls.spoilt, "paper": paper, "phone": phone, "n": cls.n, "codes": cls.codes,
            "options": cls.options, "most": poll.most,
        }
        for cls, paper, phone in classes
    ]  # fmt: skip
    cast = []
    for one in ballots:
        bearer = ["token", one.bearer, one.signature] if one.kind == "token" else ["code", one.bearer]
        cast.append((one.cls.key, bearer, unseal(str(poll.pk), one.bearer, one.sealed, private)))
    head = {"poll": str(poll.pk), "village": poll.area.name, "question": poll.question, "on": f"{day:%Y-%m-%d}", "counters": counters}
    return board_of(head, said, cast)
