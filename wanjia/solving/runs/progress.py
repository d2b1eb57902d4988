"""Whether somebody is at work on a plan, by when it was last heard of."""

from datetime import timedelta

SILENT = timedelta(seconds=120)  # the engines tell at least every few seconds; reading three million rows takes longer


def is_running(plan, now):
    """Tell whether somebody is at work on it, or will be at once."""
    return plan.state in ("asked", "running") and not is_silent(plan, now)


def is_silent(plan, now):
    """Tell whether work on this plan is due but nobody has been heard of for a while."""
    return plan.state in ("asked", "running") and now - (plan.beat_at or plan.asked_at) > SILENT
