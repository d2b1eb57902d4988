"""What schools bring to the pages of the house, part by part."""

from wanjia.kernel.brings import Planting

from .bringing import lessons, plans, roster, year
from .demo import lessons as lessons_lived
from .demo import plans as plans_lived
from .demo import roster as roster_lived
from .demo import year as year_lived

PLACES = [*year.PLACES, *plans.PLACES, *roster.PLACES, *lessons.PLACES]
BESIDE = [*year.BESIDE, *plans.BESIDE, *lessons.BESIDE]
QUEUES = [*plans.QUEUES, *roster.QUEUES, *lessons.QUEUES]
NOTICES = [*roster.NOTICES, *lessons.NOTICES]
TONES = [*plans.TONES, *roster.TONES]
TICKS = [*roster.TICKS, *lessons.TICKS]
PLANNED = [*roster.PLANNED, *lessons.PLANNED]
POPULATIONS = [*plans.POPULATIONS, *roster.POPULATIONS]
DEMO = [Planting(live=year_lived.live), Planting(live=plans_lived.live), Planting(live=roster_lived.live), Planting(live=lessons_lived.live)]
