"""The rows behind a number of the tables: what each is called, and which page it opens. No child stands here: a ride is called by its trip."""

from django.urls import reverse
from django.utils.translation import gettext as _

ROWS = {
    "gates": (("school__unit", "post"), ("-day", "-from_at"), lambda one: f"{one.day} {one.from_at:%H:%M} {one.school.unit.name} {one.post.name} {one.get_party_display()}", lambda one: ("schools:gate_duty", one.pk)),
    "gate_troubles": (("school__unit",), ("-day", "-at"), lambda one: f"{one.day} {one.at:%H:%M} {one.school.unit.name} {one.get_kind_display()}", lambda one: ("schools:school", one.school_id)),
    "hazards": (("inspection__stop__venue",), ("-found_on",), lambda one: f"{one.found_on} {one.inspection.stop.venue.name} {one.words}", lambda one: ("schools:hazard", one.pk)),
    "bus_trips": (("line__school__unit",), ("-day",), lambda one: _trip(one), lambda one: ("schools:bus_line", one.line_id)),
    "bus_rides": (("trip__line__school__unit",), ("-trip__day",), lambda one: _trip(one.trip), lambda one: ("schools:bus_line", one.trip.line_id)),
    "bus_months": (("operator",), ("-month",), lambda one: f"{one.month} {one.operator.name}", lambda one: ("schools:settlement", one.pk)),
    "schools": (("unit",), ("unit__name",), lambda one: one.unit.name, lambda one: ("schools:school", one.pk)),
    "law_lessons": (("school__unit",), ("-day",), lambda one: f"{one.day} {one.school.unit.name} {one.get_topic_display()}", lambda one: ("schools:law_lesson", one.pk)),
}  # fmt: skip


def _trip(one):
    return f"{one.day} {one.line.school.unit.name} {one.line.name} {_('放学') if one.going_home else _('上学')}"


def called(rows, population):
    """Return [(words, address)] of rows."""
    _related, _order, words, where = ROWS[population]
    return [(words(one), reverse(name, args=[pk])) for one in rows for name, pk in [where(one)]]


def related(rows, population):
    """Return rows with what their words need, the last first where they have a day."""
    paths, order, *_said = ROWS[population]
    return rows.select_related(*paths).order_by(*order, "pk")
