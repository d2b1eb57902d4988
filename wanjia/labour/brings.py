"""What the labour register brings to the pages of the house, part by part."""

from wanjia.kernel.brings import Planting

from .bringing import board, demand, departures, figures, loads, markets, matching, roll
from .demo import living

PLACES = [*figures.PLACES, *roll.PLACES, *matching.PLACES, *demand.PLACES, *markets.PLACES, *departures.PLACES, *loads.PLACES, *board.PLACES]
QUEUES = [*roll.QUEUES, *matching.QUEUES, *demand.QUEUES, *markets.QUEUES, *departures.QUEUES, *board.QUEUES]
NOTICES = [*demand.NOTICES, *markets.NOTICES, *departures.NOTICES, *board.NOTICES]
BESIDE = [*roll.BESIDE]
FINDERS = [*roll.FINDERS]
TONES = [*matching.TONES, *demand.TONES, *markets.TONES, *departures.TONES, *loads.TONES, *board.TONES]
ROUTERS = [*roll.ROUTERS, *demand.ROUTERS, *board.ROUTERS]
SUBJECTS = [*loads.SUBJECTS, *demand.SUBJECTS, *board.SUBJECTS]
LINES = [*roll.LINES, *demand.LINES, *loads.LINES, *matching.LINES, *departures.LINES, *board.LINES]
SATCHEL = [*roll.SATCHEL, *departures.SATCHEL]
MESSAGES = [*markets.MESSAGES, *board.MESSAGES]
TIMERS = [*roll.TIMERS]
TICKS = [*figures.TICKS, *loads.TICKS, *board.TICKS]
PRUNED = [*matching.PRUNED]
RETAINED = [*roll.RETAINED, *demand.RETAINED, *markets.RETAINED]
AFTER_NEEDS = [*demand.AFTER_NEEDS]
AFTER_PEOPLE = [*roll.AFTER_PEOPLE]
POPULATIONS = [*figures.POPULATIONS, *demand.POPULATIONS, *markets.POPULATIONS, *departures.POPULATIONS, *board.POPULATIONS]
CHECKS = [*figures.CHECKS, *loads.CHECKS, *demand.CHECKS, *markets.CHECKS, *board.CHECKS]
BULLETINS = [*figures.BULLETINS]
PLANNED = [*matching.PLANNED, *departures.PLANNED]
DEMO = [Planting(live=living.live)]
SIMULATED = [*roll.SIMULATED, *board.SIMULATED]
