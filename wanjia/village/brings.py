"""What village self-governance brings to the pages of the house, part by part."""

from .bringing import bodies, polls

PLACES = [*bodies.PLACES, *polls.PLACES]
QUEUES = [*polls.QUEUES]
TONES = [*polls.TONES]
LINES = [*polls.LINES]
