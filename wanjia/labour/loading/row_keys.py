"""Keys of what the rows of a file become: from the load's secret and the row's number alone, so that any process in any order makes the same ones."""

import numpy as np
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

# What a key is for: two kinds of one row share nothing.
PERSON, HOME, SPELL, LIFTED, WATCHED, RELOCATED = range(1, 7)


def stream(secret, kind, rows):
    """Return 16 bytes of a keystream for each row, uint8 (n, 16). secret: 32 bytes; rows: int64 (n,)."""
    blocks = np.zeros((len(rows), 16), np.uint8)
    blocks[:, 0] = kind
    blocks[:, 8:] = np.ascontiguousarray(rows.astype(">i8")).view(np.uint8).reshape(-1, 8)
    # A permutation of distinct blocks, each used once: what it is for is a draw that can be made again.
    worker = Cipher(algorithms.AES(secret), modes.ECB()).encryptor()
    return np.frombuffer(worker.update(blocks.tobytes()) + worker.finalize(), np.uint8).reshape(-1, 16).copy()


def ordered(secret, kind, rows, millis):
    """Return UUIDv7 keys, uint8 (n, 16), ascending with the row's number: the load's moment in milliseconds, 32 bits of the row, 42 of the keystream."""
    keys = stream(secret, kind, rows)
    keys[:, :6] = np.frombuffer(int(millis).to_bytes(6, "big"), np.uint8)
    keys[:, 6] = 0x70 | (rows >> 28) & 0x0F
    keys[:, 7] = (rows >> 20) & 0xFF
    keys[:, 8] = 0x80 | (rows >> 14) & 0x3F
    keys[:, 9] = (rows >> 6) & 0xFF
    keys[:, 10] = (rows & 0x3F) << 2 | keys[:, 10] & 0x03
    return keys


def unordered(secret, kind, rows):
    """Return keys that look random (UUIDv4), uint8 (n, 16): a child's tells neither its load nor its row (ADR 118)."""
    keys = stream(secret, kind, rows)
    keys[:, 6] = 0x40 | keys[:, 6] & 0x0F
    keys[:, 8] = 0x80 | keys[:, 8] & 0x3F
    return keys


def of_people(secret, rows, millis, minors):
    """Return the keys of people: a minor's random-looking, everybody else's ordered. minors: bool (n,)."""
    keys = ordered(secret, PERSON, rows, millis)
    if minors.any():
        keys[minors] = unordered(secret, PERSON, rows[minors])
    return keys


def spelt(keys):
    """Return the keys as a place or a journal spells them: 8-4-4-4-12 hexadecimal digits."""
    text = np.ascontiguousarray(keys).tobytes().hex()
    parts = ((text[at : at + 8], text[at + 8 : at + 12], text[at + 12 : at + 16], text[at + 16 : at + 20], text[at + 20 : at + 32]) for at in range(0, len(text), 32))
    return ["-".join(five) for five in parts]
