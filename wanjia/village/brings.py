"""What village self-governance brings to the pages of the house, part by part."""

from wanjia.kernel.brings import Planting

from .bringing import bodies, meetings
from .demo import meetings as meetings_lived

PLACES = [*bodies.PLACES, *meetings.PLACES]
FINDERS = [*bodies.FINDERS]
QUEUES = [*meetings.QUEUES]
NOTICES = [*meetings.NOTICES]
TONES = [*meetings.TONES]
POPULATIONS = [*meetings.POPULATIONS]
SPEAKING = [*meetings.SPEAKING]
DEMO = [Planting(live=meetings_lived.live)]
