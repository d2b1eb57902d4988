"""What a sheet of homes shows to whom."""

from wanjia.orgs.carried import DUTIES
from wanjia.orgs.duties import Duty
from wanjia.orgs.scope import posts

from ..permits import opens_by


def may_take_numbers(actor):
    """Tell whether a sheet for the actor may bear what is sealed: numbers, phones and special groups.

    A sheet is one piece: every post by which it is taken out must open them (ADR 81).
    """
    return _every_post(actor, lambda post: Duty.REVEAL in DUTIES[post.role])


def _every_post(actor, may):
    held = posts(actor, duty=Duty.EXPORT)
    return bool(held) and all(may(post) for post in held)


def names_children(actor, numbers):
    """Tell whether a sheet says who a child is: only to posts that open children's files, and only on the sheet with numbers,
    which somebody else has approved. On every other sheet a child stands as on a list: initials and stage of school.
    """
    return bool(numbers) and _every_post(actor, opens_by)
