"""One box for everything: each app brings what it finds (FINDERS), and the one thing that a whole number means.

Not a slip's code: a box without a limit would tell whoever guesses when a guess is right. The slip's own page counts tries.
"""

from wanjia.kernel.brings import ranked


def the_one(actor, text):
    """Return the address of the one thing that `text` means, or None."""
    return next(filter(None, (one.exact(actor, text) for one in ranked("FINDERS") if one.exact)), None)


def matches(actor, text):
    """List (template, facts) of each kind of thing that the words may mean."""
    found = [(one.template, one.found(actor, text)) for one in ranked("FINDERS")]
    return [(template, facts) for template, facts in found if facts]
