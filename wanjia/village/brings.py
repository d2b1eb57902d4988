"""What village self-governance brings to the pages of the house, part by part."""

from .bringing import bodies

PLACES = [*bodies.PLACES]
