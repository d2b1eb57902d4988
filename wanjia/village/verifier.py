"""Recount a village poll from its published board (公开板验票): anybody, on any machine with Python 3.8 or newer, without this house.

    python3 verifier.py board.json [the digest that is printed on the sheet]

It needs nothing but this file and the board. It prints one line in Chinese and one in English, and ends with 0 when all is in order, else with 1.
"""

import hashlib
import json
import sys

KIND, EXPONENT, PUBLIC = "wanjia-poll/1", 65537, {"kind", "poll", "village", "question", "on", "counters", "classes", "used", "ballots", "tally", "turnout", "digest"}
CLASS = {"key", "homes", "printed", "left", "spoilt", "paper", "phone", "n", "codes", "options", "most"}


def canonical(board):
    """Spell a board in the one way that is published: keys in their order, no blanks, UTF-8."""
    return json.dumps(board, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(board):
    """Return the SHA-256 of all that a board says besides its digest."""
    return hashlib.sha256(canonical({name: value for name, value in board.items() if name != "digest"}).encode()).hexdigest()


def named(*parts):
    """Return the text that is hashed: each part under the name of this kind of poll, so that no hash of one thing is that of another."""
    return "|".join((KIND, *map(str, parts))).encode()


def code_hash(poll, key, code):
    """Return the hash under which a paper card's code is known: of this poll and this class of cards alone."""
    return hashlib.sha256(named("code", poll, key, code)).hexdigest()


def spread(poll, key, token, n):
    """Return the number below n that is signed for a token: SHA-256 spread over the whole width of the key (full domain hash)."""
    blocks = range(n.bit_length() // 256 + 2)
    return int.from_bytes(b"".join(hashlib.sha256(named("token", poll, key, token, i)).digest() for i in blocks), "big") % n


def is_signed(poll, key, token, signature, n):
    """Tell whether a signature is that of the class's key over a token."""
    return pow(int(signature, 16), EXPONENT, n) == spread(poll, key, token, n)


def ordered(rows):
    """Put rows in the one order of a board, which says nothing of when they came."""
    return sorted(rows, key=canonical)


def count(classes, ballots):
    """Return the tally: of each class the votes for each option, blank and spoilt ballots, and all of them."""
    found = []
    for one in classes:
        mine = [choices for key, _check, choices in ballots if key == one["key"]]
        votes = [sum(choices is not None and i in choices for choices in mine) for i in range(len(one["options"]))]
        found.append({"key": one["key"], "votes": votes, "blank": mine.count([]), "spoilt": mine.count(None), "cast": len(mine)})
    return found


def turnout(classes, ballots):
    """Return how many homes there are, took a card or a token, and cast."""
    return {"homes": sum(one["homes"] for one in classes), "issued": sum(one["paper"] + one["phone"] for one in classes), "cast": len(ballots)}


def _faults(text, sheet):
    board = json.loads(text)
    yield set(board) == PUBLIC and board["kind"] == KIND and all(set(one) == CLASS for one in board["classes"]), "这不是公开板", "this is no board"
    yield text == canonical(board), "写法被改动过", "its spelling was changed"
    yield board["digest"] == digest_of(board), "内容与摘要不符", "its content is not what its digest says"
    yield not sheet or board["digest"] == sheet, "与纸上印的摘要不符", "its digest is not the printed one"
    poll, classes = board["poll"], {one["key"]: one for one in board["classes"]}
    yield len(classes) == len(board["classes"]) and len(board["counters"]) >= 3, "票证分类或计票人不全", "classes or counters are missing"
    for name in ("used", "ballots"):
        yield board[name] == ordered(board[name]), "没有按规定排列", "rows are not in their order"
    bearers = [tuple(row[:3]) for row in board["used"]]
    yield len(set(bearers)) == len(bearers), "有票证用了两次", "a card or token was used twice"
    for key, one in classes.items():
        codes, n = set(one["codes"]), int(one["n"], 16)
        yield one["codes"] == sorted(codes) and len(codes) == one["printed"] == one["paper"] + one["left"] + one["spoilt"], "纸票张数对不上", "paper cards do not add up"
        yield one["paper"] + one["phone"] <= one["homes"], "发出的票证多于户数", "more was issued than there are homes"
        mine = [row for row in board["used"] if row[0] == key]
        tokens = [row for row in mine if row[1] == "token"]
        yield len(mine) - len(tokens) <= one["paper"] and len(tokens) <= one["phone"], "用掉的多于发出的", "more was used than issued"
        for row in mine:
            known = is_signed(poll, key, row[2], row[3], n) if row[1] == "token" and len(row) == 4 else row[1] == "code" and len(row) == 3 and row[2] in codes
            yield known, "有来历不明的票证", "a card or token is unknown"
        cast = [row for row in board["ballots"] if row[0] == key]
        yield len(cast) == len(mine), "票数与用掉的票证数不等", "there are not as many ballots as cards and tokens used"
        for _key, check, choices in cast:
            legal = choices is None or (choices == sorted(set(choices)) and len(choices) <= one["most"] and all(type(i) is int and 0 <= i < len(one["options"]) for i in choices))
            yield legal and (check == "" or (len(check) == 6 and check.isdigit() and check.isascii())), "有一票的选项不合规定", "a ballot chooses what it may not"
    yield {row[0] for row in board["used"] + board["ballots"]} <= set(classes), "有不属于任何一类的票", "a ballot is of no class"
    yield board["tally"] == count(board["classes"], board["ballots"]), "计票结果不对", "the tally is wrong"
    yield board["turnout"] == turnout(board["classes"], board["ballots"]), "投票率不对", "the turnout is wrong"


def verify(text, sheet=""):
    """Return (whether all is in order, a sentence in Chinese, a sentence in English) of a board's text. sheet: the digest on the printed sheet, if there is one at hand."""
    try:
        for holds, zh, en in _faults(text, sheet.replace(" ", "").strip().lower()):
            if not holds:
                return False, "验票不通过:" + zh + "。", "REFUSED: " + en + "."
        board = json.loads(text)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError, ZeroDivisionError):
        return False, "验票不通过:读不懂这份公开板。", "REFUSED: this board cannot be read."
    n, of = board["turnout"]["cast"], board["turnout"]["homes"]
    return True, f"验票通过:{of} 户,{n} 票,逐票重算与公布一致。摘要 {board['digest']}", f"IN ORDER: {of} homes, {n} ballots, recounted as published. Digest {board['digest']}"


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8", newline="") as file:
        good, *lines = verify(file.read(), sys.argv[2] if len(sys.argv) > 2 else "")
    print(*lines, sep="\n")
    sys.exit(0 if good else 1)
