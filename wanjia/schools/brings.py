"""What schools bring to the pages of the house, part by part."""

from .bringing import buses, year

PLACES = [*year.PLACES, *buses.PLACES]
QUEUES = [*buses.QUEUES]
NOTICES = [*buses.NOTICES]
TONES = [*buses.TONES]
PLANNED = [*buses.PLANNED]
SATCHEL = [*buses.SATCHEL]
PRUNED = [*buses.PRUNED]
LINES = [*buses.LINES]
