"""A picture as bytes: read, turned upright, made smaller, bare of what the camera wrote into it; boxes painted over it for good. Pure: no Django.

Whatever comes in is decoded and written anew from its pixels: position, device, thumbnails, comments, a second picture behind the end cannot survive that.
"""

import io
import struct
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageOps

LONGEST = 1800  # pixels of the longer side
MOST_PIXELS = 60_000_000  # of what comes in: more is a bomb, or no phone's
COVER = (52, 58, 64)  # solid: pixels or blur could be turned back
KINDS = ("JPEG", "PNG")
MARGIN = 0.12  # by which a box that a library proposes is made larger on each side


class Unreadable(ValueError):
    """The bytes are no picture of these kinds, or too large."""


class Box(NamedTuple):
    """A box in pixels of the kept picture."""

    left: int
    top: int
    width: int
    height: int


def taken_in(body):
    """Return (JPEG bytes, width, height) of a picture, upright and bare. Raises Unreadable."""
    try:
        with Image.open(io.BytesIO(body), formats=KINDS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Unreadable
            upright = _flat(ImageOps.exif_transpose(picture))
    except Unreadable:
        raise
    except (OSError, ValueError, SyntaxError, TypeError, LookupError, ArithmeticError, struct.error, Image.DecompressionBombError) as error:  # what broken words of a camera raise
        raise Unreadable from error
    upright.thumbnail((LONGEST, LONGEST))
    return _written(upright), upright.width, upright.height


def _flat(picture):
    """Return the picture as it is seen, on white: under what is transparent lies what was seen before, and it would be seen again without the mask."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen).convert("RGB")


def covered(body, boxes):
    """Return JPEG bytes of a kept picture with these boxes painted over."""
    with Image.open(io.BytesIO(body), formats=("JPEG",)) as picture:
        painted = picture.convert("RGB")
    draw = ImageDraw.Draw(painted)
    for box in boxes:
        draw.rectangle((box.left, box.top, box.left + box.width, box.top + box.height), fill=COVER)
    return _written(painted)


def _written(picture):
    """Return JPEG bytes of the pixels alone: a fresh picture carries no words of the old one."""
    bare, out = Image.new("RGB", picture.size), io.BytesIO()
    bare.paste(picture)
    bare.save(out, "JPEG", quality=86)
    return out.getvalue()


def boxes_of(text, width, height):
    """Return the Boxes that "left,top,width,height;…" says, cut to the picture. Raises ValueError for other words and for a box beside it."""
    found = []
    for one in filter(None, text.split(";")):
        try:
            left, top, wide, high = (round(float(part)) for part in one.split(","))
        except OverflowError:
            raise ValueError(one) from None
        right, bottom = min(left + wide, width), min(top + high, height)
        left, top = max(left, 0), max(top, 0)
        if right - left < 2 or bottom - top < 2:
            raise ValueError(one)
        found.append(Box(left, top, right - left, bottom - top))
    return found


def told(boxes):
    """Return boxes as `boxes_of` reads them."""
    return ";".join(",".join(map(str, box)) for box in boxes)
