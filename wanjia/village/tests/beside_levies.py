"""One of everything that a project's money and labour keeps, for who walks all addresses (tests/fuzz, tests/journeys)."""

from ..models import Levy, LevyPayment, LevyShare, LevySpend
from . import levy_factories as made

KNOWN = {"levy_id": Levy, "levy_share_id": LevyShare, "levy_payment_id": LevyPayment, "levy_spend_id": LevySpend}


def plant(world):
    """Make them: a project that homes give to, one let off, money and a day that came, a spending that waits."""
    made.relief(world)
    made.payment(world)
    made.bought(world)
    made.labour(world)
    made.spend(world)
