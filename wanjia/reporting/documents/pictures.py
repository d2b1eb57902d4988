"""A picture of a place, or a drawing, as bytes: read, turned upright, made smaller, bare of what the camera wrote into it. Pure: no Django.

What comes in is decoded and written anew from its pixels: position, device, thumbnails, a second picture behind the end cannot survive that.
"""

import io
import struct

from PIL import Image, ImageOps

LONGEST = 1600  # pixels of the longer side
MOST_PIXELS = 60_000_000  # of what comes in: more is a bomb, or no phone's


class Unreadable(ValueError):
    """The bytes are no whole JPEG or PNG, or too large."""


def bare(body, longest=LONGEST):
    """Return JPEG bytes of a picture, no side longer than so many pixels. Raises Unreadable."""
    try:
        with Image.open(io.BytesIO(body), formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Unreadable
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except Unreadable:
        raise
    except (OSError, ValueError, SyntaxError, TypeError, LookupError, ArithmeticError, struct.error, Image.DecompressionBombError) as error:  # what broken words of a camera raise
        raise Unreadable from error
    upright.thumbnail((longest, longest))
    out = io.BytesIO()
    Image.frombytes("RGB", upright.size, upright.tobytes()).save(out, "JPEG", quality=80)
    return out.getvalue()


def measured(body):
    """Return (width, height) of a picture that bare() made."""
    with Image.open(io.BytesIO(body)) as picture:
        return picture.size
