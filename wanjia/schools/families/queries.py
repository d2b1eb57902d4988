"""What is asked of parents' classes: how many homes came to each, and how many of a year, a home counted once."""

from django.db.models import Count, Q

from ..models import ParentHome
from . import rules


def listed(actor):
    """Parents' classes in reach, the last first, with how many homes came."""
    return rules.visible_classes(actor).select_related("school__unit", "lecturer__unit").annotate(n_homes=Count("homes")).order_by("-day", "school_id", "pk")


def homes_of_year(actor, day):
    """How many homes came to some class in reach in the year of a day, up to it: each once."""
    rows = ParentHome.objects.filter(parent_class__in=rules.visible_classes(actor)).filter(counted(day))
    return rows.values("household").distinct().count()


def counted(day):
    """Return the Q of homes that came to classes of the year up to a day that were not taken back."""
    return Q(parent_class__taken_back_at=None, parent_class__day__year=day.year, parent_class__day__lte=day)


def words_of_home(one):
    """Return a home as a list of choices offers it: its village and number, no name."""
    return f"{one.village.short_name} {one.number}"
