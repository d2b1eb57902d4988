"""One of everything that points keep, for who walks all addresses (tests/fuzz, tests/journeys)."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY

from ..models import Good, PointAccount, PointAppeal, PointClaim, PointEntry, PointLapse, PointMonth, PointScheme, Redemption
from ..point_states import ClaimState, SchemeState
from . import point_factories as made

KNOWN = {"point_scheme_id": PointScheme, "point_claim_id": PointClaim, "point_entry_id": PointEntry, "point_account_id": PointAccount, "point_appeal_id": PointAppeal, "good_id": Good, "redemption_id": Redemption, "point_month_id": PointMonth, "point_lapse_id": PointLapse}


def plant(world):
    """Make them: rules in force that let points lapse and a draft, a home that redeemed and appealed, a claim to be looked at, one on the board with an objection, a month."""
    made.scheme(world, lapse_years=1)
    made.scheme(world, SchemeState.DRAFT, drawn_by=world.visitor)
    made.redemption(world)
    made.appeal(world)
    made.objected(world, day=made.DAY - timedelta(days=2))
    made.claim(world, ClaimState.PROPOSED, day=made.DAY - timedelta(days=1))
    PointLapse.objects.create(village=world.datong, scheme=made.scheme(world), year=2026, told_on=made.DAY, until_on=made.DAY + timedelta(days=424), told_at=MONDAY)
    made.month(world)
