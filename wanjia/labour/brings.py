"""What the labour register brings to the pages of the house, part by part."""

from wanjia.kernel.brings import Planting

from . import demand_brings as demand
from . import departure_brings as departures
from . import figure_brings as figures
from . import match_brings as match
from . import roll_brings as roll
from .demo import living

PLACES = [*figures.PLACES, *roll.PLACES, *match.PLACES, *demand.PLACES, *departures.PLACES]
QUEUES = [*roll.QUEUES, *demand.QUEUES, *departures.QUEUES]
NOTICES = [*demand.NOTICES]
BESIDE = [*roll.BESIDE]
FINDERS = [*roll.FINDERS]
TONES = [*match.TONES, *demand.TONES, *departures.TONES]
ROUTERS = [*roll.ROUTERS, *demand.ROUTERS]
SUBJECTS = [*demand.SUBJECTS]
LINES = [*roll.LINES]
SATCHEL = [*roll.SATCHEL, *departures.SATCHEL]
TIMERS = [*roll.TIMERS]
TICKS = [*figures.TICKS]
AFTER_PEOPLE = [*roll.AFTER_PEOPLE]
POPULATIONS = [*figures.POPULATIONS, *demand.POPULATIONS, *departures.POPULATIONS]
CHECKS = [*figures.CHECKS, *demand.CHECKS]
BULLETINS = [*figures.BULLETINS]
PLANNED = [*match.PLANNED, *departures.PLANNED]
DEMO = [Planting(live=living.live)]
