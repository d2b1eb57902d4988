"""One vehicle, one driver, one attendant is on one open roll at one hour: what already holds them, and the rows on which two who open rolls wait for each other."""

from ..bus_states import TripState
from ..models import Attendant, Bus, BusDriver, BusTrip
from .queries import ends_of


def hold(line):
    """Lock the vehicle, the driver and every record of the attendant of a line, in this order for all: whoever opens another roll with one of them waits, and then sees this one."""
    person = line.attendant.user_id if line.attendant else None
    for model, asked in ((Bus, {"pk": line.bus_id}), (BusDriver, {"pk": line.driver_id}), (Attendant, {"user": person})):
        list(model.objects.select_for_update(of=("self",), no_key=True).filter(**asked).order_by("pk").values_list("pk"))


def taken(line, day, going_home):
    """Return (who, the name of the line on which) where vehicle, driver or attendant of a line stand on another roll that is open at its hour; None where all are free.

    An attendant is the person, whichever operator's record says so; a roll that is over holds nobody.
    """
    open_now = BusTrip.objects.filter(day=day, state=TripState.OPEN).exclude(line=line, going_home=going_home).select_related("line", "attendant").prefetch_related("line__stops")
    for trip in open_now:
        same = [(line.bus, trip.bus_id == line.bus_id), (line.driver, trip.driver_id == line.driver_id), (line.attendant, line.attendant and trip.attendant.user_id == line.attendant.user_id)]
        who = next((one for one, is_same in same if is_same), None)
        if who and _meet((line, going_home), (trip.line, trip.going_home)):
            return str(who), trip.line.name
    return None


def _meet(one, other):
    """Tell whether two trips of a day are on the road at one hour, by the times of their stops; where none are written, two trips the same way are."""
    mine, theirs = ends_of(*one), ends_of(*other)
    if mine is None or theirs is None:
        return one[1] == other[1]
    return mine[0] <= theirs[1] and theirs[0] <= mine[1]
