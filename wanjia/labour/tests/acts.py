"""How the acts of the labour app are done rightly, and how each of their refusals is met: what the house's generated tests try."""

from . import acts_demand, acts_matching

ACTS = {**acts_demand.ACTS, **acts_matching.ACTS}
