"""What schools bring to the pages of the house, part by part."""

from .bringing import plans, year

PLACES = [*year.PLACES, *plans.PLACES]
QUEUES = [*plans.QUEUES]
TONES = [*plans.TONES]
POPULATIONS = [*plans.POPULATIONS]
