"""What is asked of fares: which fare a day has, what a month came to by rider, a sum in yuan."""

from collections import defaultdict
from datetime import date, timedelta

from django.db.models import Count, DurationField, ExpressionWrapper, F, Max, Sum
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from wanjia.policy import money, school_bus
from wanjia.policy.bus_fares import owed
from wanjia.verdict import Refused

from ..bus_states import RODE, TripState
from ..models import Bus, BusFare, BusSeat, BusTrip, Ride, Settlement, SettlementRow

MEASURED = 31  # days over which the longest ride is looked for


DEAREST = 999_999  # fen a ride


def month_of(text):
    """Return (first day, first day of the next) of “2026-11”. Raises Refused for a text that says no month."""
    try:
        first = date.fromisoformat(f"{text.strip()}-01")
    except ValueError:
        raise Refused(_("月份写成 2026-11 这样。")) from None
    return first, date(first.year + first.month // 12, first.month % 12 + 1, 1)


def still_open(operator, first, end):
    """How many trips of an operator's vehicles in these days nobody ended."""
    return BusTrip.objects.filter(bus__operator=operator, day__gte=first, day__lt=end, state=TripState.OPEN).count()


def month(operator, first, end):
    """Return {rider: Owed} of an operator's month: a ride counts where the child got off at school or was handed over, at the fare of its day."""
    fares = list(BusFare.objects.filter(operator=operator, from_on__lt=end).not_ended(first))
    ridden = defaultdict(list)
    for rider, day in Ride.objects.filter(trip__bus__operator=operator, trip__day__gte=first, trip__day__lt=end, state__in=RODE).values_list("rider", "trip__day"):
        fare = next((one for one in fares if one.from_on <= day and (one.to_on is None or day < one.to_on)), None)
        if fare is None:
            raise Refused(_("%(day)s 没有票价,先登记票价。") % {"day": day})
        ridden[rider].append((fare.full, fare.share))
    return {rider: owed(rides) for rider, rides in ridden.items()}


def rows_of(settlement):
    """The riders of a month, by school and village."""
    return SettlementRow.objects.filter(settlement=settlement).select_related("rider__child", "rider__school__unit", "rider__area").order_by("rider__school_id", "rider__area_id", "pk")


def fen_of(text):
    """Return yuan as a form has them (3.50) in fen. Raises Refused for what is no sum to the fen, or no fare."""
    fen = money.fen_of(text)
    if fen is None or fen > DEAREST:
        raise Refused(_("金额写成 3.50 这样,到分为止。"))
    return fen


def to_settlement(settlement):
    """To the page of a month."""
    return redirect("schools:settlement", settlement.pk)


def totals(operators, day):
    """Return [{operator, buses, seats, riders, longest, too_long, subsidy}] of these operators on `day`, four questions for any number of them.

    seats: for children, of one drive; riders: children with a seat; longest: minutes from getting on to getting off, by the rolls of the last month, None without one;
    subsidy: yuan, of the year's months that were drawn up.
    """
    buses, riders, longest = defaultdict(list), {}, {}
    for one in Bus.objects.on(day).filter(operator__in=operators):
        buses[one.operator_id].append(one.room)
    seats = BusSeat.objects.on(day).filter(stop__line__bus__operator__in=operators, drafted=False, rider__to_on=None)
    riders = dict(seats.order_by().values_list("stop__line__bus__operator").annotate(n=Count("rider", distinct=True)))
    aboard = ExpressionWrapper(F("left_at") - F("boarded_at"), output_field=DurationField())
    rides = Ride.objects.filter(trip__bus__operator__in=operators, trip__day__gt=day - timedelta(days=MEASURED), trip__day__lte=day, state__in=RODE)
    longest = dict(rides.order_by().values_list("trip__bus__operator").annotate(most=Max(aboard)))
    months = Settlement.objects.filter(operator__in=operators, month__startswith=f"{day:%Y-}")
    paid = dict(months.order_by().values_list("operator").annotate(fen=Sum("subsidy")))
    most, found = school_bus.in_force(day).max_ride_minutes, []
    for one in operators:
        minutes = int(longest[one.pk].total_seconds() // 60) if one.pk in longest else None
        found.append({
            "operator": one, "buses": len(buses[one.pk]), "seats": sum(buses[one.pk]), "riders": riders.get(one.pk, 0), "longest": minutes,
            "too_long": minutes is not None and minutes > most, "subsidy": money.yuan(paid.get(one.pk, 0)),
        })  # fmt: skip
    return found
