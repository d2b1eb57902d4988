"""One of everything that fees and customs keep, for who walks all addresses (tests/fuzz, tests/journeys)."""

from ..fee_states import RuleState
from ..models import Feast, FeastCap, FeeCharge, FeePayment, FeeRule, FeeRun, FeeSpend, FeeWaiver, Stretch
from . import fee_factories as made

KNOWN = {
    "fee_rule_id": FeeRule, "fee_run_id": FeeRun, "fee_charge_id": FeeCharge, "fee_waiver_id": FeeWaiver, "fee_payment_id": FeePayment, "fee_spend_id": FeeSpend, "stretch_id": Stretch, "feast_id": Feast,
    "feast_cap_id": FeastCap,
}  # fmt: skip


def plant(world):
    """Make them: rules in force and a draft, a home that paid a part and asks to be let off, a spending that waits, a stretch that was looked at, a wedding above what was agreed on."""
    made.rule(world)
    made.rule(world, RuleState.DRAFT, drawn_by=world.visitor)
    made.payment(world)
    made.waiver(world)
    made.spend(world)
    made.check(world)
    made.cap(world)
    made.cap(world, RuleState.DRAFT, drawn_by=world.visitor)
    made.feast(world)
