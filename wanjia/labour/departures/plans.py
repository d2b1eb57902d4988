"""The list of departures as a season of the charter engine, and the engine's coaches as trips with stops and seats.

What reaches the engine is where from, where to, between which days, and who travels with whom: nothing else of anybody. Trips that somebody has locked,
released or sent off stay out of it with all their riders, and pass over to the version that is put in force.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from uuid import UUID

import numpy as np
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from wanjia.doors.words import in_english
from wanjia.kernel.calendar import today
from wanjia.orgs.models import Area, Level
from wanjia.planning.routing.charters import check
from wanjia.planning.routing.charters.families import apart, lay_out, together
from wanjia.planning.routing.charters.problem import DriveRules, Problem, Segment
from wanjia.planning.routing.charters.solve import solve as engine
from wanjia.planning.routing.matrix import Winding
from wanjia.policy.departures import cities, hubs, numbers, seats_for
from wanjia.policy.work_places import places
from wanjia.registry import bulk
from wanjia.solving.kinds import Answer
from wanjia.solving.models import Standing
from wanjia.verdict import Refused

from ..demand_states import VacancyState
from ..departure_states import ON_BOARD, TIMETABLED, Listed, SeatState, TripState, Vehicle
from ..models import Campaign, Departure, Seat, Stop, Trip, Worker
from ..states import Answer as Said

__all__ = ["KIND", "RULES", "Segment", "check", "lay_out", "season"]  # what the judging of changes by hand takes from the engine, by way of here

KIND = "charters"
RULES = DriveRules()
ROAD = Winding(1.3, 75.0)
LONGEST = 120  # days of a season
# On the list, and to be carried by nobody: he said no since, the work is no more, or he is on the roll no more.
OFF = Q(proposal__state=Said.DECLINED) | Q(vacancy__state=VacancyState.WITHDRAWN) | Q(worker__left_on__isnull=False)
FIXED = Q(held=True) | ~Q(state__in=(TripState.PLANNED, TripState.CANCELLED))  # trips that no engine touches


@dataclass(frozen=True)
class Posed:
    """A season and whose rows it is made of. departures, villages: by worker of the problem; first_on: its day 0; number: the first free one of a trip;
    few: fewer than so many are carried by no coach of ours; off: on the list, and yet not to be carried (`OFF`)."""

    problem: Problem | None
    departures: list
    villages: list
    families: list
    first_on: object
    number: int
    late: int
    fixed: int
    few: int = 0
    off: int = 0


def standing_plan(campaign):
    """Return the key of the version that stands for a drive, or None."""
    return Standing.objects.filter(kind=KIND, about=str(campaign)).values_list("plan", flat=True).first()


def waiting(campaign):
    """Return [(key, village, place, earliest, latest, family)] of who waits to be carried in a drive: on the list, and on no trip that stands fixed;
    whoever was listed while no drive ran waits for the first one over his village.

    Who sits in fixed trips is asked by itself: a season on the list beside a season of seats is two plain reads, and no question of each to the other.
    """
    fixed = list(Trip.objects.filter(FIXED, plan=standing_plan(campaign.pk)).values_list("pk", flat=True)) if standing_plan(campaign.pk) else []
    seated = set(Seat.objects.filter(trip__in=fixed, state__in=ON_BOARD).values_list("departure", flat=True)) if fixed else set()
    villages = dict(Worker.objects.filter(departures__campaign=campaign, departures__state=Listed.LISTED).order_by().values_list("pk", "village_id"))
    rows = Departure.objects.filter(campaign=campaign, state=Listed.LISTED).order_by("pk").values_list("pk", "worker_id", "place", "earliest_on", "latest_on", "family")
    first, end = campaign.area.span()
    loose = Departure.objects.exclude(OFF).filter(campaign=None, state=Listed.LISTED, worker__village__gte=first, worker__village__lt=end).order_by("pk")
    kept = seated | set(Departure.objects.filter(OFF, campaign=campaign, state=Listed.LISTED).values_list("pk", flat=True))
    found = [(pk, villages[worker], *rest) for pk, worker, *rest in rows if pk not in kept]
    return found + list(loose.values_list("pk", "worker__village_id", "place", "earliest_on", "latest_on", "family"))


def build(plan):
    """Return the Posed of a plan. Raises Refused when nobody is there to be carried."""
    campaign = Campaign.objects.get(pk=plan.about)
    first_on = max(campaign.from_on, today(plan.asked_at) + timedelta(days=1))
    rows = waiting(campaign)
    in_time = [row for row in rows if row[4] >= first_on]
    late, off = len(rows) - len(in_time), Departure.objects.filter(OFF, campaign=campaign, state=Listed.LISTED).count()
    fixed = Trip.objects.filter(FIXED, plan=standing_plan(campaign.pk)).order_by("-number")
    number = (fixed.values_list("number", flat=True).first() or 0) + 1
    if not in_time:
        raise Refused(_("没有等着安排车的人:先登记谁从哪天到哪天能走。已经锁定、放行的车次不用再算。"))
    families = defaultdict(list)
    for n, row in enumerate(in_time):
        if row[5]:
            families[row[5]].append(n)
    families = [family for family in families.values() if len(family) > 1]
    problem = season(in_time, first_on, plan.settings, families)
    return Posed(problem, [row[0] for row in in_time], [row[1] for row in in_time], families, first_on, number, late, fixed.count(), plan.settings.get("few", 0), off)


def season(rows, first_on, settings=None, families=()):
    """Return the Problem of rows (key, village, place, earliest, latest, …), day 0 being `first_on`."""
    settings, said = settings or {}, numbers()
    towns = sorted({row[1][:9] for row in rows})
    hub_codes = sorted({code[:6] for code in towns})
    city_codes = sorted({row[2] for row in rows})
    town_at, city_at, hub_at = ({code: n for n, code in enumerate(codes)} for codes in (towns, city_codes, hub_codes))
    matrix = ROAD.measure([*(hubs()[code] for code in hub_codes), *(cities()[code] for code in city_codes)])
    first = np.array([max(0, (row[3] - first_on).days) for row in rows], np.int32)
    last = np.minimum(np.array([(row[4] - first_on).days for row in rows], np.int32), LONGEST - 1)
    first = np.minimum(first, last)
    for family in families:  # whoever travels together can leave on the days on which all of them can
        begin, end = int(first[family].max()), int(last[family].min())
        if begin <= end:
            first[family], last[family] = begin, end
    return Problem(
        tuple(str(row[0]) for row in rows), np.array([town_at[row[1][:9]] for row in rows], np.int32), np.array([city_at[row[2]] for row in rows], np.int32), first, last,
        tuple(hub_codes), tuple(city_codes), tuple(towns), np.array([hub_at[code[:6]] for code in towns], np.int32), matrix.seconds, matrix.metres,
        np.full(len(towns), said["feeder_s"], np.int32), np.full(len(hub_codes), said["mountain_s"], np.int32), int(last.max()) + 1, matrix.provenance,
        seats=settings.get("seats", said["seats"]), train_min=said["train_min"], train_seats=settings.get("train_seats", 0),
    )  # fmt: skip


def solve(posed, control):
    """Run the engine; whoever travels together is brought together."""
    problem = posed.problem
    found = engine(problem, control=control)
    if apart(found.departures, posed.families):
        found = replace(found, departures=tuple(together(problem, list(found.departures), posed.families)))
    coaches, people = found.coaches(), sum(len(one.workers) for one in found.departures)
    taken = [(len(one.workers), *vehicle(posed, one)) for one in found.departures]
    hired = [(riders, seats) for riders, kind, seats in taken if kind == Vehicle.COACH]
    lines = [riders for riders, kind, _seats in taken if kind == Vehicle.LINE]
    words = {
        _("安排了多少人"): people, _("客车车次"): len(hired), **_smaller(hired, problem.seats), **({_("改坐班线、火车(趟)"): len(lines), _("改坐班线、火车(人)"): sum(lines)} if lines else {}),
        _("务工专列"): len(found.departures) - coaches, _("最少要几车(下限)"): found.bound, _("逐日到期才发车要几车"): found.plain,
        _("满座率(%)"): round(100 * sum(riders for riders, _seats in hired) / sum(seats for _riders, seats in hired)) if hired else 0,
        _("一起走的家庭"): len(posed.families), _("已锁定、放行的车次(不动)"): posed.fixed,
        _("日子已过、没有安排的"): posed.late, **({_("本人改口不去、岗位已撤下、退出名册的,没有安排"): posed.off} if posed.off else {}), _("路程怎么来的"): found.provenance.split(" / ")[in_english()],
    }  # fmt: skip
    # Trains carry people whom the bound of coaches leaves aside: what may still be spared is said of coaches alone.
    return Answer(found, words, gap=max(0.0, (coaches - found.bound) / coaches) if coaches else 0.0, stopped=control.should_stop())


def vehicle(posed, one):
    """Return (kind, seats) of what carries a departure of the engine's plan: the smallest coach that holds its riders; of fewer than `few`, the scheduled line."""
    riders = len(one.workers)
    if one.train:
        return Vehicle.TRAIN, posed.problem.train_seats
    return (Vehicle.LINE, riders) if riders < posed.few else (Vehicle.COACH, seats_for(riders, posed.problem.seats))


def _smaller(hired, most):
    """Return {words: how many} of the coaches that are smaller than the largest offered, by their seats."""
    counted = Counter(seats for _riders, seats in hired if seats < most)
    return {_("其中 %(n)s 座车") % {"n": seats}: n for seats, n in sorted(counted.items())}


def judge(posed, answer):
    """Return what the referee of the engine finds (riders, windows, seats, calls, every hour of the log), and whether a family was parted."""
    found = [one.en if in_english() else one.zh for one in check.breaches(posed.problem, answer.plan)]
    return [*found, *(_("一家人分在了两辆车上:%(n)s 人") % {"n": len(family)} for family in apart(answer.plan.departures, posed.families))]


def moment(day, seconds):
    """Return the moment so many seconds after midnight of a day."""
    return timezone.make_aware(datetime.combine(day, time())) + timedelta(seconds=int(seconds))


def town_names(codes):
    """Return {nine digits: (name, name of its county)} of townships."""
    found = Area.objects.filter(level=Level.TOWNSHIP, code__in=[f"{code:0<12}" for code in codes]).select_related("parent")
    named = {one.code[:9]: f"{one.parent.short_name}{one.short_name}" if one.parent else one.short_name for one in found}
    return {code: named.get(code, code) for code in codes}


def calls_of(one):
    """Return {hub: seconds after midnight at which a departure calls there}."""
    calls = dict.fromkeys(one.hubs, one.leave_s)
    for leg, hub in enumerate(one.hubs[1:] if one.log else ()):
        calls[hub] = max(part.end_s for part in one.log if part.leg == leg)
    return calls


def stops_of(problem, one, trip, first_on, names, timetabled=False):
    """Return ({township or ("city", n): Stop}) of a departure, in the order of calling: pick-ups of townships by their hour, then the cities.

    timetabled: the railway or a line keeps the hours.
    """
    timetabled = timetabled or one.train
    day, calls = first_on + timedelta(days=one.day), calls_of(one)
    begin = numbers()["boarding_s"]
    towns = sorted(
        {int(town) for town in problem.township[list(one.workers)]},
        key=lambda town: (calls[int(problem.hub_of[town])] - int(problem.feeder_s[town]), problem.townships[town]),
    )
    made = {}
    for turn, town in enumerate(towns):
        at = None if timetabled else moment(day, calls[int(problem.hub_of[town])] - int(problem.feeder_s[town]) - begin)
        code = problem.townships[town]
        made[town] = bulk.fresh(Stop, trip_id=trip, turn=turn, drop=False, place=f"{code:0<12}", name=names[code], at=at)
    for n, city in enumerate(one.cities):
        at = moment(day, one.arrive_s[n]) if one.arrive_s and not timetabled else None
        made["city", city] = bulk.fresh(Stop, trip_id=trip, turn=len(towns) + n, drop=True, place=problem.cities[city], name=places()[problem.cities[city]], at=at)
    return made


def rows_of(plan, posed, found):
    """Yield (Trip, [Stop], [Seat]) of every departure of the engine's plan, numbered by day."""
    problem, names, about = posed.problem, town_names(posed.problem.townships), UUID(plan.about)
    for n, one in enumerate(sorted(found.departures, key=lambda d: (d.day, d.hubs, d.cities, d.workers[:1]))):
        day = posed.first_on + timedelta(days=one.day)
        kind, seats = vehicle(posed, one)
        trip = bulk.fresh(
            Trip, campaign_id=about, plan_id=plan.pk, number=posed.number + n, kind=kind, leave_at=moment(day, one.leave_s), seats=seats, log=[] if kind == Vehicle.LINE else log_of(one),
        )  # fmt: skip
        stops = stops_of(problem, one, trip.pk, posed.first_on, names, kind in TIMETABLED)
        seats = [
            bulk.fresh(
                Seat, plan_id=plan.pk, trip_id=trip.pk, departure_id=posed.departures[row], village_id=posed.villages[row], pick_up_id=stops[int(problem.township[row])].pk,
                drop_id=stops["city", int(problem.city[row])].pk, number=number, state=SeatState.BOOKED,
            )
            for number, row in enumerate(sorted(one.workers, key=lambda row: (int(problem.township[row]), row)), 1)
        ]  # fmt: skip
        yield trip, list(stops.values()), seats


def log_of(one):
    """Return the log of a departure as it is stored."""
    return [[part.start_s, part.end_s, part.what, part.leg] for part in one.log]


def counts(rows):
    """Return how many seats of each state a queryset holds."""
    return Counter(dict(rows.order_by().values_list("state").annotate(n=Count("pk"))))
