"""Who may change a status: whoever keeps its holder, with the sentences of that place when not."""

from ..households.rules import can_keep as can_keep_home
from ..people.rules import can_keep as can_keep_person


def can_keep_status(actor, status):
    """May the actor change this status: whoever keeps the person or the home that holds it."""
    return can_keep_person(actor, status.person) if status.person_id else can_keep_home(actor, status.household)
