"""What village self-governance brings to the pages of the house, part by part."""

from wanjia.kernel.brings import Planting

from .bringing import bodies, meetings, polls
from .demo import meetings as meetings_lived

PLACES = [*bodies.PLACES, *meetings.PLACES, *polls.PLACES]
FINDERS = [*bodies.FINDERS]
QUEUES = [*meetings.QUEUES]
NOTICES = [*meetings.NOTICES]
TONES = [*meetings.TONES, *polls.TONES]
POPULATIONS = [*meetings.POPULATIONS]
SPEAKING = [*meetings.SPEAKING]
LINES = [*polls.LINES]
DEMO = [Planting(live=meetings_lived.live)]
