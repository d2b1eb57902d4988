"""The door to the simulated year: what it needs (a reader and writer of workbooks, the demo's voices) is read when a year begins."""


def begin(year):
    """Begin a county's year on the ledger."""
    from .living import Year

    return Year(year)
