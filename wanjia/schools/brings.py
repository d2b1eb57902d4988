"""What schools bring to the pages of the house, part by part."""

from wanjia.kernel.brings import Planting

from .bringing import plans, roster, year
from .demo import plans as plans_lived
from .demo import roster as roster_lived
from .demo import year as year_lived
from .year.sites import school_days

PLACES = [*year.PLACES, *plans.PLACES, *roster.PLACES]
BESIDE = [*year.BESIDE, *plans.BESIDE]
QUEUES = [*plans.QUEUES, *roster.QUEUES]
NOTICES = [*roster.NOTICES]
TONES = [*plans.TONES, *roster.TONES]
TICKS = [*roster.TICKS]
PLANNED = [*roster.PLANNED]
POPULATIONS = [*plans.POPULATIONS, *roster.POPULATIONS]
SCHOOL_DAYS = [school_days]
DEMO = [Planting(live=year_lived.live), Planting(live=plans_lived.live), Planting(live=roster_lived.live)]
