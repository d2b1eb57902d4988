"""What is asked of buses: whose papers end soon or have ended, which lines there are, what may be chosen in the forms."""

from datetime import timedelta

from django.db.models import Count, Q
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from wanjia.doors.words import said
from wanjia.orgs import scope
from wanjia.orgs.models import Area, Post, User
from wanjia.orgs.models.areas import Level
from wanjia.orgs.roles import Role
from wanjia.policy import school_bus

from ..bus_states import OPEN_RIDES, ServiceKind, TripState
from ..duties import Duty
from ..models import Attendant, Bus, BusDriver, BusSeat, BusTrip, Ride, School
from . import rules

NO_BUS = _("这辆车已经停用")
CALLED = {ServiceKind.OTHER: ""}  # what may not be called a school bus has no name beside its plate


def areas(_row, actor, day):
    """Counties and townships for which the actor may enter an operator."""
    return Area.objects.on(day).filter(scope.in_place(actor, area="code", duty=Duty.KEEP_BUSES), level__in=(Level.COUNTY, Level.TOWNSHIP)).order_by("code")


def people(operator, actor, day):
    """Accounts with the post of an attendant in the actor's area, who attend nowhere yet."""
    posts = Post.objects.on(day).filter(scope.in_place(actor, area="organisation__area_id", duty=Duty.KEEP_BUSES), role=Role.BUS_ATTENDANT, waiting=False, declined=False)
    return User.objects.filter(pk__in=posts.values("user")).exclude(pk__in=Attendant.objects.filter(to_on=None).values("user")).order_by("name", "pk")


def people_ever(_operator, _actor, _day):
    """Everybody: what a call names again when it is repeated; the act judges."""
    return User.objects.all()


def schools(bus, actor, day):
    """The schools of the actor's area to which a line may go."""
    return School.objects.on(day).filter(scope.in_place(actor, duty=Duty.KEEP_BUSES)).select_related("unit").order_by("area_id", "unit__name")


def drivers(row, _actor, day):
    """The drivers of the same operator."""
    return BusDriver.objects.on(day).filter(operator=_bus_of(row).operator_id).order_by("name")


def attendants(row, _actor, day):
    """The attendants of the same operator."""
    return Attendant.objects.on(day).filter(operator=_bus_of(row).operator_id).select_related("user").order_by("user__name")


def _bus_of(row):
    return row if isinstance(row, Bus) else row.bus


def lapses(operators, day):
    """Return [(row, rule, last day or None)] of papers of these operators that have ended or end within the days of warning, the earliest first."""
    until = day + timedelta(days=school_bus.in_force(day).warn_days)
    found = []
    for one in Bus.objects.on(day).filter(operator__in=operators).select_related("operator"):
        found += [(one, rule, last) for rule, last in school_bus.vehicle_papers(one.papers).items()]
    for one in BusDriver.objects.on(day).filter(operator__in=operators).select_related("operator"):
        found += [(one, rule, last) for rule, last in school_bus.driver_papers(one.papers).items()]
    found += [(one, "attendant", one.cleared_until) for one in Attendant.objects.on(day).filter(operator__in=operators).select_related("operator", "user")]
    ending = [row for row in found if row[2] is None or row[2] < until]
    return sorted(ending, key=lambda row: (row[2] is not None, row[2] or day, str(row[0])))


def told(lapsed, day):
    """Return what lapses() found as rows of a page: (row, the rule in the reader's language, its basis, last day, whether it has ended)."""
    known = school_bus.rules()
    return [(row, said({"zh": known[rule].zh, "en": known[rule].en}), known[rule].basis, last, last is None or last < day) for row, rule, last in lapsed]


def alarmed(user, day):
    """How many papers of the actor's operators have ended or end soon: what the desk says to whoever keeps buses."""
    return len(lapses(rules.visible_operators(user, duty=Duty.KEEP_BUSES), day)) if user.has_duty(Duty.KEEP_BUSES) else 0


def with_seats(lines, day):
    """Annotate lines with how many children have a seat on them on `day`, and how many stops they have."""
    live = Q(stops__seats__in=BusSeat.objects.on(day).filter(rider__to_on=None))
    return lines.annotate(n_riders=Count("stops__seats", filter=live, distinct=True), n_stops=Count("stops", distinct=True))


def forbids(line, grades, riders, day):
    """Return what forbids a line on `day`, in the reader's language: that its vehicle is used no longer, the rules with their basis."""
    gone = [] if rules.is_there(line.bus, day) else [str(NO_BUS)]
    return gone + [f"{said({'zh': one.zh, 'en': one.en})}({one.basis})" for one in school_bus.refusals(rules.morning_of(line, grades, riders, day), day)]


def called(day, line, children):
    """Tell whether a roll of this line, or one on which one of these children is still awaited, is open on `day` or later: what a roll says, no seat changes under it."""
    awaited = Ride.objects.filter(rider__child__in=children, state__in=OPEN_RIDES)
    return BusTrip.objects.filter(Q(line=line) | Q(pk__in=awaited.values("trip")), state=TripState.OPEN, day__gte=day).exists()


def to_line(line):
    """To the page of a line."""
    return redirect("schools:bus_line", line.pk)
