"""Where faces are proposed in a picture: by a library's own cascades, offline; a hand corrects them. Without the library nothing is proposed.

The library is an extra (`pip install wanjia[faces]`): 60 MB that only a machine needs where pictures are covered.
"""

from importlib.util import find_spec

from .pictures import MARGIN, Box

SMALLEST = 24  # pixels of a face's side
LOOKED_AT = 1000  # pixels of the longer side of what is looked through: faces are found as well, in a third of the time
CASCADES = ("haarcascade_frontalface_default.xml", "haarcascade_profileface.xml")


def can_propose():
    """Tell whether the library is there."""
    return find_spec("cv2") is not None


def proposed(body):
    """Return Boxes of what may be faces in a kept picture (JPEG bytes), a margin around each; [] without the library.

    More boxes than faces do no harm: whoever confirms takes away what is none, and draws what was missed.
    """
    if not can_propose():
        return []
    import cv2  # type: ignore[import-not-found,unused-ignore]
    import numpy

    grey = cv2.imdecode(numpy.frombuffer(body, dtype=numpy.uint8), cv2.IMREAD_GRAYSCALE)
    if grey is None:
        return []
    height, width = grey.shape
    share = min(1.0, LOOKED_AT / max(height, width))
    even = cv2.equalizeHist(cv2.resize(grey, None, fx=share, fy=share, interpolation=cv2.INTER_AREA))
    found = [one for seen, turned in ((even, False), (cv2.flip(even, 1), True)) for one in _found(cv2, seen, turned, even.shape[1])]
    return [_with_margin(Box(*(round(part / share) for part in one)), width, height) for one in _apart(found)]


def _found(cv2, seen, turned, width):
    for name in CASCADES[1:] if turned else CASCADES:
        cascade = cv2.CascadeClassifier(cv2.data.haarcascades + name)
        for left, top, wide, high in cascade.detectMultiScale(seen, scaleFactor=1.1, minNeighbors=4, minSize=(SMALLEST, SMALLEST)):
            yield Box(int(width - left - wide) if turned else int(left), int(top), int(wide), int(high))


def _apart(boxes):
    """Keep of boxes that mostly cover each other the larger."""
    kept = []
    for box in sorted(boxes, key=lambda one: -one.width * one.height):
        if not any(_shared(box, other) > 0.5 * box.width * box.height for other in kept):
            kept.append(box)
    return kept


def _shared(one, other):
    wide = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
    high = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
    return max(wide, 0) * max(high, 0)


def _with_margin(box, width, height):
    more_x, more_y = round(box.width * MARGIN), round(box.height * MARGIN)
    left, top = max(box.left - more_x, 0), max(box.top - more_y, 0)
    return Box(left, top, min(box.left + box.width + more_x, width) - left, min(box.top + box.height + more_y, height) - top)
