"""Each CHECK and each unique constraint of craftsmen and ventures, met by name: the row that it refuses."""

from wanjia.kernel.tests.tried import MONDAY
from wanjia.village.craft_states import BookingState, CraftState
from wanjia.village.models import CraftBooking, Craftsman, MentorPair, Venture

from . import craft_factories as made
from .appraisal_factories import DAY
from .guards_points import _again, _of

AGREED = ("village", "home", "consent", "consented_on", "heard", "written_at", "called", "words")


def _written(world):
    return made.craftsman(world, CraftState.WRITTEN)


def _agreed(world):
    return made.booking(world, BookingState.AGREED)


CHECKS = {
    "craftsman_shown_by_another": lambda w: Craftsman.objects.filter(pk=_written(w).pk).update(shown_by=w.register.yang),
    "craftsman_heard_by_word": _of(Craftsman, _written, heard=""),
    "craftsman_shown_by_days": _of(Craftsman, _written, shown_on=DAY),
    "pair_ended_whole": _of(MentorPair, made.pair, to_on=DAY),
    "booking_agreed_with_a_day": _of(CraftBooking, _agreed, day=None),
    "booking_settled_whole": _of(CraftBooking, _agreed, settled_on=DAY),
    "venture_months": _of(Venture, made.venture, to_month=13),
    "venture_shown_by_another": lambda w: Venture.objects.filter(pk=made.venture(w).pk).update(shown_by=w.register.yang),
    "venture_heard_by_word": _of(Venture, made.venture, heard=""),
    "venture_shown_by_days": _of(Venture, made.venture, shown_on=DAY),
}
ONCE = {
    "one_listing_of_a_craftsman": _again(Craftsman, _written, *AGREED, "person", "skill"),
    "learns_with_him_once": _again(MentorPair, made.pair, "craftsman", "learner", "topic", "from_on", "begun_at"),
    "a_craftsman_is_in_one_place": _again(CraftBooking, _agreed, "craftsman", "village", "day", "half", "state", "asked_on", words="另一家", asked_at=MONDAY),
    "one_venture_of_a_kind": _again(Venture, made.venture, *AGREED, "kind", "from_month", "to_month"),
}
