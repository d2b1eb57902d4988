"""What is asked of operations: where one may be, which counts stand, sums by kind and place, what waits for its counts."""

from collections import Counter, defaultdict

from django.db.models import Count, F, Q, Sum

from wanjia.orgs import scope
from wanjia.orgs.models import Area, Organisation
from wanjia.orgs.models.areas import Level

from ..duties import Duty
from ..models import RoadCount, RoadOperation, School
from ..road_states import OFFENCES, Force, RoadKind, RoadState
from ..venues.rules import own_units


def places(_row, actor, day):
    """Areas where an operation may be: counties, townships and villages of the actor's reach."""
    return Area.objects.on(day).filter(scope.in_place(actor, area="code", duty=Duty.COUNT_ROADS), level__in=(Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)).order_by("code")


def units(_row, actor, day):
    """The units in whose name the actor enters operations."""
    return Organisation.objects.on(day).filter(pk__in=own_units(actor, duty=Duty.COUNT_ROADS)).order_by("name")


def schools(_row, actor, day):
    """The schools of the actor's area that an operation may be near."""
    return School.objects.on(day).filter(scope.in_place(actor, duty=Duty.COUNT_ROADS)).select_related("unit").order_by("area_id", "unit__name", "pk")


def standing():
    """The counts that stand: of the last telling of each operation."""
    return RoadCount.objects.filter(report__number=F("report__operation__reported"))


def counts_of(one):
    """Return [(kind, its words, n)] of what stands, in the order in which it is asked; [] while nothing was told."""
    found = dict(standing().filter(report__operation=one).values_list("kind", "n"))
    return [(kind, kind.label, found[kind]) for kind in RoadKind if kind in found]


def tellings(one):
    """Return what was told, the last first: each with what it changed [(words, before, after)]."""
    found, before = [], {}
    for report in one.reports.select_related("told_by").prefetch_related("counts"):
        now = {RoadKind(count.kind): count.n for count in report.counts.all()}
        found.append((report, [(kind.label, before[kind], now[kind]) for kind in RoadKind if before and now.get(kind) != before.get(kind)]))
        before = now
    return found[::-1]


def sums(operations):
    """Return {kind: n} over operations, noughts too: what stands of them."""
    found = dict(standing().filter(report__operation__in=operations).order_by().values_list("kind").annotate(Sum("n")))
    return {kind: found.get(kind.value, 0) for kind in RoadKind}


def by_place(operations):
    """Return [(place, how many operations, [(kind, n)] of offences)] by where they were, most offences first: one question for the counts, one for the operations."""
    found, held = defaultdict(dict), operations.order_by().values_list("area", "area__short_name", "area__parent__short_name").annotate(Count("pk"))
    rows = standing().filter(report__operation__in=operations, kind__in=[kind.value for kind in OFFENCES]).order_by()
    for code, kind, n in rows.values_list("report__operation__area", "kind").annotate(Sum("n")):
        found[code][kind] = n
    alike = Counter(name for _code, name, _above, _n in held)  # villages of several townships bear one name
    table = [(name if alike[name] == 1 else f"{above}{name}", n, [(kind, found[code].get(kind.value, 0)) for kind in OFFENCES]) for code, name, above, n in held]
    return sorted(table, key=lambda row: (-sum(n for _kind, n in row[2]), row[0]))


def forces_of(one):
    """Return {force: how many people} in the order of the forces."""
    found = dict(one.forces.values_list("force", "people"))
    return {force.label: found[force] for force in Force if force in found}


def waiting(actor, day):
    """The operations of own units whose day has come and whose counts nobody told."""
    return RoadOperation.objects.filter(state=RoadState.PLANNED, day__lte=day, unit__in=own_units(actor, duty=Duty.COUNT_ROADS))


def queue(actor, day):
    """Return {name of the place: how many operations wait for their counts}."""
    return {"schools:roads": waiting(actor, day).count()} if actor.has_duty(Duty.COUNT_ROADS) else {}


def alarmed(actor, day):
    """How many operations of own units are over since a day and more without counts: what the desk says."""
    return waiting(actor, day).filter(day__lt=day).count() if actor.has_duty(Duty.COUNT_ROADS) else 0


def month_of(rows, month):
    """Return the operations of a month (its first day); all for none."""
    return rows.filter(day__year=month.year, day__month=month.month) if month else rows


def searched(rows, words):
    """Return the operations whose place bears these words."""
    return rows.filter(Q(place__icontains=words) | Q(area__short_name__icontains=words)) if words else rows


# What a unit that ends hands over


def held(leaving):
    """Return the operations of a unit that wait for their counts; a person holds none."""
    return RoadOperation.objects.none() if leaving.person is not None else RoadOperation.objects.filter(unit=leaving.unit, state=RoadState.PLANNED)


def adrift(day):
    """Return {(None, unit)} of the operations that wait for their counts and whose unit has ended."""
    return {(None, unit) for unit in RoadOperation.objects.filter(state=RoadState.PLANNED, unit__to_on__lte=day).order_by().values_list("unit", flat=True)}
