"""What one row of each population says on a list: whose, and what of it; children by their initials."""

from django.db.models import F
from django.urls import resolve, reverse
from django.utils.translation import gettext as _

from wanjia.doors.reading import opens
from wanjia.reporting.figures import queries as counting
from wanjia.reporting.figures.population import populations

from ..classes import rules as classes
from ..duties import Duty
from ..events import rules as events
from ..helpers import rules as helpers
from ..pairing import rules as pairing


def _child(row):
    return f"{row.child.shown_name} {row.child.shown_birth}"


# Of each population: how its rows are read, and row → (title, what of it, its page).
SAYS = {
    "helpers": (("organisation",), lambda one: (one.name, str(one.organisation), reverse("care:helper", args=[one.pk]))),
    "entitled": (("child",), lambda one: (_child(one), _("%(a)s 起应结对,最晚 %(b)s") % {"a": one.since_on, "b": one.due_on}, reverse("care:entitled_child", args=[one.pk]))),
    "sessions": (("care_class",), lambda one: (one.care_class.name, f"{one.day} {one.get_state_display()}", reverse("care:care_class", args=[one.care_class_id]))),
    "presences": (
        ("child", "session__care_class"),
        lambda one: (_child(one), f"{one.session.care_class.name} {one.session.day} {one.get_state_display()}", reverse("care:care_class", args=[one.session.care_class_id])),
    ),
    "servings": (
        ("diner__person", "meal__canteen"),
        lambda one: (one.diner.person.shown_name, f"{one.meal.canteen.name} {one.meal.day} {one.get_state_display()}", reverse("care:meal", args=[one.meal_id])),
    ),
    "events": ((), lambda one: (one.name, f"{one.day} {one.venue}", reverse("care:event", args=[one.pk]))),
    "event_homes": (
        ("event", "household__village__parent"),
        lambda one: (f"{one.household.village.parent.short_name} {one.household.village.short_name}", f"{one.event.name} {one.event.day}", reverse("care:event", args=[one.event_id])),
    ),
    "event_children": (
        ("event", "child"), lambda one: (f"{one.child.shown_name} {one.child.get_schooling_display()}", f"{one.event.name} {one.event.day}", reverse("care:event", args=[one.event_id])),
    ),
    "wishes": ((), lambda one: (f"{one.code} {one.thing}", f"{one.made_on} {one.get_state_display()}", reverse("care:wish", args=[one.pk]))),
    "gifts": (
        ("distribution__school",),
        lambda one: (f"{one.distribution.name} {one.distribution.school}", f"{one.grade} {one.size} {one.get_state_display()}", reverse("care:distribution", args=[one.distribution_id])),
    ),
}  # fmt: skip
# Of populations that everybody with a duty towards figures counts: (actor, day) → the rows that a reader opens.
OPENED = {
    "events": lambda actor, day: events.visible_events(actor), "event_homes": lambda actor, day: events.counted_homes(actor),
    "event_children": lambda actor, day: events.counted_attending(actor, day.year),
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
    seen = OPENED[of.name](actor, day or today) if of.name in OPENED else of.visible(actor)
    if area is not None:
        first, end = area.span()
        seen = seen.filter(**{f"{of.place}__gte": first, f"{of.place}__lt": end})
    return counting.rows_of(item.id, seen, day, today).select_related(*SAYS[of.name][0]).order_by(F(of.place).asc(nulls_last=True), "pk")


def said(item, found, actor):
    """Return [(title, what of it, address)] of loaded rows; "" for the address of a page that is not for the actor's posts."""
    rows, near = [SAYS[item.population][1](one) for one in found], _near(found, actor)
    return [(title, what, address if near(one) and _opens(address, actor) else "") for one, (title, what, address) in zip(found, rows, strict=True)]


def _near(found, actor):
    """Return row → whether its event is one of those that the actor opens: a home is counted where it lies, also where it went to another place's event."""
    far = {one.event_id for one in found if hasattr(one, "event_id")}
    seen = set(events.visible_events(actor).filter(pk__in=far).values_list("pk", flat=True)) if far else far
    return lambda one: getattr(one, "event_id", None) in {None, *seen}


def _opens(address, actor):
    duties, _door = opens(resolve(address).view_name)
    return not duties or actor.has_duty(*duties)
