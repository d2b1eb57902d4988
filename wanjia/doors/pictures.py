"""A picture as it comes in at the door: read, turned upright, made smaller, bare of what the camera wrote into it.

What comes in is decoded and written anew from its pixels: position, device, thumbnails, comments, a second picture behind the end cannot survive that.
"""

import io
import struct
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from wanjia.verdict import Refused

LARGEST = 12 * 1024 * 1024  # bytes of what comes in
LONGEST = 1800  # pixels of the longer side of what is kept
MOST_PIXELS = 60_000_000  # of what comes in: more is a bomb, or no phone's
KINDS = ("JPEG", "PNG")
_BROKEN = (OSError, ValueError, SyntaxError, TypeError, LookupError, ArithmeticError, struct.error, Image.DecompressionBombError)  # what broken words of a camera raise


class Unreadable(ValueError):
    """The bytes are no whole picture of these kinds, or too large."""


def received(file: BinaryIO, longest: int = LONGEST) -> tuple[bytes, int, int]:
    """Return (JPEG bytes, width, height) of what somebody sent as a picture, upright and bare. Raises Refused: too large, or no whole picture."""
    file.seek(0)
    body = file.read(LARGEST + 1)
    if len(body) > LARGEST:
        raise Refused(_("照片超过 12 MB,请压缩后再传。"))
    try:
        return taken_in(body, longest)
    except Unreadable:
        raise Refused(_("这不是一张完整的 JPG 或 PNG 照片。")) from None


def taken_in(body: bytes, longest: int = LONGEST) -> tuple[bytes, int, int]:
    """Return (JPEG bytes, width, height) of a picture, upright and bare. Raises Unreadable."""
    try:
        with Image.open(io.BytesIO(body), formats=KINDS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Unreadable
            upright = _flat(ImageOps.exif_transpose(picture))
    except Unreadable:
        raise
    except _BROKEN as error:
        raise Unreadable from error
    upright.thumbnail((longest, longest))
    return written(upright), upright.width, upright.height


def _flat(picture: Image.Image) -> Image.Image:
    """Return the picture as it is seen, on white: under what is transparent lies what was seen before, and it would be seen again without the mask."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen).convert("RGB")


def written(picture: Image.Image) -> bytes:
    """Return JPEG bytes of the pixels alone: a fresh picture carries no words of the old one."""
    bare, out = Image.new("RGB", picture.size), io.BytesIO()
    bare.paste(picture)
    bare.save(out, "JPEG", quality=86)
    return out.getvalue()
