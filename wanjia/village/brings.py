"""What village self-governance brings to the pages of the house, part by part."""

from wanjia.kernel.brings import Planting

from .bringing import bodies, fees, meetings, points, polls, queues
from .demo import fees as fees_lived
from .demo import meetings as meetings_lived
from .demo import points as points_lived

PLACES = [*bodies.PLACES, *meetings.PLACES, *polls.PLACES, *points.PLACES, *fees.PLACES]
FINDERS = [*bodies.FINDERS]
QUEUES = [*queues.QUEUES]
NOTICES = [*meetings.NOTICES]
TIMERS = [*points.TIMERS]
CHECKS = [*points.CHECKS, *fees.CHECKS]
TONES = [*meetings.TONES, *polls.TONES, *points.TONES, *fees.TONES]
POPULATIONS = [*meetings.POPULATIONS, *points.POPULATIONS, *fees.POPULATIONS]
LINES = [*polls.LINES]
SPEAKING = [*meetings.SPEAKING]
DEMO = [Planting(live=meetings_lived.live), Planting(live=points_lived.live), Planting(live=fees_lived.live)]
