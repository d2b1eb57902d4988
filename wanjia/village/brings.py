"""What village self-governance brings to the pages of the house, part by part."""

from wanjia.kernel.brings import Planting

from .bringing import bodies, meetings, money, planning, points, polls, queues
from .demo import meetings as meetings_lived
from .demo import money as money_lived
from .demo import planning as planning_lived
from .demo import points as points_lived

PLACES = [*bodies.PLACES, *meetings.PLACES, *polls.PLACES, *points.PLACES, *money.PLACES, *planning.PLACES]
FINDERS = [*bodies.FINDERS]
QUEUES = [*queues.QUEUES]
NOTICES = [*meetings.NOTICES, *money.NOTICES, *planning.NOTICES]
TIMERS = [*points.TIMERS]
CHECKS = [*points.CHECKS, *money.CHECKS, *planning.CHECKS]
TONES = [*meetings.TONES, *polls.TONES, *points.TONES, *money.TONES, *planning.TONES]
POPULATIONS = [*meetings.POPULATIONS, *points.POPULATIONS, *money.POPULATIONS, *planning.POPULATIONS]
LINES = [*polls.LINES]
SPEAKING = [*meetings.SPEAKING]
DEMO = [Planting(live=meetings_lived.live), Planting(live=points_lived.live), Planting(live=money_lived.live), Planting(live=planning_lived.live)]
