"""What village self-governance brings to the pages of the house, part by part."""

from .bringing import bodies, points

PLACES = [*bodies.PLACES, *points.PLACES]
QUEUES = [*points.QUEUES]
TIMERS = [*points.TIMERS]
CHECKS = [*points.CHECKS]
TONES = [*points.TONES]
POPULATIONS = [*points.POPULATIONS]
