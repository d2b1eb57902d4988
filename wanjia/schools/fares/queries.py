"""What is asked of fares: which fare a day has, what a month came to by rider, a sum in yuan."""

from collections import defaultdict
from datetime import date

from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from wanjia.policy.bus_fares import owed
from wanjia.verdict import Refused

from ..bus_states import RODE, TripState
from ..models import BusFare, BusTrip, Ride, SettlementRow


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
    """Return yuan as a form has them (3.50) in fen. Raises Refused for what is no sum to the fen."""
    yuan, _point, rest = text.strip().partition(".")
    if not yuan.isdecimal() or not (rest == "" or rest.isdecimal()) or len(rest) > 2 or len(yuan) > 4:
        raise Refused(_("金额写成 3.50 这样,到分为止。"))
    return int(yuan) * 100 + int(rest.ljust(2, "0") or 0)


def to_settlement(settlement):
    """To the page of a month."""
    return redirect("schools:settlement", settlement.pk)
