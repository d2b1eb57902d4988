"""How the labour acts are done rightly, room by room, and how each of their refusals is met: what the house's generated tests try."""

from . import acts_markets

ACTS = {**acts_markets.ACTS}
