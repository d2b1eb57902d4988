"""What is asked of trips: who may go along, where somebody may change to, what is lacking before one may leave."""

from django.db.models import Q
from django.utils.translation import gettext as _

from wanjia.kernel.calendar import today
from wanjia.orgs.carried import roles_with
from wanjia.orgs.models import Post, User
from wanjia.policy.departures import Driver, Papers
from wanjia.policy.departures import lacking as by_law

from ..departure_states import ON_BOARD
from ..departures import timing
from ..departures.rules import is_old_enough, stands
from ..duties import Duty
from ..models import Seat, Stop, Trip


def cadres(trip, _actor, day):
    """Return who may go along on a trip: whoever keeps labourers somewhere in the area of its plan."""
    first, end = trip.plan.area.span()
    posts = Post.objects.on(day).filter(role__in=roles_with(Duty.KEEP_LABOUR), declined=False)
    posts = posts.filter(Q(area__gte=first, area__lt=end) | Q(area=None, organisation__area__gte=first, organisation__area__lt=end))
    return User.objects.filter(pk__in=posts.values("user"), is_active=True).order_by("name")


def cadre_words(user):
    """Return how somebody who may go along is called in the choice."""
    return user.name


def trips_for(seat, _actor, _day):
    """Return the trips to which somebody may change: what the law forbids left out."""
    return Trip.objects.filter(pk__in=[one.trip.pk for one in timing.changes(seat) if one.fits])


def trips_of_drive(seat, _actor, _day):
    """Return every trip of the drive: what a call names again when it is repeated."""
    return Trip.objects.filter(campaign=seat.trip.campaign_id)


def trip_words(trip):
    """Return how a trip is called in the choice."""
    return _("第 %(n)s 车,%(day)s") % {"n": trip.number, "day": today(trip.leave_at)}


def papers_of(trip):
    """Return what is written down of a trip as the law looks at it."""
    last = Stop.objects.filter(trip=trip, drop=True).order_by("turn").last()
    drivers = tuple(Driver(one.born_on, one.licence_until, one.paper_until, one.clean) for one in trip.drivers.all())
    return Papers(
        trip.is_timetabled, trip.is_line, trip.plate, trip.carrier, trip.licence, trip.licence_until, trip.insured_until, trip.seats, Seat.objects.filter(trip=trip, state__in=ON_BOARD).count(),
        trip.cadre_id is not None, drivers, today(last.at) if last is not None and last.at else today(trip.leave_at),
    )  # fmt: skip


def lacking(trip):
    """Return, each a sentence with its article, what forbids that a trip is released."""
    found = [timing.article(one.code) for one in by_law(papers_of(trip))] + [timing.article(code) for code in timing.faults_of(trip)]
    young = [seat for seat in Seat.objects.filter(trip=trip, state__in=ON_BOARD).select_related("departure__worker__person") if not is_old_enough(seat.departure.worker.person, today(trip.leave_at))]
    return [*found, *([timing.article("young")] if young else []), *([] if stands(trip.plan_id) else [_("这一版方案没有启用,或者已经换了。")])]

