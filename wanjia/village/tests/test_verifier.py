"""The verifier agrees with every board that a poll makes, refuses each with one changed bit, and each that was forged whole, with its digest made anew."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from wanjia.village import verifier
from wanjia.village.polls import boarding, secret

from .made_polls import keys, poll

FILE = Path(verifier.__file__)
POLLS = 10_000 if os.environ.get("WANJIA_WHOLE_PROOF") else 200


def resealed(board):
    """Spell a board anew with a digest that fits: what a forger does."""
    return verifier.canonical(board | {"digest": verifier.digest_of(board)})


def test_it_agrees_with_random_polls_and_refuses_each_with_one_changed_bit():
    seen = set()
    for seed in range(POLLS):
        dice = random.Random(seed)
        text, went_in = poll(dice)
        good, zh, en = verifier.verify(text, json.loads(text)["digest"])
        assert good, (seed, zh, en)
        board = json.loads(text)
        assert sum(one["cast"] for one in board["tally"]) == len(went_in["cast"])
        raw = bytearray(text.encode())
        place = dice.randrange(len(raw))
        raw[place] ^= 1 << dice.randrange(8)
        good, zh, en = verifier.verify(raw.decode("utf-8", "surrogateescape"))
        assert not good, (seed, place)
        seen.add(zh)
    assert len(seen) > 2  # it is refused for what is wrong, not for one reason always


def board_with(wanted):
    """Return the first random board that has what is wanted."""
    return next(board for board in (json.loads(poll(random.Random(seed))[0]) for seed in range(1000)) if wanted(board))


def _of(board, key):
    return next(one for one in board["classes"] if one["key"] == key)


def _swap(rows):
    rows[0], rows[1] = rows[1], rows[0]


def _twice(board):
    board["used"] = verifier.ordered([*board["used"][1:], board["used"][1]])


def _twice_signed_otherwise(board):
    """A token is used twice, its signature written as another number of the same rest."""
    row = next(row for row in board["used"] if row[1] == "token")
    other = next(one for one in board["used"] if one[0] == row[0] and one is not row)
    n = int(_of(board, row[0])["n"], 16)
    board["used"] = verifier.ordered([*(one for one in board["used"] if one is not other), [*row[:3], f"{int(row[3], 16) + n:x}"]])


def _unknown(board):
    row = next(row for row in board["used"] if row[1] == "code")
    row[2] = "0" * 64
    board["used"] = verifier.ordered(board["used"])


def _unsigned(board):
    row = next(row for row in board["used"] if row[1] == "token")
    row[3] = f"{int(row[3], 16) ^ 1:x}"


def _other_class(board):
    """A ballot of one class is counted in the other: the home would choose among its own."""
    row = next(row for row in board["ballots"] if row[0] == "A")
    row[0] = "B"
    board["ballots"] = verifier.ordered(board["ballots"])
    board["tally"] = verifier.count(board["classes"], board["ballots"])


def _too_many_choices(board):
    row = next(row for row in board["ballots"] if row[2] is not None and _of(board, row[0])["most"] < len(_of(board, row[0])["options"]))
    row[2] = list(range(_of(board, row[0])["most"] + 1))
    board["ballots"] = verifier.ordered(board["ballots"])
    board["tally"] = verifier.count(board["classes"], board["ballots"])


FORGED = {
    "this is no board": lambda board: board.update(more=1),
    "classes or counters are missing": lambda board: board["counters"].pop(),
    "rows are not in their order": lambda board: _swap(board["used"]),
    "a card or token was used twice": _twice,
    "a card or token was used twice ": _twice_signed_otherwise,
    "paper cards do not add up": lambda board: board["classes"][0].update(left=board["classes"][0]["left"] + 1),
    "more was issued than there are homes": lambda board: board["classes"][0].update(homes=0),
    "more was used than issued": lambda board: board["classes"][0].update(phone=0),
    "a card or token is unknown": _unknown,
    "a card or token is unknown ": _unsigned,
    "there are not as many ballots as cards and tokens used": lambda board: board["ballots"].pop(),
    "there are not as many ballots as cards and tokens used ": _other_class,
    "a ballot chooses what it may not": _too_many_choices,
    "a ballot is of no class": lambda board: board["ballots"].append(["C", "", []]),
    "the tally is wrong": lambda board: board["tally"][0]["votes"].__setitem__(0, 99),
    "the turnout is wrong": lambda board: board["turnout"].update(homes=99),
}


def _rich(board):
    kinds = [[row[1] for row in board["used"] if row[0] == one["key"]] for one in board["classes"]]
    return len(kinds) == 2 and all(mine.count("code") > 1 and mine.count("token") > 1 for mine in kinds) and all(one["most"] < len(one["options"]) for one in board["classes"])


@pytest.mark.parametrize("said", FORGED)
def test_a_forger_who_makes_the_digest_anew_is_refused_for_what_he_did(said):
    board = board_with(_rich)
    FORGED[said](board)
    assert verifier.verify(resealed(board)) == (False, verifier.verify(resealed(board))[1], f"REFUSED: {said.strip()}.")


def test_a_board_forged_without_a_fault_is_refused_by_the_printed_digest_alone():
    """What no list shows, the paper does: a changed choice with tally and digest made anew."""
    board = board_with(lambda one: any(row[2] for row in one["ballots"]))
    printed = board["digest"]
    next(row for row in board["ballots"] if row[2])[2] = []
    board["ballots"] = verifier.ordered(board["ballots"])
    board["tally"] = verifier.count(board["classes"], board["ballots"])
    assert verifier.verify(resealed(board))[0]
    assert verifier.verify(resealed(board), printed)[2] == "REFUSED: its digest is not the printed one."
    digest = json.loads(resealed(board))["digest"]
    assert verifier.verify(resealed(board), " ".join(digest[i : i + 4].upper() for i in range(0, 64, 4)))[0]  # as it is read off the paper


def test_a_stranger_runs_the_file_alone(tmp_path):
    text = poll(random.Random(3))[0]
    (tmp_path / "verifier.py").write_bytes(FILE.read_bytes())
    (tmp_path / "board.json").write_text(text)
    (tmp_path / "forged.json").write_text(text.replace("花坛村", "花田村"))
    runs = {}
    for name, *sheet in (("board.json", json.loads(text)["digest"]), ("board.json", "0" * 64), ("forged.json",)):
        done = subprocess.run([sys.executable, "-I", "-S", "verifier.py", name, *sheet], cwd=tmp_path, capture_output=True, text=True, env={"PYTHONIOENCODING": "utf-8"})
        runs[name, *sheet] = done.returncode, done.stdout.count("\n")
    assert list(runs.values()) == [(0, 2), (1, 2), (1, 2)]


def test_it_is_short_and_asks_for_nothing_but_the_standard_library():
    source = FILE.read_text()
    assert source.count("\n") <= 125
    assert [line.split()[1] for line in source.splitlines() if line.startswith(("import ", "from "))] == ["hashlib", "json", "sys"]


def test_a_signature_made_blind_is_the_signature_and_hides_what_was_signed():
    key = keys()[0]
    number = verifier.spread("p", "A", "t" * 64, key.n)
    hidden, undo = secret.blind(number, key.n)
    assert hidden != number
    assert secret.unblind(secret.use(key, hidden), undo, key.n) == secret.use(key, number)
    assert verifier.is_signed("p", "A", "t" * 64, f"{secret.use(key, number):x}", key.n)
    assert not verifier.is_signed("p", "B", "t" * 64, f"{secret.use(key, number):x}", key.n)
    # Whatever was signed for a home, there is a factor under which it was any other token: whoever kept it knows nothing.
    other = verifier.spread("p", "A", "u" * 64, key.n)
    factor = secret.use(key, hidden * pow(other, -1, key.n) % key.n)
    assert other * pow(factor, verifier.EXPONENT, key.n) % key.n == hidden


def test_a_sealed_ballot_opens_for_its_bearer_under_both_halves_alone():
    key, other = keys()[:2]
    for ballot in (("", [0]), ("123456", []), ("000000", [0, 5, 39]), ("", None)):
        sealed = secret.seal("p", "bearer", ballot, key.n)
        assert secret.unseal("p", "bearer", sealed, key) == ballot
        assert secret.unseal("p", "another", sealed, key) == ("", None)
        assert secret.unseal("q", "bearer", sealed, key) == ("", None)
        assert secret.unseal("p", "bearer", sealed, other) == ("", None)
        assert len(sealed) == len(secret.seal("p", "bearer", ("", [1, 2, 3]), key.n))
    for odd in ("", "a.b.c", "00.00.00", "zz", f"{key.n:x}.00.00"):
        assert secret.unseal("p", "bearer", odd, key) == ("", None)
    halves = secret.new_code(secret.HALF_SIGNS), secret.new_code(secret.HALF_SIGNS)
    locked = secret.lock(key, halves)
    assert secret.unlock(locked, [secret.in_fours(half).lower() for half in halves]) == key
    assert secret.unlock(locked, halves[::-1]) is None


def test_the_key_that_is_used_is_as_long_as_it_should_be():
    assert secret.BITS >= 2048
    key = secret.read_key(secret.spelt(secret.make_key(1024)))
    assert secret.use(key, 7) == pow(7, key.d, key.n)


def test_a_ballot_that_its_card_does_not_allow_is_spoilt_not_counted():
    assert boarding.legal([0, 1], 3, 2)
    assert not boarding.legal([0, 1], 3, 1)
    assert not boarding.legal([3], 3, 1)
    assert not boarding.legal([1, 0], 3, 2)
    assert boarding.legal(None, 3, 1)
