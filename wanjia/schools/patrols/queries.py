"""What is asked of patrols: which notices they may look after, what waits for whom, what nobody walked, the places of a patrol."""

from datetime import timedelta

from django.db.models import Count, Q

from wanjia.doors.clock import Weekday
from wanjia.orgs import scope
from wanjia.orgs.models import Area, Organisation
from wanjia.orgs.models.areas import Level

from ..duties import Duty
from ..models import Patrol, PatrolForce, School
from ..notice_states import NoticeState
from ..notices.rules import visible_notices, visible_receipts
from ..road_states import PatrolState
from ..venues.rules import own_units


def areas(_row, actor, day):
    """Areas in which the actor may plan patrols: down to villages."""
    return Area.objects.on(day).filter(scope.in_place(actor, area="code", duty=Duty.LEAD_ROUNDS), level__in=(Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)).order_by("code")


def units(_row, actor, day):
    """The units in whose name the actor may plan."""
    return Organisation.objects.on(day).filter(pk__in=own_units(actor, duty=Duty.LEAD_ROUNDS)).order_by("name")


def units_to_send(row, actor, day):
    """The units that may walk along: of the county of a patrol, or of the actor while it is planned."""
    return units_of(row.area_id if row else _county(actor), day)


def units_of(code, day):
    """The units of the county in which an area lies."""
    return Organisation.objects.on(day).filter(area__code__startswith=code[:6]).order_by("area_id", "name")


def _county(actor):
    held = scope.units(actor, duty=Duty.LEAD_ROUNDS)
    return held[0].area_id[:6] if held else ":"


def notices(_row, actor, day):
    """The notices after which a patrol may look: issued, their last day not over."""
    return visible_notices(actor, duty=Duty.LEAD_ROUNDS).filter(state=NoticeState.ISSUED, until_on__gte=day).select_related("issuer").order_by("from_on", "pk")


def schools(_row, actor, day):
    """The schools of the actor's area that a route may be near."""
    return School.objects.on(day).filter(scope.in_place(actor, duty=Duty.LEAD_ROUNDS)).select_related("unit").order_by("area_id", "unit__name", "pk")


def days_of(first, last, digits):
    """Return the days from first to last that lie on these days of the week."""
    span = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in span if str(Weekday(day.isoweekday()).value) in digits]


def untold(day):
    """The patrols whose day has come and of which nobody said that they were walked, or why not."""
    return Patrol.objects.filter(state=PatrolState.PLANNED, day__lte=day)


def ours(actor):
    """Return the Q of patrols that a unit of the actor plans or walks."""
    own = own_units(actor, duty=Duty.INSPECT)
    return Q(unit__in=own) | Q(pk__in=PatrolForce.objects.filter(unit__in=own).values("patrol"))


def mine(actor, day):
    """What is told still by the actor's units, the oldest first, and what they walk tonight."""
    return untold(day).filter(ours(actor)).select_related("area", "notice", "unit", "near__unit").order_by("day", "from_at", "pk")


def queue(actor, day):
    """Return {name of the place: how many patrols wait to be walked or told}."""
    return {"schools:my_patrols": untold(day).filter(ours(actor)).count()} if actor.has_duty(Duty.INSPECT) else {}


def alarmed(actor, day):
    """How many patrols of the own units are over since a day and more, and neither walked nor excused: what the desk says until somebody does."""
    return untold(day).filter(ours(actor), day__lt=day).count() if actor.has_duty(Duty.INSPECT) else 0


def receipts(one, actor, *, duty=Duty.INSPECT):
    """The places and groups of the notice that a patrol comes by: served, in its area, within the actor's reach."""
    rows = visible_receipts(actor, duty=duty)
    near = Q(area__code__startswith=one.area.stem) | ~Q(group="")  # a group stands under the notice's own area, wherever it dances
    return rows.filter(near, notice=one.notice_id, served_on__isnull=False).select_related("venue__area", "area").order_by("area_id", "venue__name", "group", "pk")


def with_counts(rows):
    """Give patrols what their list shows: how many units walk, how many findings."""
    return rows.select_related("area", "notice", "unit", "near__unit").annotate(n_forces=Count("forces", distinct=True), n_found=Count("findings", distinct=True)).order_by("day", "from_at", "area_id", "pk")


def plans_with_counts(rows):
    """Give plans what their list shows: patrols, walked, excused."""
    walked, missed = Count("patrols", filter=Q(patrols__state=PatrolState.WALKED)), Count("patrols", filter=Q(patrols__state=PatrolState.MISSED))
    return rows.select_related("area", "notice", "unit").annotate(n=Count("patrols"), walked=walked, missed=missed)


# What a unit that ends hands over


def held(leaving):
    """Return the patrols that nobody told and that a unit leads or walks; a person holds none."""
    walked = PatrolForce.objects.filter(unit=leaving.unit).values("patrol")
    return Patrol.objects.none() if leaving.person is not None else Patrol.objects.filter(Q(unit=leaving.unit) | Q(pk__in=walked), state=PatrolState.PLANNED)


def adrift(day):
    """Return {(None, unit)} of the patrols that nobody told and whose unit has ended, or one that walks."""
    led = Patrol.objects.filter(state=PatrolState.PLANNED, unit__to_on__lte=day).order_by().values_list("unit", flat=True)
    sent = PatrolForce.objects.filter(patrol__state=PatrolState.PLANNED, unit__to_on__lte=day).order_by().values_list("unit", flat=True)
    return {(None, unit) for unit in {*led, *sent}}
