"""What care brings to the pages of the house, part by part."""

from .bringing import canteen, children, classes, helpers

PLACES = [*helpers.PLACES, *classes.PLACES, *canteen.PLACES]
QUEUES = [*helpers.QUEUES, *classes.QUEUES, *canteen.QUEUES]
NOTICES = [*classes.NOTICES, *canteen.NOTICES]
TONES = [*classes.TONES, *canteen.TONES]
TICKS = [*canteen.TICKS]
POPULATIONS = [*helpers.POPULATIONS, *classes.POPULATIONS, *canteen.POPULATIONS]
LINES = [*children.LINES, *canteen.LINES]
