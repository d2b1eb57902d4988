"""What schools bring to the pages of the house, part by part."""

from wanjia.kernel.brings import Planting

from .bringing import inspections, plans, roster, year
from .demo import inspections as inspections_lived
from .demo import plans as plans_lived
from .demo import roster as roster_lived
from .demo import year as year_lived

PLACES = [*year.PLACES, *plans.PLACES, *roster.PLACES, *inspections.PLACES]
BESIDE = [*year.BESIDE, *plans.BESIDE]
QUEUES = [*plans.QUEUES, *roster.QUEUES, *inspections.QUEUES]
NOTICES = [*roster.NOTICES, *inspections.NOTICES]
TONES = [*plans.TONES, *roster.TONES, *inspections.TONES]
TICKS = [*roster.TICKS]
TIMERS = [*inspections.TIMERS]
SATCHEL = [*inspections.SATCHEL]
LINES = [*inspections.LINES]
PLANNED = [*roster.PLANNED]
POPULATIONS = [*plans.POPULATIONS, *roster.POPULATIONS, *inspections.POPULATIONS]
DEMO = [Planting(live=year_lived.live), Planting(live=plans_lived.live), Planting(live=roster_lived.live), Planting(live=inspections_lived.live)]
