"""One of everything that care keeps, for the tests that open every address of the house, and what may stand in the gaps of care's own."""

from ..models import (
    Canteen,
    CareClass,
    Collector,
    Concern,
    Diner,
    Distribution,
    Enrolment,
    Entitled,
    Gift,
    Helper,
    LineContact,
    Meal,
    Pair,
    PairProposal,
    Presence,
    Serving,
    Team,
    TeamMember,
    Wish,
    WishMoney,
)
from . import acts_classes as classes
from . import acts_gifts as gifts
from . import acts_helpers as helpers
from . import acts_lines as lines
from . import acts_pairing as pairing
from . import acts_wishes as wishes
from . import beside_events

KNOWN = {
    "helper_id": Helper, "team_id": Team, "member_id": TeamMember, "pair_id": Pair, "pair_proposal_id": PairProposal, "entitled_id": Entitled, "contact_id": LineContact,
    "concern_id": Concern, "care_class_id": CareClass, "enrolment_id": Enrolment, "collector_id": Collector, "presence_id": Presence, "canteen_id": Canteen,
    "diner_id": Diner, "meal_id": Meal, "serving_id": Serving,
    "wish_id": Wish, "wish_money_id": WishMoney, "distribution_id": Distribution, "gift_id": Gift, **beside_events.KNOWN,
}  # fmt: skip


def plant(world):
    """Make them by the acts: somebody helps and is in a team, a plan proposes, a pair stands, is called and worried about; a class and a noon go on; a wish is claimed
    and paid for, shoes are handed out; an event is held.
    """
    for make in (helpers.belonging, pairing.proposed, pairing.entitled, lines.contacted, lines.watched, classes.there, classes.missed, wishes.given, gifts.came):
        make(world)
    beside_events.plant(world)
