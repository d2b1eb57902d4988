"""What the forms of events ask: where, which units and teams, which homes and children, from when to when."""

from django.db.models import Q

from wanjia.orgs.models import Area, Level, Organisation
from wanjia.orgs.scope import in_reach
from wanjia.registry.households.rules import visible_households
from wanjia.registry.models import Membership

from ..children.rules import visible_children
from ..duties import Duty
from ..models import Helper, Team


def areas_for(_row, actor, day):
    """The areas in which the actor may hold an event."""
    return Area.objects.on(day).filter(in_reach(actor, area="code", duty=Duty.HOLD_EVENTS)).order_by("code")


def stem_of(event):
    """The first digits of the county in which an event lies."""
    return event.area_id[:6]


def units_of(event, _actor, day):
    """The units of the event's county that do not hold it yet and had not ended by its day."""
    rows = Organisation.objects.filter(Q(to_on=None) | Q(to_on__gt=event.day), area__code__startswith=stem_of(event)) if event else Organisation.objects.none()
    return rows.exclude(pk__in=event.hosts.exclude(organisation=None).values("organisation")).order_by("tier", "name") if event else rows


def all_units(*_row):
    """The units that a call may name; which may hold an event, the act judges."""
    return Organisation.objects.all()


def teams_of(event, _actor, day):
    """The teams of the county that stand on the day of the event."""
    return Team.objects.on(event.day).filter(organisation__area__code__startswith=stem_of(event)).order_by("name") if event else Team.objects.none()


def all_teams(*_row):
    """The teams that a call may name."""
    return Team.objects.all()


def hosts_of(event, *_rest):
    """The hosts of an event but for the one that leads."""
    return event.hosts.select_related("organisation", "team").exclude(role="lead")


def items_of(event, *_rest):
    """The items of an event's programme, in their order."""
    return event.items.order_by("turn")


def helpers_for(event, _actor, day):
    """The helpers of the county who help on the day of the event and are not down for it."""
    rows = Helper.objects.on(event.day).filter(organisation__area__code__startswith=stem_of(event)) if event else Helper.objects.none()
    return rows.exclude(shifts__event=event).select_related("organisation").order_by("name") if event else rows


def all_helpers(*_row):
    """The helpers that a call may name."""
    return Helper.objects.all()


def villages_for(event, actor, day):
    """The villages whose homes the actor may invite."""
    return areas_for(None, actor, day).filter(level=Level.VILLAGE)


def children_for(event, actor, _day):
    """The children whom the actor may note as having come: those under age on the day of the event."""
    return visible_children(actor, event.day, duty=Duty.HOLD_EVENTS).order_by("village_id", "pinyin", "pk")


def homes_for(_event, actor, _day):
    """The homes that the actor may note as having come."""
    return visible_households(actor, duty=Duty.HOLD_EVENTS).order_by("village_id", "number")


def children_at_home(arrival, actor, _day):
    """The children of an invited home."""
    of_home = Membership.objects.filter(household=arrival.household_id, to_on=None).values("person")
    return visible_children(actor, arrival.event.day, duty=Duty.HOLD_EVENTS).filter(pk__in=of_home).order_by("birth_on", "pk")
