"""What keeps a poll secret, on numbers and texts alone: keys, blind signatures, codes of paper cards, sealed ballots (ADR 146).

A token is signed without being seen (Chaum 1983; full domain hash, RSA), so whoever signed it for a home does not know it again. A ballot is sealed to the
poll's opening key (RSA-KEM, SHA-256 as a stream and as a mark), whose private half lies under two halves on paper until the count. The telephone does the same in
`site/assets/polls.js`. Keys are RSA of BITS bits; numbers are written in hexadecimal.
"""

import hashlib
import json
import secrets
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ..verifier import EXPONENT, named

BITS = 2048
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no letter or digit that two people read differently
CODE_SIGNS = 16  # 79 bits: the published hashes give no code away
HALF_SIGNS = 28  # 138 bits, typed once
OPTIONS = 40  # at most, on one card
CHECK_SIGNS = 6
SPOILT = "x"
NONCE = b"\0" * 12  # a key of two fresh halves seals once


class Key(NamedTuple):
    """A private key: modulus and exponent, with the parts that make its use four times as quick."""

    n: int
    d: int
    p: int
    q: int


def make_key(bits=None):
    """Make a key."""
    parts = rsa.generate_private_key(EXPONENT, bits or BITS).private_numbers()
    return Key(parts.public_numbers.n, parts.d, parts.p, parts.q)


def spelt(key):
    """Spell a private key, to be kept sealed."""
    return json.dumps([f"{number:x}" for number in key])


def read_key(text):
    """Return the key that `spelt` wrote."""
    return Key(*(int(number, 16) for number in json.loads(text)))


def use(key, number):
    """Return number ** d mod n, by its two factors; checked, for a slip of the machine would give the factors away."""
    at_p, at_q = pow(number, key.d % (key.p - 1), key.p), pow(number, key.d % (key.q - 1), key.q)
    found = at_q + key.q * ((at_p - at_q) * pow(key.q, -1, key.p) % key.p)
    if pow(found, EXPONENT, key.n) != number % key.n:
        raise ArithmeticError("the key does not fit its modulus")
    return found


def new_code(signs=CODE_SIGNS):
    """Make a code for paper, or a half of the opening key."""
    return "".join(secrets.choice(ALPHABET) for _sign in range(signs))


def canonical_code(text):
    """Return a code as it is hashed: upper case, without blanks and dashes."""
    return "".join(sign for sign in text.upper() if sign.isalnum())


def bare(text, key):
    """Return a code without the letter of its class, which stands before it on the card."""
    code = canonical_code(text)
    return code.removeprefix(key) if len(code) > CODE_SIGNS else code


def in_fours(code):
    """Return a code as it is printed."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def blind(number, n):
    """Hide a number before it is signed; return (hidden, what takes the hiding off again). Every number below n hides as every other, with one factor each."""
    while True:
        factor = secrets.randbelow(n - 2) + 2
        try:
            return number * pow(factor, EXPONENT, n) % n, pow(factor, -1, n)
        except ValueError:  # it shares a factor with n, which nobody meets
            continue


def unblind(signed, undo, n):
    """Take the hiding off a signature."""
    return signed * undo % n


def lock(key, halves):
    """Lock a private key under the two halves that are printed; hexadecimal."""
    return AESGCM(_under(halves)).encrypt(NONCE, spelt(key).encode(), None).hex()


def unlock(locked, halves):
    """Return the key that two halves open, or None."""
    try:
        return read_key(AESGCM(_under(halves)).decrypt(NONCE, bytes.fromhex(locked), None))
    except InvalidTag:
        return None


def _under(halves):
    return hashlib.sha256(named("halves", *map(canonical_code, halves))).digest()


def seal(poll, bearer, ballot, n):
    """Seal a ballot, (check, choices or None), of whoever bears a card or token, to the opening key's modulus.

    The text has one length whatever is chosen, and opens for this bearer alone: copied under another card it is spoilt.
    """
    width = (n.bit_length() + 7) // 8
    secret = secrets.randbelow(n - 2) + 2
    text = _spell(ballot)
    stream = _stream(poll, bearer, secret.to_bytes(width, "big"), len(text))
    body = bytes(one ^ two for one, two in zip(text, stream[0], strict=True))
    return f"{pow(secret, EXPONENT, n):0{2 * width}x}.{body.hex()}.{_mark(stream[1], body)}"


def unseal(poll, bearer, sealed, key):
    """Return the ballot (check, choices); ("", None), a spoilt one, where it was sealed otherwise."""
    try:
        secret, body, mark = sealed.split(".")
        number, body = int(secret, 16), bytes.fromhex(body)
        stream = _stream(poll, bearer, use(key, number % key.n).to_bytes((key.n.bit_length() + 7) // 8, "big"), len(body))
        return _read(bytes(one ^ two for one, two in zip(body, stream[0], strict=True))) if _mark(stream[1], body) == mark else ("", None)
    except (ValueError, UnicodeDecodeError):
        return "", None


def _stream(poll, bearer, secret, length):
    start = named("seal", poll, bearer, secret.hex())
    blocks = [hashlib.sha256(start + b"|%d" % i).digest() for i in range(length // 32 + 2)]
    return b"".join(blocks[1:])[:length], blocks[0]


def _mark(key, body):
    return hashlib.sha256(key + body).hexdigest()


def _spell(ballot):
    check, choices = ballot
    marks = SPOILT * OPTIONS if choices is None else "".join("1" if i in choices else "0" for i in range(OPTIONS))
    return f"{check:{CHECK_SIGNS}}{marks}".encode()


def _read(text):
    check, marks = text[:CHECK_SIGNS].decode("ascii").strip(), text[CHECK_SIGNS:].decode("ascii")
    if len(marks) != OPTIONS or not (check == "" or (len(check) == CHECK_SIGNS and check.isdigit())):
        return "", None
    return check, None if marks.strip("01") else [i for i, mark in enumerate(marks) if mark == "1"]
