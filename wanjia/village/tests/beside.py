"""One of everything that the village keeps, for who walks all addresses (tests/fuzz, tests/journeys)."""

from . import beside_points

KNOWN = {**beside_points.KNOWN}


def plant(world):
    """Make them."""
    beside_points.plant(world)
