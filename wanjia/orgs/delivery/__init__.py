"""How what a unit is told leaves the house: noted within an act, claimed by the worker, sent once, in working hours (channels: by what)."""
