"""What schools bring to the pages of the house, part by part."""

from wanjia.kernel.brings import Planting

from .bringing import plans, year
from .demo import plans as plans_lived

PLACES = [*year.PLACES, *plans.PLACES]
BESIDE = [*plans.BESIDE]
QUEUES = [*plans.QUEUES]
TONES = [*plans.TONES]
POPULATIONS = [*plans.POPULATIONS]
DEMO = [Planting(live=plans_lived.live)]
