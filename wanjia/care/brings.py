"""What care brings to the pages of the house, part by part."""

from .bringing import canteen, children, classes

PLACES = [*classes.PLACES, *canteen.PLACES]
QUEUES = [*classes.QUEUES, *canteen.QUEUES]
NOTICES = [*classes.NOTICES, *canteen.NOTICES]
TONES = [*classes.TONES, *canteen.TONES]
TICKS = [*canteen.TICKS]
POPULATIONS = [*classes.POPULATIONS, *canteen.POPULATIONS]
LINES = [*children.LINES, *canteen.LINES]
