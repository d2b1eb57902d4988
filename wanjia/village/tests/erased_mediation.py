"""What mediation keeps of somebody who is erased: he stood on a side, with somebody who spoke for him; the file of both sides stays, sealed."""

from wanjia.kernel.tests.tried import MONDAY
from wanjia.village.models import MediationCase, MediationParty

DAY = MONDAY.date()


def rows(world, person, mark):
    """Return {model: its row}: the person was a party by the register, the name kept beside it too."""
    case = MediationCase(village=person.village, year=2026, serial=1, kind="debt", source="asked", taken_on=DAY, people=2, facts="两家为借款吵起来", taken_at=MONDAY)
    case.save(force_insert=True)
    party = MediationParty(case=case, side="side_one", n=1, person=person, name=mark, agent=f"{mark}的儿子")
    party.save(force_insert=True)
    return {MediationParty: party}
