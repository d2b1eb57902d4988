"""What is asked of rounds: what they go over, what is left of them, whom that alarms; what the calendar calls for."""

from datetime import timedelta

from django.db.models import Count, Q

from wanjia.kernel.calendar import WorkingCalendar
from wanjia.orgs import scope
from wanjia.orgs.models import Area, Organisation
from wanjia.orgs.models.areas import Level
from wanjia.policy import inspecting as policy

from ..duties import Duty
from ..inspection_states import Calls, RoundState, VenueKind
from ..models import InspectionRound, RoundVenue, SchoolDay, Term, Venue
from ..states import OtherDay
from ..venues.rules import own_units

MOST = 200
BEFORE_OUR_TIME = 400  # days that a free or exam day may reach back and still be the same run


def areas(_row, actor, day):
    """Areas over which the actor may plan a round: counties and townships."""
    return Area.objects.on(day).filter(scope.in_place(actor, area="code", duty=Duty.LEAD_ROUNDS), level__in=(Level.COUNTY, Level.TOWNSHIP)).order_by("code")


def leading_units(_row, actor, day):
    """The units in whose name the actor may lead a round."""
    return Organisation.objects.on(day).filter(pk__in=own_units(actor, duty=Duty.LEAD_ROUNDS)).order_by("name")


def units_to_send(row, day):
    """The units of a round's county that may be sent: the county's own, and those of its townships."""
    return Organisation.objects.on(day).filter(area__code__startswith=row.area_id[:6]).order_by("area_id", "name")


def to_list(one, day):
    """The places that a round goes over on a day."""
    return Venue.objects.on(day).filter(kind__in=one.covers(), area__code__startswith=one.area.stem).order_by("area_id", "name", "pk")


def unlisted(one, day):
    """The places that a round goes over and that stand not on its list: there are none, unless somebody wrote past the acts."""
    return to_list(one, day).exclude(stops__round=one)


def open_stops():
    """The places of running rounds that were neither looked at nor left out with a reason."""
    return RoundVenue.objects.filter(round__state=RoundState.RUNNING, inspection=None, left_out="")


def left(one):
    """Return the places of a round that were neither looked at nor left out with a reason."""
    return list(one.stops.filter(inspection=None, left_out="").select_related("venue"))


def spread(venues, teams, one, first):
    """Return [(venue, team, day)]: the places in the order of their areas, each team its stretch, spread over the working days of the round from `first` on: on a day that is gone nobody looks."""
    calendar = WorkingCalendar.load()
    span = [first + timedelta(days=n) for n in range((one.until_on - first).days + 1)] or [first]
    days = [day for day in span if calendar.works(day)] or span
    found = []
    for k, team in enumerate(teams):
        mine = venues[k * len(venues) // len(teams) : (k + 1) * len(venues) // len(teams)]
        found += [(venue, team, days[n * len(days) // len(mine)]) for n, venue in enumerate(mine)]
    return found


def with_counts(rows):
    """Give rounds what their list shows: places, looked at, left out with a reason."""
    looked, out = Count("stops", filter=Q(stops__inspection__isnull=False)), Count("stops", filter=~Q(stops__left_out=""))
    return rows.select_related("area", "lead").annotate(n=Count("stops"), looked=looked, out=out)


def alarming(actor, day):
    """The rounds that the actor's unit leads, that end soon or are over, with places left."""
    rows = InspectionRound.objects.filter(state=RoundState.RUNNING, lead__in=own_units(actor, duty=Duty.LEAD_ROUNDS)).filter(pk__in=open_stops().values("round"))
    return rows.filter(until_on__lte=day + timedelta(days=policy.in_force(day).alarm_days))


def alarmed(actor, day):
    """How many places are left in rounds that end soon or are over: what the desk of the lead unit says."""
    return open_stops().filter(round__in=alarming(actor, day)).count() if actor.has_duty(Duty.LEAD_ROUNDS) else 0


def drafts(actor):
    """Rounds that wait to be organised: of the own unit, and those of the calendar that nobody leads yet in the own area."""
    rows = InspectionRound.objects.filter(state=RoundState.DRAFT)
    return rows.filter(Q(lead__in=own_units(actor, duty=Duty.LEAD_ROUNDS)) | Q(scope.in_reach(actor, duty=Duty.LEAD_ROUNDS), lead=None))


def waiting(actor, day):
    """Both of them: what the menu counts, in one question."""
    return InspectionRound.objects.filter(Q(pk__in=drafts(actor).values("pk")) | Q(pk__in=alarming(actor, day).values("pk")))


def mine(actor):
    """The places of running rounds that the actor's units are to look at."""
    own = own_units(actor, duty=Duty.INSPECT)
    given = Q(team__units__unit__in=own) | Q(team=None, round__teams__units__unit__in=own)
    return open_stops().filter(given).distinct().select_related("venue__area", "round", "team").order_by("planned_on", "venue__area_id", "venue__name", "pk")


# What the calendar calls for


def called(day):
    """Return {(area, Calls, day it is about): Sweep} of what the calendar calls for soon: terms that begin and end, runs of free days and of exams of an area."""
    edition = policy.in_force(day)
    reach = day + timedelta(days=edition.raise_days + max(one.begins for one in edition.sweeps.values()))
    found = {}

    def calls(area, why, about):
        first, last = edition.sweeps[why].span(about)
        if last >= day and first <= day + timedelta(days=edition.raise_days):
            found[area, why, about] = edition.sweeps[why]

    for term in Term.objects.filter(to_on__gte=day, from_on__lte=reach).select_related("area"):
        calls(term.area, Calls.TERM_START, term.from_on)
        calls(term.area, Calls.BEFORE_HOLIDAYS, term.to_on)
    told = SchoolDay.objects.filter(school=None, dropped_at=None, kind__in=(OtherDay.FREE, OtherDay.EXAM), day__gte=day - timedelta(days=BEFORE_OUR_TIME), day__lte=reach)
    whole = {(one.area_id, one.kind, one.day) for one in told}
    for one in told.select_related("area"):
        if (one.area_id, one.kind, one.day - timedelta(days=1)) not in whole:  # the first day of a run
            calls(one.area, Calls.EXAM if one.kind == OtherDay.EXAM else Calls.FESTIVAL, one.day)
    return found


def kinds_of(one):
    """Return the words of the kinds of places that a round goes over."""
    return [VenueKind(kind).label for kind in one.covers()]


def queue(actor, day):
    """Return {name of the place: how many wait for the actor}: places to look at; rounds to organise, and those that end soon with places left."""
    found = {}
    if actor.has_duty(Duty.INSPECT):
        found["schools:stops"] = mine(actor).order_by().values("pk")[:MOST].count()
    if actor.has_duty(Duty.LEAD_ROUNDS):
        found["schools:rounds"] = waiting(actor, day).count()
    return found
