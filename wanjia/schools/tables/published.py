"""What a month of children was, by what was published of it: the difference of two published counts, and nothing where either is hidden. It tells nothing that they do not."""

from datetime import timedelta
from functools import cached_property

from wanjia.reporting.models import PublishedCounts


class Published:
    """What was published as of the end of a month, and of the one before: both count the year up to their day."""

    def __init__(self, first, end):
        self.first, self.end = first, end

    @cached_property
    def _told(self):
        days = [self.end, self.first - timedelta(days=1)]
        return {one.day: one.told for one in PublishedCounts.objects.filter(population="bus_rides", day__in=days).only("day", "told")}

    def n(self, figure, code):
        """Return how many of a place were this month's, or None."""
        now = self._at(self.end, figure, code)
        before = 0 if self.first.month == 1 else self._at(self.first - timedelta(days=1), figure, code)
        return None if now is None or before is None or now < before else now - before

    def _at(self, day, figure, code):
        return self._told.get(day, {}).get(figure, {}).get(code)
