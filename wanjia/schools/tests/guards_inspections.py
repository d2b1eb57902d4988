"""Each CHECK and each unique constraint of inspections, met by name: the row that it refuses."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY
from wanjia.schools.inspection_states import HazardState, RoundState
from wanjia.schools.models import (
    Hazard,
    HazardDelay,
    Inspection,
    InspectionRound,
    InspectionUnit,
    MendOrder,
    RoundTeam,
    RoundVenue,
    TeamUnit,
    Venue,
)

from .factories import school
from .inspection_factories import DAY, END, fire, hazard, lead, looked, order, recheck, round_of, stop, venue

BEFORE = DAY - timedelta(days=400)


def _round(world, **facts):
    return InspectionRound.objects.filter(pk=round_of(world, RoundState.DRAFT).pk).update(**facts)


def _called(world):
    given = {"area": world.county, "name": "考前", "kind": "joint", "calls": "exam", "kinds": "netbar", "from_on": DAY, "until_on": END, "made_at": MONDAY, "about_on": END}
    return InspectionRound.objects.create(**given)


def _venue(world, **facts):
    given = {"area": world.datong, "kind": "netbar", "name": "飞鱼网吧", "address": "大同街", "from_on": DAY} | facts
    return Venue.objects.create(**given)


def _hazard(world, **facts):
    return Hazard.objects.filter(pk=hazard(world).pk).update(**facts)


def _another(first, **facts):
    """A row as another one, under a key of its own; not saved."""
    kept = {field.attname: getattr(first, field.attname) for field in first._meta.concrete_fields if not field.primary_key}
    return type(first)(**kept | facts)


CHECKS = {
    "only_a_school_is_a_campus": lambda w: _venue(w, campus=school(w)),
    "venue_ends_after_start": lambda w: _venue(w, to_on=BEFORE),
    "venue_metres_from_a_school": lambda w: _venue(w, metres=90),
    "inspection_round_ends_after_start": lambda w: _round(w, until_on=BEFORE),
    "round_led_once_begun": lambda w: _round(w, state=RoundState.RUNNING, begun_at=None),
    "round_closed_by_when": lambda w: _round(w, closed_at=MONDAY),
    "team_unit_sends_somebody": lambda w: TeamUnit.objects.filter(team__round=round_of(w, RoundState.DRAFT)).update(people=0, licensed=0),
    "left_out_with_a_reason": lambda w: RoundVenue.objects.filter(pk=stop(w).pk).update(left_out="停业"),
    "inspected_by_two": lambda w: Inspection.objects.filter(pk=looked(w).pk).update(licensed=1),
    "hazard_closed_by_when": lambda w: _hazard(w, closed_on=DAY),
    "hazard_open_has_a_day": lambda w: _hazard(w, due_on=None),
    "hazard_ordered_by_paper": lambda w: _hazard(w, state=HazardState.ORDERED),
    "hazard_handed_to_a_unit": lambda w: _hazard(w, handed_to=fire(w)),
    "hazard_received_once_handed": lambda w: _hazard(w, received_at=MONDAY, received_words="立案1号"),
    "hazard_put_off_to_later": lambda w: HazardDelay.objects.create(hazard=hazard(w), was_on=DAY, due_on=DAY, reason="等材料", put_at=MONDAY),
    "rechecked_by_two": lambda w: recheck(w, licensed=1),
    "recheck_failed_sets_a_day": lambda w: recheck(w, passed=False),
}
ONCE = {
    "venue_named_once": _venue,
    "round_called_once": _called,
    "team_numbered_once": lambda w: RoundTeam(round=round_of(w), number=1),
    "unit_once_in_a_team": lambda w: TeamUnit(team=round_of(w).teams.get(), unit=lead(w), people=1),
    "venue_once_in_a_round": lambda w: RoundVenue(round=round_of(w), venue=venue(w)),
    "unit_once_at_an_inspection": lambda w: InspectionUnit(inspection=looked(w), unit=lead(w)),
    "order_numbered_once": lambda w: _another(MendOrder.objects.first() or order(w)),
    "hazard_numbered_once": lambda w: _another(hazard(w)),
}

