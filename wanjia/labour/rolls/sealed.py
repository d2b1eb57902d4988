"""The bytes of a file in sealed parts: written, opened into a file that has no name and lies in memory alone, dropped."""

import base64
import contextlib
import os

from wanjia.sealing.fields import opened

from ..models import RollPart

PIECE = 3 << 18  # bytes of a part; divisible by three, so that base64 pads none but the last


def keep(roll, kind, source):
    """Seal a file under a roll. source: a binary file."""
    number = 0
    while piece := source.read(PIECE):
        RollPart.objects.create(roll=roll, kind=kind, number=number, body=base64.b64encode(piece).decode())
        number += 1


def pieces(roll, kind):
    """Yield the bytes of each part, in order."""
    for part in RollPart.objects.filter(roll=roll, kind=kind).order_by("number").iterator(chunk_size=4):
        yield opened(part, "body", base64.b64decode, b"")


@contextlib.contextmanager
def in_memory(name, given=()):
    """Yield (path, descriptor) of a file that no disk holds and that ends with this process; its own processes can open it by that path."""
    at = os.memfd_create(name)
    try:
        for piece in given:
            os.write(at, piece)
        yield f"/proc/{os.getpid()}/fd/{at}", at
    finally:
        os.close(at)


def drop(roll, *kinds):
    """Drop what is no longer needed."""
    return RollPart.objects.filter(roll=roll, kind__in=kinds).delete()[0]
