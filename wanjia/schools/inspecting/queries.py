"""What is asked of what was found: which units may own it, what is late, what waits for whom; the numbers of hazards and orders."""

from django.db.models import Q

from wanjia.orgs.locks import hold
from wanjia.orgs.models import Area, Organisation
from wanjia.orgs.serials import next_serial
from wanjia.policy import inspecting as policy

from ..duties import Duty
from ..inspection_states import OPEN, Answer, HazardState
from ..models import Hazard, MendOrder, RoundTeam
from ..venues.queries import late, with_late
from ..venues.rules import own_units
from . import rules

MOST = 200
TABS = ("mine", "late", "recheck", "open", "done")


def units_in(one):
    """The units of a round: those of its teams and the one that leads it."""
    sent = RoundTeam.objects.filter(round=one).values("units__unit")
    return Organisation.objects.filter(Q(pk__in=sent) | Q(pk=one.lead_id)).order_by("name")


def standing_in(one, day):
    """Those of them that have not ended by a day: one that has owns nothing new."""
    return units_in(one).filter(Q(to_on=None) | Q(to_on__gt=day))


def coming(row, _actor, day):
    """The units that may have been at a place: those of its round that stand."""
    return standing_in(row.round, day) if row else Organisation.objects.none()


def sent_to(row, *_rest):
    """The units of a place's own team."""
    return list(units_in(row.round).filter(pk__in=row.team.units.values("unit"))) if row and row.team_id else None


def owners(row, _actor, day):
    """The units that may own a hazard: those of its round that stand, and the one that owns it: it may have taken it over."""
    return standing_in(row.inspection.stop.round, day) | Organisation.objects.filter(pk=row.owner_id) if row else Organisation.objects.none()


def punishing(row, day):
    """The units of a county to which a hazard may be handed on."""
    return Organisation.objects.on(day).filter(area__code__startswith=row.county_id[:6]).exclude(pk=row.owner_id).order_by("area_id", "name")


def owner_of(item, came, one, day):
    """Return the unit that owns what is found by an item: one that was there of the item's line, else one of the round, else who leads."""
    there = [unit for unit in came if unit.line == item.line]
    return there[0] if there else standing_in(one, day).filter(line=item.line).first() or one.lead


def next_hazard(county_id, year):
    """Return the next number of a hazard of a county and year; whoever writes others meanwhile waits."""
    hold(f"hazards of|{county_id}|{year}")
    return next_serial(Hazard.objects.filter(county=county_id, year=year))


def next_order(unit, year):
    """Return the next number of an order of a unit and year."""
    hold(f"orders of|{unit.pk}|{year}")
    return next_serial(MendOrder.objects.filter(unit=unit, year=year))


def county_of(code):
    """Return the county of an area's code."""
    return Area.objects.get(pk=code[:6].ljust(12, "0"))


def waiting(actor, day):
    """What waits for the own unit: to be ordered, to be rechecked, overdue; what was handed to it and is not taken yet."""
    own = own_units(actor, duty=Duty.INSPECT)
    owned = Q(Q(state__in=(HazardState.FOUND, HazardState.RECHECK)) | late(day), owner__in=own)
    return Hazard.objects.filter(owned | Q(state=HazardState.TRANSFERRED, received_at=None, handed_to__in=own))


def listed(rows, actor, tab, day):
    """Keep of the hazards in reach those of a tab."""
    asked = {
        "mine": Q(pk__in=waiting(actor, day).values("pk")), "late": late(day), "recheck": Q(state=HazardState.RECHECK), "open": Q(state__in=OPEN), "done": ~Q(state__in=OPEN),
    }  # fmt: skip
    return rows.filter(asked[tab]) if tab in asked else rows


def queue(actor, day):
    """Return {name of the place: how many wait for the actor}."""
    return {"schools:hazards": waiting(actor, day).values("pk")[:MOST].count()} if actor.has_duty(Duty.INSPECT) else {}


def answered(inspection):
    """Return [(item, answer in words, answer)] of an inspection by the checklist of its day; what an older list asked stands by its code."""
    items = policy.in_force(inspection.day).of(inspection.stop.venue.kind)
    return [(item, Answer(inspection.answers[item.code]).label, inspection.answers[item.code]) for item in items if item.code in inspection.answers]


def visible_of(actor, inspection, day):
    """The hazards of an inspection that the actor sees."""
    return with_late(rules.visible_hazards(actor).filter(inspection=inspection), day).select_related("owner", "order")
