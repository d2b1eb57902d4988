"""What care brings to the pages of the house, part by part."""

from .bringing import children, events

PLACES = [*events.PLACES]
QUEUES = [*events.QUEUES]
NOTICES = [*events.NOTICES]
TONES = [*events.TONES]
LINES = [*children.LINES]
POPULATIONS = [*events.POPULATIONS]
IMPORTS = [*events.IMPORTS]
TIMERS = [*events.TIMERS]
DEMO = [*events.DEMO]
