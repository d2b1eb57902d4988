"""What village self-governance brings to the pages of the house, part by part."""

from wanjia.kernel.brings import Planting

from .bringing import board, bodies, meetings, points, polls, queues
from .demo import meetings as meetings_lived
from .demo import points as points_lived

PLACES = [*bodies.PLACES, *meetings.PLACES, *polls.PLACES, *points.PLACES, *board.PLACES]
FINDERS = [*bodies.FINDERS]
QUEUES = [*queues.QUEUES]
NOTICES = [*meetings.NOTICES]
BOARD = [*board.BOARD]
from .bringing import bodies, mediation, meetings, points, polls, queues
from .demo import mediation as mediation_lived

PLACES = [*bodies.PLACES, *meetings.PLACES, *polls.PLACES, *points.PLACES, *mediation.PLACES]
NOTICES = [*meetings.NOTICES, *mediation.NOTICES]
TIMERS = [*points.TIMERS]
from .bringing import bodies, bylaws, meetings, points, polls, queues
from .demo import bylaws as bylaws_lived

PLACES = [*bodies.PLACES, *meetings.PLACES, *polls.PLACES, *points.PLACES, *bylaws.PLACES]
NOTICES = [*meetings.NOTICES, *bylaws.NOTICES]
TIMERS = [*points.TIMERS, *bylaws.TIMERS]
CHECKS = [*points.CHECKS]
TONES = [*meetings.TONES, *polls.TONES, *points.TONES, *bylaws.TONES]
POPULATIONS = [*meetings.POPULATIONS, *points.POPULATIONS, *bylaws.POPULATIONS]
LINES = [*polls.LINES]
SPEAKING = [*meetings.SPEAKING, *bylaws.SPEAKING]
DEMO = [Planting(live=meetings_lived.live), Planting(live=points_lived.live), Planting(live=bylaws_lived.live)]
TONES = [*meetings.TONES, *polls.TONES, *points.TONES, *mediation.TONES]
POPULATIONS = [*meetings.POPULATIONS, *points.POPULATIONS, *mediation.POPULATIONS]
SPEAKING = [*meetings.SPEAKING]
DEMO = [Planting(live=meetings_lived.live), Planting(live=points_lived.live), Planting(live=mediation_lived.live)]
from .bringing import appraisal, bodies, meetings, points, polls, queues

PLACES = [*bodies.PLACES, *meetings.PLACES, *polls.PLACES, *points.PLACES, *appraisal.PLACES]
TIMERS = [*points.TIMERS, *appraisal.TIMERS]
TONES = [*meetings.TONES, *polls.TONES, *points.TONES, *appraisal.TONES]
POPULATIONS = [*meetings.POPULATIONS, *points.POPULATIONS, *appraisal.POPULATIONS]
SPEAKING = [*meetings.SPEAKING, *appraisal.SPEAKING]
DEMO = [Planting(live=meetings_lived.live), Planting(live=points_lived.live)]
