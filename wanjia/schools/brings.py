"""What schools bring to the pages of the house, part by part."""

from wanjia.kernel.brings import Planting

from .bringing import year
from .demo import year as year_lived
from .year.sites import school_days

PLACES = [*year.PLACES]
BESIDE = [*year.BESIDE]
SCHOOL_DAYS = [school_days]
DEMO = [Planting(live=year_lived.live)]
