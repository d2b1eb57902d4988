"""What care brings to the pages of the house, part by part."""

from wanjia.kernel.brings import Planting

from .bringing import canteen, children, classes, events, lines, pairing, programme, vetting
from .demo import classes as classes_lived
from .demo import events as events_lived
from .demo import lines as lines_lived
from .demo import pairing as pairing_lived

PLACES = [*programme.PLACES, *pairing.PLACES, *vetting.PLACES, *lines.PLACES, *classes.PLACES, *canteen.PLACES, *events.PLACES]
QUEUES = [*pairing.QUEUES, *vetting.QUEUES, *lines.QUEUES, *classes.QUEUES, *canteen.QUEUES, *events.QUEUES]
NOTICES = [*pairing.NOTICES, *classes.NOTICES, *canteen.NOTICES]
TONES = [*lines.TONES, *classes.TONES, *canteen.TONES, *events.TONES]
SATCHEL = [*lines.SATCHEL]
BESIDE = [*lines.BESIDE, *events.BESIDE]
TIMERS = [*pairing.TIMERS, *lines.TIMERS, *events.TIMERS]
TICKS = [*canteen.TICKS]
PLANNED = [*pairing.PLANNED]
HANDOVERS = [*pairing.HANDOVERS]
AFTER_PEOPLE = [*pairing.AFTER_PEOPLE, *lines.AFTER_PEOPLE]
CHECKS = [*lines.CHECKS]
POPULATIONS = [*pairing.POPULATIONS, *vetting.POPULATIONS, *lines.POPULATIONS, *classes.POPULATIONS, *canteen.POPULATIONS, *events.POPULATIONS]
IMPORTS = [*events.IMPORTS]
LINES = [*children.LINES, *pairing.LINES, *lines.LINES]
DEMO = [Planting(live=pairing_lived.live), Planting(live=lines_lived.live), Planting(live=classes_lived.live), Planting(live=events_lived.live)]
