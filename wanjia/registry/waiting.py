"""How many wait for somebody in the queues of the register: visits planned, records to complete, doubles, imports to confirm."""

from wanjia.orgs import scope
from wanjia.orgs.asked_by import AskedBy
from wanjia.registry.duties import Duty
from wanjia.shapes import number

from .duplicates.queries import candidates
from .households.queries import to_clear
from .importing.rules import visible_uploads
from .states import UploadState
from .visits.queries import planned_for

MOST = 100  # a queue as long as this is named and counted no further
COUNTY = 6  # digits of a county's code


def queues(actor, day):
    """Return {name of the place: n, None where it is not counted} for the duties that the actor has; one question each, doubles up to three."""
    found = {}
    if actor.has_duty(Duty.VISIT):
        found["registry:visits"] = planned_for(actor).order_by()[:MOST].count()
    if actor.has_duty(Duty.KEEP_REGISTER):
        found["registry:stale"] = to_clear(actor, "", day).order_by()[:MOST].count()
    if actor.has_duty(Duty.JUDGE_DUPLICATES):
        found["registry:duplicates"] = _doubles(actor)
    if actor.has_duty(Duty.IMPORT):
        found["registry:import"] = min(JUDGED.first(actor) or 0, MOST)
    return {name: None if n == MOST else n for name, n in found.items()}


JUDGED = AskedBy(lambda actor: number(visible_uploads(actor).filter(state=UploadState.JUDGED)))


def _doubles(actor):
    """Count the pairs that nobody judged; over a whole county that takes as long as the page itself: there it is only named."""
    if any(len(reach.first) <= COUNTY for reach in scope.reaches(actor, duty=Duty.JUDGE_DUPLICATES)):
        return None
    return min(len(candidates(actor, limit=MOST)), MOST)
