"""One of everything that labour keeps, for the tests that open every address of the house, and what may stand in the gaps of labour's own."""

from ..models import (
    Agreement,
    BoardPart,
    BoardTask,
    Campaign,
    Card,
    Complaint,
    DayOrder,
    DayWork,
    Departure,
    Employer,
    Fair,
    FollowUp,
    Market,
    Outpost,
    Outreach,
    Proof,
    Proposal,
    Reached,
    Registration,
    Roll,
    Round,
    Seat,
    Spell,
    Stall,
    Trip,
    Vacancy,
    Waiting,
    Worker,
)
from . import acts_board as board
from . import acts_departures as travel
from . import acts_markets as markets
from . import acts_matching as matching
from . import acts_reach as reach
from . import acts_roll as roll
from . import acts_rolls as rolls
from . import demand_world as demand

KNOWN = {
    "worker_id": Worker, "away_id": Worker, "own_id": Worker, "spell_id": Spell, "round_id": Round, "employer_id": Employer, "proof_id": Proof, "complaint_id": Complaint,
    "vacancy_id": Vacancy, "agreement_id": Agreement, "outpost_id": Outpost, "campaign_id": Campaign, "proposal_id": Proposal, "market_id": Market,
    "card_id": Card, "waiting_id": Waiting, "order_id": DayOrder, "work_id": DayWork, "outreach_id": Outreach, "reached_id": Reached, "fair_id": Fair,
    "stall_id": Stall, "registration_id": Registration, "departure_id": Departure, "trip_id": Trip, "seat_id": Seat, "follow_up_id": FollowUp,
    "roll_id": Roll, "board_task_id": BoardTask, "board_part_id": BoardPart,
}  # fmt: skip


def plant(world):
    """Make them by the acts, in an order in which each can be done: Wang looks for work, is told of it and proposed it, rides there, and stays.

    Whoever rides has then a spell, and is told of no vacancy and proposed none.
    """
    for make in (demand.five, demand.proof, demand.complaint, demand.live, demand.pact, reach.told, matching.proposal, reach.signed, markets.there):
        make(world)
    travel.promise(world)
    demand.claim(world)
    _still_planned(world)
    roll.round_of(world)
    rolls.judged(world)
    board.part(world)


def _still_planned(world):
    """His wife is on the list too; her trip has not left."""
    travel.listed(world, "she")
    travel.quietly(lambda seen, at: travel.trips.standing(seen, at), world)
