"""One of everything that schools keep, for who walks all addresses (tests/fuzz, tests/journeys): ids of an address, and how the rows come about."""

from ..models import Bell, Gate, School, SchoolDay, Term
from . import acts_year as year
from .factories import bell, gate, school, term

KNOWN = {"school_id": School, "term_id": Term, "school_day_id": SchoolDay, "bell_id": Bell, "gate_id": Gate}


def plant(world):
    """Make them: a school with its bell and gate, a term, a day that is not as others."""
    school(world)
    bell(world)
    gate(world)
    term(world)
    year.a_day(world)
