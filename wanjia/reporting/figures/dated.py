"""How populations that are asked as of a day say it (`Population.as_of`): which rows an actor counts, a condition as a fact, facts by their names."""

from django.db.models import BooleanField, Case, Value, When

from wanjia.orgs import scope


def counted(model, visible, area):
    """Return the question which rows of a model an actor counts: of the places where the duty is; without a duty those that he may open. area: the path to their place."""

    def rows(actor, *, duty=None):
        return visible(actor) if duty is None else model.objects.filter(scope.in_place(actor, area=area, duty=duty))

    return rows


def holds(condition):
    """Return whether a condition holds, as a column."""
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def facts(*names):
    """Return the facts of a population that are called as their columns are."""
    return {name: (name, "") for name in names}
