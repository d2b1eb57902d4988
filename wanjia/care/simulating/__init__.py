"""A year of care (`wanjia simulate`): helpers, pairs, lines, concerns, classes, a canteen, wishes, gifts, events and their pictures lived by the real commands,
and a second book that says what must stand.

The book is told what was acknowledged and knows no rule of the product: who is clear, who accompanies whom, when a line was reached, who ate, who holds
which wish until when, who got his shoes, who came, which picture is shown. Each part of PARTS lives its days and holds its own evening.
"""

from .canteen import Canteens
from .classes import Classes
from .company import Company
from .events import Events
from .gifts import Gifts
from .lines import Lines
from .photos import Photos
from .wishes import Wishes
from .year import Year

PARTS = (Company, Lines, Classes, Canteens, Wishes, Gifts, Events, Photos)


def begin(year):
    """Begin the year of care with all its parts."""
    return Year(year, PARTS)
