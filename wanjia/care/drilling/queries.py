"""What one row of each population says on a list: whose, and what of it; children by their initials."""

from django.db.models import F
from django.urls import reverse

from wanjia.reporting.figures import queries as counting
from wanjia.reporting.figures.population import populations

from ..classes import rules as classes
from ..duties import Duty
from ..helpers import rules as helpers
from ..pairing import rules as pairing


def _child(row):
    return f"{row.child.shown_name} {row.child.shown_birth}"


# Of each population: how its rows are read, and row → (title, what of it, its page).
SAYS = {
    "helpers": (("organisation",), lambda one: (one.name, str(one.organisation), reverse("care:helper", args=[one.pk]))),
    "entitled": (("child",), lambda one: (_child(one), f"{one.since_on} – {one.due_on}", reverse("care:entitled_child", args=[one.pk]))),
    "sessions": (("care_class",), lambda one: (one.care_class.name, f"{one.day} {one.get_state_display()}", reverse("care:care_class", args=[one.care_class_id]))),
    "presences": (
        ("child", "session__care_class"),
        lambda one: (_child(one), f"{one.session.care_class.name} {one.session.day} {one.get_state_display()}", reverse("care:care_class", args=[one.session.care_class_id])),
    ),
    "servings": (
        ("diner__person", "meal__canteen"),
        lambda one: (one.diner.person.shown_name, f"{one.meal.canteen.name} {one.meal.day} {one.get_state_display()}", reverse("care:meal", args=[one.meal_id])),
    ),
}  # fmt: skip


# Of populations that more people count than see: whose rows they are to open.
KEPT_BY = {"helpers": helpers.SEES, "entitled": pairing.SEES, "sessions": classes.HOLDS, "presences": classes.HOLDS, "servings": (Duty.KEEP_CANTEEN,)}


def may_open(actor, item):
    """Tell whether the actor has a duty by which the rows of a figure may be seen; which of them, the rows' own rules say."""
    return item.population not in KEPT_BY or actor.has_duty(*KEPT_BY[item.population])


def population_called(name):
    """Return one of these populations. Raises KeyError for another's."""
    if name not in SAYS:
        raise KeyError(name)
    return next(of for of in populations() if of.name == name)


def rows(actor, item, area, day, today):
    """Return the rows that a figure counts of an area on a day (None: now), as far as the actor sees them, by place."""
    of = population_called(item.population)
    seen = of.visible(actor)
    if area is not None:
        first, end = area.span()
        seen = seen.filter(**{f"{of.place}__gte": first, f"{of.place}__lt": end})
    return counting.rows_of(item.id, seen, day, today).select_related(*SAYS[of.name][0]).order_by(F(of.place).asc(nulls_last=True), "pk")


def said(item, found):
    """Return [(title, what of it, address)] of loaded rows."""
    return [SAYS[item.population][1](one) for one in found]
