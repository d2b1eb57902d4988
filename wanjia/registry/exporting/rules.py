"""What a sheet of homes shows to whom."""

from wanjia.orgs.duties import Duty

from ..people.rules import opens_files


def may_take_numbers(actor):
    """Tell whether a sheet for the actor may bear what is sealed: numbers, phones and special groups."""
    return actor.has_duty(Duty.REVEAL)


def names_children(actor, numbers):
    """Tell whether a sheet says who a child is: only to posts that open children's files, and only on the sheet with numbers,
    which somebody else has approved. On every other sheet a child stands as on a list: initials and stage of school.
    """
    return bool(numbers) and opens_files(actor)
