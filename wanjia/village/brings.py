"""What village self-governance brings to the pages of the house, part by part."""

from wanjia.kernel.brings import Planting

from .bringing import appraisal, bodies, meetings, points, polls, queues
from .demo import appraisal as appraisal_lived
from .demo import meetings as meetings_lived
from .demo import points as points_lived

PLACES = [*bodies.PLACES, *meetings.PLACES, *polls.PLACES, *points.PLACES, *appraisal.PLACES]
FINDERS = [*bodies.FINDERS]
QUEUES = [*queues.QUEUES]
NOTICES = [*meetings.NOTICES]
TIMERS = [*points.TIMERS, *appraisal.TIMERS]
CHECKS = [*points.CHECKS]
TONES = [*meetings.TONES, *polls.TONES, *points.TONES, *appraisal.TONES]
POPULATIONS = [*meetings.POPULATIONS, *points.POPULATIONS, *appraisal.POPULATIONS]
LINES = [*polls.LINES]
SPEAKING = [*meetings.SPEAKING, *appraisal.SPEAKING]
DEMO = [Planting(live=meetings_lived.live), Planting(live=points_lived.live), Planting(live=appraisal_lived.live)]
