"""What care brings to the pages of the house, part by part."""

from wanjia.kernel.brings import Planting

from .bringing import canteen, children, classes, lines, pairing, programme, vetting
from .demo import classes as classes_lived
from .demo import lines as lines_lived
from .demo import pairing as pairing_lived

PLACES = [*programme.PLACES, *pairing.PLACES, *vetting.PLACES, *lines.PLACES, *classes.PLACES, *canteen.PLACES]
QUEUES = [*pairing.QUEUES, *vetting.QUEUES, *lines.QUEUES, *classes.QUEUES, *canteen.QUEUES]
NOTICES = [*pairing.NOTICES, *classes.NOTICES, *canteen.NOTICES]
TONES = [*lines.TONES, *classes.TONES, *canteen.TONES]
SATCHEL = [*lines.SATCHEL]
BESIDE = [*lines.BESIDE]
TIMERS = [*pairing.TIMERS, *lines.TIMERS]
TICKS = [*canteen.TICKS]
IMPORTS = [*pairing.IMPORTS, *vetting.IMPORTS, *classes.IMPORTS, *canteen.IMPORTS]
PLANNED = [*pairing.PLANNED]
HANDOVERS = [*pairing.HANDOVERS]
AFTER_PEOPLE = [*pairing.AFTER_PEOPLE, *lines.AFTER_PEOPLE]
CHECKS = [*lines.CHECKS]
POPULATIONS = [*pairing.POPULATIONS, *vetting.POPULATIONS, *lines.POPULATIONS, *classes.POPULATIONS, *canteen.POPULATIONS]
LINES = [*children.LINES, *pairing.LINES, *lines.LINES]
DEMO = [Planting(live=pairing_lived.live), Planting(live=lines_lived.live), Planting(live=classes_lived.live)]
