"""What care brings to the pages of the house, part by part."""

from wanjia.kernel.brings import Planting

from .bringing import children, lines, programme
from .demo import lines as lines_lived

LINES = [*children.LINES, *lines.LINES]
PLACES = [*lines.PLACES, *programme.PLACES]
QUEUES = [*lines.QUEUES]
SATCHEL = [*lines.SATCHEL]
BESIDE = [*lines.BESIDE]
POPULATIONS = [*lines.POPULATIONS]
TIMERS = [*lines.TIMERS]
AFTER_PEOPLE = [*lines.AFTER_PEOPLE]
CHECKS = [*lines.CHECKS]
TONES = [*lines.TONES]
DEMO = [Planting(live=lines_lived.live)]
