"""A year of care (`wanjia simulate`): helpers, pairs, lines, concerns, classes and a canteen lived by the real commands, and a second book that says what must stand.

The book is told what was acknowledged and knows no rule of the product: who is clear, who accompanies whom, when a line was reached, who ate. Each part of
PARTS lives its days and holds its own evening; wishes and events add theirs there.
"""

from .canteen import Canteens
from .classes import Classes
from .company import Company
from .lines import Lines
from .year import Year

PARTS = (Company, Lines, Classes, Canteens)


def begin(year):
    """Begin the year of care with all its parts."""
    return Year(year, PARTS)
