"""What a change by hand breaks: somebody on another trip, another hour of leaving, another hour of arrival. The referee of the engine judges."""

from dataclasses import dataclass, replace
from datetime import timedelta

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from wanjia.doors.words import in_english, said
from wanjia.kernel.calendar import day_start, today
from wanjia.policy.departures import rule

from ..departure_states import ON_BOARD, TripState
from ..models import Seat, Stop, Trip
from . import plans
from .plans import RULES, Segment, check, lay_out

SHOWN = 30


def article(code):
    """Return a rule in the reader's language, its article behind it."""
    one = rule(code)
    return f"{said({'zh': one.zh, 'en': one.en})}({one.law})"


def seconds_of(trip, at):
    """Return a moment as seconds after midnight of the trip's day of leaving."""
    return int((at - day_start(today(trip.leave_at))).total_seconds())


def riders(trip):
    """Return the rows of those who ride on a trip, as a season takes them."""
    rows = Seat.objects.filter(trip=trip, state__in=ON_BOARD).order_by("departure")
    return list(rows.values_list("departure", "village_id", "departure__place", "departure__earliest_on", "departure__latest_on", "departure__family"))


def _row(departure):
    return (departure.pk, departure.worker.village_id, departure.place, departure.earliest_on, departure.latest_on, departure.family)


@dataclass(frozen=True)
class Change:
    """What another trip would mean for somebody. against: rules that forbid it; breaks: what it breaks that a person may answer for; later: minutes by
    which the coach would leave later; problem, laid: the season and the coach as it would be.
    """

    trip: Trip
    against: tuple
    breaks: tuple
    later: int = 0
    problem: object = None
    laid: object = None

    @property
    def fits(self):
        """Whether it may be done."""
        return not self.against


def change(seat, trip):
    """Return the Change of moving the holder of a seat to another trip."""
    own = seat.departure
    rows = [*riders(trip), _row(own)]
    day = today(trip.leave_at)
    against, breaks = [], []
    if len(rows) > trip.seats and not trip.is_line:  # one ticket more
        against.append(article("seats"))
    if not own.earliest_on <= day <= own.latest_on:
        breaks.append(_("他只能在 %(from)s 到 %(to)s 之间走") % {"from": own.earliest_on, "to": own.latest_on})
    if own.family and any(row[5] == own.family for row in riders(seat.trip) if row[0] != own.pk):
        breaks.append(_("和一起走的家人分开了"))
    if trip.is_timetabled:
        if own.place not in {row[2] for row in rows[:-1]}:
            against.append(_("这一趟不到他去的城市"))
        return Change(trip, tuple(against), tuple(breaks))
    problem = replace(plans.season(rows, day), seats=trip.seats)
    laid = lay_out(problem, range(len(rows)), 0)
    if laid is None:
        hubs = tuple(dict.fromkeys(int(problem.hub_of[town]) for town in problem.township))
        cities = tuple(dict.fromkeys(int(city) for city in problem.city))
        faults = check.sharing_faults(problem, hubs, cities) or [("detour", _("绕行太多"), "too long a detour")]
        against += [one[1 + in_english()] for one in faults]
        return Change(trip, tuple(against), tuple(breaks))
    laid = replace(laid, leave_s=max(laid.leave_s, seconds_of(trip, trip.leave_at)))
    laid = lay_out(problem, range(len(rows)), 0, leave_s=laid.leave_s)
    against += [article(code) for code, _zh, _en in check.driver_faults(problem.rules, laid.log)]
    later = (laid.leave_s - seconds_of(trip, trip.leave_at)) // 60
    if later:
        breaks.append(_("全车要晚 %(n)s 分钟发车") % {"n": later})
    return Change(trip, tuple(against), tuple(breaks), later, problem, laid)


def changes(seat, most=SHOWN):
    """Return what each other trip of the version that still may change would mean, those that may be first, then by what they break and by day."""
    city = Q(stops__drop=True, stops__place=seat.departure.place)
    near = Q(stops__drop=False, stops__place__startswith=seat.village_id[:6])
    rows = Trip.objects.filter(city | near, plan=seat.plan_id, state=TripState.PLANNED, held=False).exclude(pk=seat.trip_id).distinct()
    window = Q(leave_at__gte=day_start(seat.departure.earliest_on) - timedelta(days=2), leave_at__lt=day_start(seat.departure.latest_on) + timedelta(days=3))
    rows = rows.filter(window).annotate(n=Count("seats_of", filter=Q(seats_of__state__in=ON_BOARD), distinct=True)).order_by("leave_at", "number")[:SHOWN]
    found = [change(seat, trip) for trip in rows]
    return sorted(found, key=lambda one: (not one.fits, len(one.breaks), one.trip.leave_at))[:most]


def leaving(trip, leave_s):
    """Return (problem, laid, [rules broken]) of a coach that leaves at another hour, its road driven anew by the rules."""
    problem = replace(plans.season(riders(trip), today(trip.leave_at)), seats=trip.seats)
    broken = []
    if RULES.closed_from_s <= leave_s % 86_400 < RULES.closed_to_s:
        broken.append("closed")
    if leave_s - int(problem.feeder_s.max()) < RULES.day_from_s:
        broken.append("feeder")
    laid = lay_out(problem, range(len(problem.ids)), 0, leave_s=leave_s)
    broken += [code for code, _zh, _en in check.driver_faults(problem.rules, laid.log)]
    return problem, laid, list(dict.fromkeys(broken))


def arriving(trip, turn, arrive_s):
    """Return (log, [rules broken]) of a coach whose drop number `turn` (from 0) is to be reached at another hour: the rests before it grow or shrink."""
    log = [Segment(*row) for row in trip.log]
    drop = [n for n, part in enumerate(log) if part.what == "drop"][turn]
    begin = next(n for n, part in enumerate(log) if part.leg == log[drop].leg)
    way = log[begin:drop]
    spare = arrive_s - way[0].start_s - sum(part.end_s - part.start_s for part in way if part.what != "rest") if way else arrive_s - log[drop].start_s
    if spare < 0:
        return None, ["travel"]
    made, clock = list(log[:begin]), way[0].start_s if way else log[drop].start_s
    for part in way:
        length = part.end_s - part.start_s
        if part.what == "rest":
            length = min(length, spare)
            spare -= length
        if length:
            made.append(Segment(clock, clock + length, part.what, part.leg))
            clock += length
    if spare:
        made.append(Segment(clock, clock + spare, "rest", log[drop].leg))
    delta = arrive_s - log[drop].start_s
    made += [Segment(part.start_s + delta, part.end_s + delta, part.what, part.leg) for part in log[drop:]]
    return made, [code for code, _zh, _en in check.driver_faults(RULES, tuple(made))]


def faults_of(trip):
    """Return the rules that the hours of a trip break as they stand: asked again before it is released."""
    if trip.is_timetabled:
        return []
    broken = [code for code, _zh, _en in check.driver_faults(RULES, tuple(Segment(*row) for row in trip.log))]
    first = Stop.objects.filter(trip=trip, drop=False).order_by("turn").first()
    if first is not None and first.at is not None and seconds_of(trip, first.at) % 86_400 < RULES.day_from_s - 30 * 60:
        broken.append("feeder")
    return broken
