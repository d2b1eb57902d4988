"""Who may stop a recount or go on with it."""

from ..workdays.rules import can_keep_workdays


def can_recount(actor, _change):
    """Decide whether the actor may stop what a change of the table moves, or go on with it: as the table itself."""
    return can_keep_workdays(actor)
