"""What village self-governance brings to the pages of the house, part by part."""

from wanjia.kernel.brings import Planting

from .bringing import bodies, branch, meetings, points, polls, queues
from .demo import branch as branch_lived
from .demo import meetings as meetings_lived
from .demo import points as points_lived

PLACES = [*bodies.PLACES, *meetings.PLACES, *polls.PLACES, *points.PLACES, *branch.PLACES]
FINDERS = [*bodies.FINDERS]
QUEUES = [*queues.QUEUES]
NOTICES = [*meetings.NOTICES]
TIMERS = [*points.TIMERS]
CHECKS = [*points.CHECKS]
TONES = [*meetings.TONES, *polls.TONES, *points.TONES, *branch.TONES]
POPULATIONS = [*meetings.POPULATIONS, *points.POPULATIONS, *branch.POPULATIONS]
LINES = [*polls.LINES]
SPEAKING = [*meetings.SPEAKING]
DEMO = [Planting(live=meetings_lived.live), Planting(live=points_lived.live), Planting(live=branch_lived.live)]
