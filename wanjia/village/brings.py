"""What village self-governance brings to the pages of the house, part by part."""

from wanjia.kernel.brings import Planting

from .bringing import bodies, bylaws, meetings, points, polls, queues
from .demo import bylaws as bylaws_lived
from .demo import meetings as meetings_lived
from .demo import points as points_lived

PLACES = [*bodies.PLACES, *meetings.PLACES, *polls.PLACES, *points.PLACES, *bylaws.PLACES]
FINDERS = [*bodies.FINDERS]
QUEUES = [*queues.QUEUES]
NOTICES = [*meetings.NOTICES, *bylaws.NOTICES]
TIMERS = [*points.TIMERS, *bylaws.TIMERS]
CHECKS = [*points.CHECKS]
TONES = [*meetings.TONES, *polls.TONES, *points.TONES, *bylaws.TONES]
POPULATIONS = [*meetings.POPULATIONS, *points.POPULATIONS, *bylaws.POPULATIONS]
LINES = [*polls.LINES, *bylaws.LINES]
SPEAKING = [*meetings.SPEAKING, *bylaws.SPEAKING]
DEMO = [Planting(live=meetings_lived.live), Planting(live=points_lived.live), Planting(live=bylaws_lived.live)]
