"""Whether a recount is under way, and what became of the last one."""

from datetime import timedelta

SILENT = timedelta(seconds=90)  # a run says after each need that it lives: one silent for so long is taken for dead


def is_running(change, now):
    """Tell whether somebody counts at this moment."""
    return change is not None and not change.stopped and change.beat_at is not None and now - change.beat_at <= SILENT


def is_dead(change, now):
    """Tell whether a run ended without a word: the machine or its process was stopped."""
    return change is not None and change.beat_at is not None and now - change.beat_at > SILENT
