"""What schools bring to the pages of the house, part by part."""

from wanjia.kernel.brings import Planting

from .bringing import year
from .demo import year as year_lived

PLACES = [*year.PLACES]
BESIDE = [*year.BESIDE]
DEMO = [Planting(live=year_lived.live)]
