"""What schools bring to the pages of the house, part by part."""

from wanjia.kernel.brings import Planting

from . import simulating
from .bringing import buses, inspections, lessons, notices, plans, roads, roster, year
from .demo import buses as buses_lived
from .demo import inspections as inspections_lived
from .demo import lessons as lessons_lived
from .demo import notices as notices_lived
from .demo import plans as plans_lived
from .demo import roads as roads_lived
from .demo import roster as roster_lived
from .demo import year as year_lived
from .year.sites import school_days

PLACES = [*year.PLACES, *plans.PLACES, *roster.PLACES, *buses.PLACES, *inspections.PLACES, *lessons.PLACES, *notices.PLACES, *roads.PLACES]
BESIDE = [*year.BESIDE, *plans.BESIDE, *lessons.BESIDE, *buses.BESIDE, *inspections.BESIDE]
QUEUES = [*plans.QUEUES, *roster.QUEUES, *buses.QUEUES, *inspections.QUEUES, *lessons.QUEUES, *notices.QUEUES, *roads.QUEUES]
NOTICES = [*roster.NOTICES, *buses.NOTICES, *inspections.NOTICES, *lessons.NOTICES, *notices.NOTICES, *roads.NOTICES]
TONES = [*plans.TONES, *roster.TONES, *buses.TONES, *inspections.TONES, *notices.TONES, *roads.TONES]
TICKS = [*roster.TICKS, *buses.TICKS, *lessons.TICKS]
PLANNED = [*roster.PLANNED, *buses.PLANNED, *lessons.PLANNED]
POPULATIONS = [*plans.POPULATIONS, *roster.POPULATIONS, *buses.POPULATIONS, *inspections.POPULATIONS, *notices.POPULATIONS, *roads.POPULATIONS]
SCHOOL_DAYS = [school_days]
DEMO = [Planting(live=year_lived.live), Planting(live=plans_lived.live), Planting(live=roster_lived.live), Planting(live=buses_lived.live), Planting(live=inspections_lived.live), Planting(live=lessons_lived.live), Planting(live=notices_lived.live), Planting(live=roads_lived.live)]
SATCHEL = [*buses.SATCHEL, *inspections.SATCHEL, *roads.SATCHEL]
PRUNED = [*buses.PRUNED]
ROUTERS = [*roads.ROUTERS]
LINES = [*buses.LINES, *inspections.LINES, *notices.LINES, *roads.LINES]
HANDOVERS = [*inspections.HANDOVERS, *notices.HANDOVERS, *roads.HANDOVERS]
TIMERS = [*inspections.TIMERS]
MESSAGES = [*roster.MESSAGES, *buses.MESSAGES]
IMPORTS = [*year.IMPORTS, *roster.IMPORTS, *buses.IMPORTS, *inspections.IMPORTS]
SIMULATED = [simulating.begin]
