"""A kept picture: boxes painted over it for good. How it comes in: wanjia.doors.pictures. Pure: no Django."""

import io
from typing import NamedTuple

from PIL import Image, ImageDraw

from wanjia.doors.pictures import written

COVER = (52, 58, 64)  # solid: pixels or blur could be turned back
MARGIN = 0.12  # by which a box that a library proposes is made larger on each side


class Box(NamedTuple):
    """A box in pixels of the kept picture."""

    left: int
    top: int
    width: int
    height: int


def covered(body, boxes):
    """Return JPEG bytes of a kept picture with these boxes painted over."""
    with Image.open(io.BytesIO(body), formats=("JPEG",)) as picture:
        painted = picture.convert("RGB")
    draw = ImageDraw.Draw(painted)
    for box in boxes:
        draw.rectangle((box.left, box.top, box.left + box.width, box.top + box.height), fill=COVER)
    return written(painted)


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
