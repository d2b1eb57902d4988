"""What village self-governance brings to the pages of the house, part by part."""

from wanjia.kernel.brings import Planting

from .bringing import bodies, meetings, money, points, polls, queues
from .demo import meetings as meetings_lived
from .demo import money as money_lived
from .demo import points as points_lived

PLACES = [*bodies.PLACES, *meetings.PLACES, *polls.PLACES, *points.PLACES, *money.PLACES]
FINDERS = [*bodies.FINDERS]
QUEUES = [*queues.QUEUES]
NOTICES = [*meetings.NOTICES, *money.NOTICES]
TIMERS = [*points.TIMERS]
CHECKS = [*points.CHECKS, *money.CHECKS]
TONES = [*meetings.TONES, *polls.TONES, *points.TONES, *money.TONES]
POPULATIONS = [*meetings.POPULATIONS, *points.POPULATIONS, *money.POPULATIONS]
LINES = [*polls.LINES]
SPEAKING = [*meetings.SPEAKING]
BOARD = [*money.BOARD]
DEMO = [Planting(live=meetings_lived.live), Planting(live=points_lived.live), Planting(live=money_lived.live)]
