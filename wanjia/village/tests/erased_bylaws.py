"""What is kept of somebody who is erased and who brought a proposal by name."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY
from wanjia.village.models import Proposal

DAY = MONDAY.date()


def rows(world, person, mark):
    """Return {model: its row}: the person brought something by name, and the answer names him too."""
    home = person.memberships.get(to_on=None).household
    one = Proposal(
        village=home.village, year=2026, serial=1, words=f"{mark}家门口的路灯坏了", name=mark, way="paper", secret="ABCD2345", told_on=DAY, due_on=DAY + timedelta(days=30), told_at=MONDAY,
        answer=f"{mark}家门口的已经修好",
    )  # fmt: skip
    one.save(force_insert=True)
    return {Proposal: one}
