"""What schools bring to the pages of the house, part by part."""

from .bringing import plans, roster, year

PLACES = [*year.PLACES, *plans.PLACES, *roster.PLACES]
QUEUES = [*plans.QUEUES, *roster.QUEUES]
NOTICES = [*roster.NOTICES]
TONES = [*plans.TONES, *roster.TONES]
TICKS = [*roster.TICKS]
PLANNED = [*roster.PLANNED]
POPULATIONS = [*plans.POPULATIONS]
