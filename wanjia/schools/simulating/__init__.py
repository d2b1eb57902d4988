"""A year of schools (`wanjia simulate`): a school with its terms, an escort bus, rounds of inspections, a guarded gate with its leaders, parents and exchanges, lessons of law and their plan, drills of riding, hazards on the school's own grounds, patrols and operations on the road lived by the real commands, and a second book that says what must stand.

The book is told what was acknowledged and knows no rule of the product: who is on which roll, what each ride cost, which place was looked at, what was ordered and by when, who stands at the gate, which evening was walked.
Each part of PARTS lives its days and holds its own evening.
"""

from .buses import Buses
from .campus import Campus
from .drills import Drills
from .evenings import Patrols, Roads
from .exchanges import Exchanges
from .gates import Gates
from .inspections import Inspections
from .leaders import Leaders
from .lessons import Lessons
from .parents import Parents
from .term_plans import TermPlans
from .year import Year

PARTS = (Buses, Inspections, Gates, Lessons, Patrols, Roads, Drills, Campus, Leaders, Exchanges, Parents, TermPlans)  # who reads in the book of another comes after it


def begin(year):
    """Begin the year of schools with all its parts."""
    return Year(year, PARTS)
