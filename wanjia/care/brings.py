"""What care brings to the pages of the house, part by part."""

from .bringing import canteen, children, classes, pairing, vetting

PLACES = [*pairing.PLACES, *vetting.PLACES, *classes.PLACES, *canteen.PLACES]
QUEUES = [*pairing.QUEUES, *vetting.QUEUES, *classes.QUEUES, *canteen.QUEUES]
NOTICES = [*pairing.NOTICES, *classes.NOTICES, *canteen.NOTICES]
TONES = [*classes.TONES, *canteen.TONES]
TICKS = [*canteen.TICKS]
TIMERS = [*pairing.TIMERS]
PLANNED = [*pairing.PLANNED]
HANDOVERS = [*pairing.HANDOVERS]
AFTER_PEOPLE = [*pairing.AFTER_PEOPLE]
POPULATIONS = [*pairing.POPULATIONS, *vetting.POPULATIONS, *classes.POPULATIONS, *canteen.POPULATIONS]
LINES = [*children.LINES, *pairing.LINES, *canteen.LINES]
