"""What care brings to the pages of the house, part by part."""

from wanjia.kernel.brings import Planting

from .bringing import canteen, children, classes, helpers, lines, programme
from .demo import lines as lines_lived

PLACES = [*programme.PLACES, *helpers.PLACES, *lines.PLACES, *classes.PLACES, *canteen.PLACES]
QUEUES = [*helpers.QUEUES, *lines.QUEUES, *classes.QUEUES, *canteen.QUEUES]
NOTICES = [*classes.NOTICES, *canteen.NOTICES]
TONES = [*lines.TONES, *classes.TONES, *canteen.TONES]
SATCHEL = [*lines.SATCHEL]
BESIDE = [*lines.BESIDE]
TIMERS = [*lines.TIMERS]
TICKS = [*canteen.TICKS]
AFTER_PEOPLE = [*lines.AFTER_PEOPLE]
CHECKS = [*lines.CHECKS]
POPULATIONS = [*helpers.POPULATIONS, *lines.POPULATIONS, *classes.POPULATIONS, *canteen.POPULATIONS]
LINES = [*children.LINES, *lines.LINES, *canteen.LINES]
DEMO = [Planting(live=lines_lived.live)]
