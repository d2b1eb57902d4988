"""A year of schools (`wanjia simulate`): a school with its terms, an escort bus, rounds of inspections, a guarded gate, lessons of law, patrols and operations on the road lived by the real commands, and a second book that says what must stand.

The book is told what was acknowledged and knows no rule of the product: who is on which roll, what each ride cost, which place was looked at, what was ordered and by when, who stands at the gate, which evening was walked.
Each part of PARTS lives its days and holds its own evening.
"""

from .buses import Buses
from .evenings import Patrols, Roads
from .gates import Gates
from .inspections import Inspections
from .lessons import Lessons
from .year import Year

PARTS = (Buses, Inspections, Gates, Lessons, Patrols, Roads)


def begin(year):
    """Begin the year of schools with all its parts."""
    return Year(year, PARTS)
