"""What care brings to the pages of the house, part by part."""

from wanjia.kernel.brings import Planting

from . import simulating
from .bringing import canteen, children, classes, events, lines, pairing, programme, unopened, uploads, vetting, wishes
from .demo import classes as classes_lived
from .demo import events as events_lived
from .demo import lines as lines_lived
from .demo import pairing as pairing_lived
from .demo import wishes as wishes_lived

PLACES = [*programme.PLACES, *pairing.PLACES, *vetting.PLACES, *lines.PLACES, *classes.PLACES, *canteen.PLACES, *events.PLACES, *wishes.PLACES]
QUEUES = [*pairing.QUEUES, *vetting.QUEUES, *lines.QUEUES, *classes.QUEUES, *canteen.QUEUES, *events.QUEUES, *wishes.QUEUES]
NOTICES = [*pairing.NOTICES, *classes.NOTICES, *canteen.NOTICES]
TONES = [*lines.TONES, *classes.TONES, *canteen.TONES, *events.TONES, *wishes.TONES, *unopened.TONES]
SATCHEL = [*lines.SATCHEL]
BESIDE = [*programme.BESIDE, *pairing.BESIDE, *lines.BESIDE, *events.BESIDE, *uploads.BESIDE]
TIMERS = [*pairing.TIMERS, *lines.TIMERS, *wishes.TIMERS, *unopened.TIMERS]
TICKS = [*canteen.TICKS, *unopened.TICKS]
PLANNED = [*pairing.PLANNED]
HANDOVERS = [*pairing.HANDOVERS]
AFTER_PEOPLE = [*pairing.AFTER_PEOPLE, *lines.AFTER_PEOPLE, *classes.AFTER_PEOPLE, *canteen.AFTER_PEOPLE]
IMPORTS = [*pairing.IMPORTS, *vetting.IMPORTS, *classes.IMPORTS, *canteen.IMPORTS, *wishes.IMPORTS, *events.IMPORTS]
RETAINED = [*wishes.RETAINED, *events.RETAINED, *classes.RETAINED, *canteen.RETAINED]
PRUNED = [*wishes.PRUNED]
RESTORED = [*events.RESTORED]
CHECKS = [*lines.CHECKS]
POPULATIONS = [*pairing.POPULATIONS, *vetting.POPULATIONS, *lines.POPULATIONS, *classes.POPULATIONS, *canteen.POPULATIONS, *events.POPULATIONS, *wishes.POPULATIONS]
LINES = [*children.LINES, *pairing.LINES, *lines.LINES, *wishes.LINES, *unopened.LINES]
DEMO = [Planting(live=pairing_lived.live), Planting(live=lines_lived.live), Planting(live=classes_lived.live), Planting(live=events_lived.live), Planting(live=wishes_lived.live)]
SIMULATED = [simulating.begin]
