"""The roster that stands, and what of it is uncovered: by the due seats of the posts, never by the roster's own word."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from ..guarding.force import Force
from ..models import GateDuty, Guard
from ..plan_states import Party
from ..plans.posts import seats
from ..year.bells import Year

NO_ROSTER, NOBODY, LOST = _("还没有排班。"), _("没有排到人。"), _("原来的人来不了。")


def duties(schools, first, end):
    """The duties of the versions that stand, of some schools and days."""
    return of_standing().filter(school__in=schools, day__gte=first, day__lt=end)


def of_standing():
    """The duties of all versions that stand."""
    return GateDuty.objects.filter(plan__standing__isnull=False)


def code_of(duty):
    """Return the engine's code of the seat of a duty."""
    return f"{duty.place}|{duty.party}|{duty.n}|{duty.from_at:%H:%M}"


class Gap(NamedTuple):
    """A seat that is due and that nobody will hold. why: in words; duty: its row in the roster, or None where there is none."""

    seat: Any
    why: Any
    duty: Any

    @property
    def party(self) -> Any:
        """Which party is missing, in words."""
        return Party(self.seat.party).label


class Cover:
    """Due seats of some schools and days beside the roster that stands. seats: those that are counted on; gaps: of these the uncovered."""

    def __init__(self, schools, first, end):
        schools = list(schools)
        every = list(seats(schools, first, end, Year(schools, first, end)))
        self.seats = [one for one in every if one.needed]
        self.offered = [one for one in every if not one.needed]
        self.duties = {key_of(one): one for one in duties(schools, first, end).select_related("guard", "plan", "school__unit", "school__area") if every}
        names = {one.guard_id for one in self.duties.values() if one.guard_id}
        self.force = Force(Guard.objects.filter(pk__in=names).defer("phone"), first, end) if names else None
        self.gaps = [Gap(one, why, self.duties.get(one.key)) for one in self.seats if (why := self.why(one))]

    def why(self, seat):
        """Return why nobody will hold a seat, or None when somebody does."""
        duty = self.duties.get(seat.key)
        if duty is None:
            return NO_ROSTER
        if duty.guard_id is None:
            return LOST if duty.lost_id else NOBODY
        return self.force.kept_from(duty.guard_id, seat.day, seat.from_at, seat.to_at)


def key_of(duty):
    """Return the key of the seat of a duty, as Seat.key says it."""
    return str(duty.place), duty.party, duty.n, duty.day, duty.from_at
