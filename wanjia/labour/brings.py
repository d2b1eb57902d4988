"""What the labour register brings to the pages of the house."""

from . import demand_brings as demand

PLACES = [*demand.PLACES]
QUEUES = [*demand.QUEUES]
NOTICES = [*demand.NOTICES]
TONES = [*demand.TONES]
SUBJECTS = [*demand.SUBJECTS]
POPULATIONS = [*demand.POPULATIONS]
CHECKS = [*demand.CHECKS]
RETAINED = [*demand.RETAINED]
ROUTERS = [*demand.ROUTERS]
