"""What village self-governance brings to the pages of the house: each part's own lists, from `bringing`, one after the other."""

from typing import Any

from wanjia.kernel.brings import Planting

from . import simulating
from .bringing import (
    appraisal,
    board,
    bodies,
    branch,
    bylaws,
    calls,
    crafts,
    fees,
    levies,
    mediation,
    meetings,
    money,
    planning,
    points,
    polls,
    queues,
)
from .demo import appraisal as appraisal_lived
from .demo import branch as branch_lived
from .demo import bylaws as bylaws_lived
from .demo import calls as calls_lived
from .demo import crafts as crafts_lived
from .demo import fees as fees_lived
from .demo import levies as levies_lived
from .demo import mediation as mediation_lived
from .demo import meetings as meetings_lived
from .demo import money as money_lived
from .demo import planning as planning_lived
from .demo import points as points_lived
from .demo import polls as polls_lived

_PARTS = (bodies, meetings, bylaws, polls, points, appraisal, fees, mediation, branch, money, planning, crafts, calls, levies, board, queues)
_LIVED = (meetings_lived, bylaws_lived, points_lived, appraisal_lived, mediation_lived, fees_lived, branch_lived, money_lived, planning_lived, crafts_lived, polls_lived, calls_lived, levies_lived)


def _of(kind: str) -> list[Any]:
    return [one for part in _PARTS for one in getattr(part, kind, ())]


SIMULATED = [simulating.begin]
PLACES = _of("PLACES")
FINDERS = _of("FINDERS")
QUEUES = _of("QUEUES")
NOTICES = _of("NOTICES")
BESIDE = _of("BESIDE")
BOARD = _of("BOARD")
TIMERS = _of("TIMERS")
CHECKS = _of("CHECKS")
TONES = _of("TONES")
POPULATIONS = _of("POPULATIONS")
LINES = _of("LINES")
SUBJECTS = _of("SUBJECTS")
SPEAKING = _of("SPEAKING")
DEMO = [Planting(live=one.live) for one in _LIVED]
