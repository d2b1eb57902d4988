"""Made-up polls of any size, without a database: what comes out of them is a board as the product publishes it."""

import random
import uuid
from functools import cache

from ..polls import boarding, secret
from ..verifier import code_hash, spread

WORDS = ("同意", "不同意", "弃权", "再议", "办", "“不办”", "花坛村委会\n提的", "back\\slash")


@cache
def keys(bits=512):
    """Return some keys, made once in a process: making them is most of what a small poll costs. They are far too short for a real one."""
    return [_short_key(bits, seed) for seed in range(6)]


def _short_key(bits, seed):
    dice = random.Random(seed)
    while True:
        p, q = _prime(dice, bits // 2), _prime(dice, bits // 2)
        if p != q and (p - 1) % 65537 and (q - 1) % 65537:
            return secret.Key(p * q, pow(65537, -1, (p - 1) * (q - 1)), p, q)


def _prime(dice, bits):
    while True:
        number = dice.getrandbits(bits) | (3 << (bits - 2)) | 1
        if all(number % small for small in (3, 5, 7, 11, 13, 17, 19, 23)) and all(pow(base, number - 1, number) == 1 for base in (2, 3, 5, 7)):
            return number


def poll(dice, homes=None):
    """Return (text of the board, {what went in}) of a random poll: one class or two, cards and tokens, blank, spoilt and absent ones."""
    one = str(uuid.UUID(int=dice.getrandbits(128)))
    classes, cast = [], []
    for key in ("A", "B")[: dice.randint(1, 2)]:
        made, mine = _class(dice, one, key, homes or dice.randint(8, 20))
        classes.append(made)
        cast += mine
    dice.shuffle(cast)
    head = {"poll": one, "village": "花坛村", "question": "村口那块地做什么?", "on": "2026-11-29", "counters": ["村委会副主任", "村务监督委员会委员", "村民代表"]}
    return boarding.board_of(head, classes, cast), {"classes": classes, "cast": cast}


def _class(dice, poll, key, homes):
    paper, phone = dice.randint(0, homes), 0
    phone = dice.randint(0, homes - paper)
    left, spoilt, private = dice.randint(0, 4), dice.randint(0, 2), dice.choice(keys())
    codes = ["".join(dice.choices(secret.ALPHABET, k=secret.CODE_SIGNS)) for _card in range(paper + left + spoilt)]
    options = dice.sample(WORDS, dice.randint(2, len(WORDS)))
    most = dice.randint(1, len(options))
    bearers = [["code", code_hash(poll, key, code)] for code in dice.sample(codes, dice.randint(0, paper))]
    for _one in range(dice.randint(0, phone)):
        token = f"{dice.getrandbits(256):064x}"
        bearers.append(["token", token, f"{secret.use(private, spread(poll, key, token, private.n)):x}"])
    hashes = sorted(code_hash(poll, key, code) for code in codes)
    made = {"key": key, "homes": homes, "printed": len(codes), "left": left, "spoilt": spoilt, "paper": paper, "phone": phone, "n": f"{private.n:x}", "codes": hashes, "options": options, "most": most}
    return made, [(key, bearer, _ballot(dice, len(options), most)) for bearer in bearers]


def _ballot(dice, options, most):
    check = f"{dice.randrange(10**6):06}" if dice.random() < 0.5 else ""
    return check, None if dice.random() < 0.1 else sorted(dice.sample(range(options), dice.randint(0, most)))
