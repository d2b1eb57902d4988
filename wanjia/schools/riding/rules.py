"""Who opens a trip, calls its roll, hands a child over, looks through the bus; which trip is an alarm; and why not."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import CHINA, today
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.policy import school_bus
from wanjia.verdict import first_refusal

from ..bus_states import BUS_TRIP, OPEN_RIDES, RODE, RideState, TripState
from ..buses.rules import own
from ..duties import Duty
from ..models import BusLine, BusTrip, Ride
from ..riders.rules import of_schools

HOLDS = (Duty.RIDE_BUS, Duty.KEEP_RIDERS)  # who calls a roll: the trip's own attendant; the school and the county for her, from the paper
NO_DUTY = _("您的岗位没有随车点名的权限。")
ELSEWHERE = _("这趟车不由您管。")
OVER = _("这趟车已经收车。")
ENDED = _("这条线路已经停用。")
EARLY = _("还没到这一趟的日子。")


def _seen(actor, duty, attendant, school):
    asked = duty if isinstance(duty, tuple) else (duty,)
    seen = own(actor, attendant) if Duty.RIDE_BUS in asked else Q(pk__in=[])
    return seen | (of_schools(actor, school) if Duty.KEEP_RIDERS in asked else Q(pk__in=[]))


def driven_lines(actor, *, duty=HOLDS):
    """The lines whose trips are the actor's to open: those she rides, those to the actor's schools."""
    return BusLine.objects.filter(_seen(actor, duty, "attendant__", "school__"))


def visible_trips(actor, *, duty=HOLDS):
    """The trips that the actor rides, and those to the actor's schools."""
    return BusTrip.objects.filter(_seen(actor, duty, "attendant__", "line__school__"))


def visible_rides(actor, *, duty=HOLDS):
    """The children on these trips."""
    return Ride.objects.filter(trip__in=visible_trips(actor, duty=duty))


def can_open(actor, line, at):
    """May the actor open a trip of this line at all; whether the law lets it drive on the day, the act judges."""
    return first_refusal(
        (actor.has_duty(*HOLDS), NO_DUTY), (driven_lines(actor).filter(pk=line.pk).exists(), ELSEWHERE), (line.to_on is None or today(at) < line.to_on, ENDED),
    )  # fmt: skip


def _holds(actor, trip):
    return (actor.has_duty(*HOLDS), NO_DUTY), (visible_trips(actor).filter(pk=trip.pk).exists(), ELSEWHERE)


def can_see_roll(actor, trip):
    """May the actor read the names of a trip's roll."""
    return first_refusal(*_holds(actor, trip))


def _now(actor, trip):
    return (*_holds(actor, trip), (trip.state == TripState.OPEN, OVER))


def _begun(trip, at):
    return trip.day <= today(at), EARLY


def can_run(actor, trip):
    """May the actor say that a trip is late."""
    return first_refusal(*_now(actor, trip))


def can_unload(actor, trip, at):
    """May the actor let a trip's children off at school: not a day ahead."""
    return first_refusal(*_now(actor, trip), _begun(trip, at))


def can_mark(actor, ride):
    """May the actor call the roll of one child, while the trip is on the road and the child did not leave the bus."""
    return first_refusal(*_now(actor, ride.trip), (ride.state not in RODE, _("孩子已经下车。")))


def can_hand(actor, ride, at):
    """May the actor hand this child over: on the way home, a child who is aboard."""
    return first_refusal(*_now(actor, ride.trip), (ride.trip.going_home, _("早上到学校,按到校下车点数。")), _begun(ride.trip, at), (ride.state == RideState.ABOARD, _("在车上的孩子才能交接。")))


def can_close(actor, trip, at):
    """May the actor end a trip: nobody is aboard, awaited or looked for; the count is nought (art. 39)."""
    left = trip.roll.filter(state__in=OPEN_RIDES).count()
    return first_refusal(
        *_holds(actor, trip), (BUS_TRIP.allows("close", trip.state), OVER), _begun(trip, at), (left == 0, _("还有 %(n)s 个孩子在车上,或者没有问清,不能收车。") % {"n": left}),
    )  # fmt: skip


def moment(day, clock, minutes=0):
    """Return a time of a day as a moment, so many minutes later."""
    return timezone.make_aware(datetime.combine(day, clock), CHINA) + timedelta(minutes=minutes)


def unopened(first_at, day, at):
    """Tell whether a trip whose first stop is due at `first_at` should have its roll open by now."""
    return at >= moment(day, first_at, school_bus.in_force(day).late_minutes)


def left_open(last_at, day, at):
    """Tell whether a trip whose last stop was due at `last_at` should have been looked through by now."""
    return at >= moment(day, last_at, school_bus.in_force(day).close_minutes)


def is_clock(by):
    """Decide whether the clock does it: which bells no line serves is looked for by nobody's hand."""
    return first_refusal((by is CLOCK, _("哪个作息没有车,由系统按时看,不由人代看。")))
