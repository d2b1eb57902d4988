"""How the acts of the labour app are done rightly, and how each of their refusals is met: what the house's generated tests try, part by part."""

from . import (
        acts_board,
        acts_demand,
        acts_departures,
        acts_loads,
        acts_markets,
        acts_matching,
        acts_reach,
        acts_roll,
        acts_rolls,
        acts_slips,
)

ACTS = {**acts_roll.ACTS, **acts_loads.ACTS, **acts_demand.ACTS, **acts_markets.ACTS, **acts_reach.ACTS, **acts_matching.ACTS,
        **acts_departures.ACTS, **acts_rolls.ACTS, **acts_slips.ACTS, **acts_board.ACTS}
