"""One of everything that mediation keeps, for who walks all addresses (tests/fuzz, tests/journeys)."""

from ..agreeing.commands import recheck_case, relapse_case
from ..models import MediationCase
from . import mediation_factories as made

KNOWN = {"mediation_case_id": MediationCase}


def plant(world):
    """Make them: a case whose agreement waits for the court, one that failed and broke out anew, one that nobody has told its rights."""
    case = made.applied(world)
    recheck_case(mediation_case_id=case.pk, day=made.DAY, kept="kept_part", words="退了一半", **made.who(world.mediator))
    relapse_case(mediation_case_id=made.failed(world).pk, kind="neighbours", facts="又为过道吵起来", **made.who(world.mediator))
    made.drawn(world)
