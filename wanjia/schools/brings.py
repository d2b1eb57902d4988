"""What schools bring to the pages of the house, part by part."""

from .bringing import roster, year

PLACES = [*year.PLACES, *roster.PLACES]
QUEUES = [*roster.QUEUES]
NOTICES = [*roster.NOTICES]
TONES = [*roster.TONES]
TICKS = [*roster.TICKS]
PLANNED = [*roster.PLANNED]
