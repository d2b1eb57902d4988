"""Rows in force from one day to another."""

from django.db import models
from django.db.models import Q


class DatedQuerySet(models.QuerySet):
    """Rows with `from_on` and `to_on` (the first day no longer; None: until further notice)."""

    def on(self, day):
        """Keep the rows in force on `day`."""
        return self.filter(Q(from_on=None) | Q(from_on__lte=day), Q(to_on=None) | Q(to_on__gt=day))

    def not_ended(self, day):
        """Keep the rows in force on `day` or later."""
        return self.filter(Q(to_on=None) | Q(to_on__gt=day))
