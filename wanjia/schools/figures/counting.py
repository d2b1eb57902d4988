"""What schools' populations ask alike: what was on a list before a moment."""

from django.db.models import Q


def listed_by(end):
    """Return the Q of what was on its list before a moment: a place that was entered later is no debt of the days before."""
    return Q(listed_at=None) | Q(listed_at__lt=end)
