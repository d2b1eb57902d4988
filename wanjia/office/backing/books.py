"""Do the books agree with themselves: every app that keeps something twice brings its own check (CHECKS)."""

from wanjia.kernel.brings import gather


def faults():
    """List what differs in the database that stands: each with what and column."""
    return [fault for check in gather("CHECKS") for fault in check()]
