"""What apps above show beside a home: the register asks them, and knows none of them."""

_NEEDS = []


def add(needs_of):
    """Let an app above say which needs of a home an actor sees: needs_of(actor, home) → list of {"address", "summary", "number",
    "state", "words", "due_on"}."""
    _NEEDS.append(needs_of)


def needs(actor, home):
    """Return the home's needs, open ones first."""
    return [one for needs_of in _NEEDS for one in needs_of(actor, home)]
