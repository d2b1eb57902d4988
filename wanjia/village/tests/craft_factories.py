"""A small world of craftsmen: two of 大同村 who agreed, a learner, bookings and ventures in any state."""

from ..craft_states import BookingState, CraftState, PairState, VentureState
from ..crafts.commands import (
    agree_booking,
    ask_booking,
    begin_mentoring,
    end_mentoring,
    fail_booking,
    hold_booking,
    list_craftsman,
    show_craftsman,
)
from ..models import CraftBooking, Craftsman, MentorPair, Venture
from ..ventures.commands import show_venture, withdraw_venture, write_venture
from .appraisal_factories import DAY, HEARD, home, who
from .factories import NAMES

LISTED = {"called": "二组卯师傅", "skill": "fields", "words": "水稻、玉米从育秧到收"}
OFFERED = {"kind": "meals", "called": "火塘人家", "words": "腊肉、烤洋芋,提前说", "from_month": 11, "to_month": 2, "contact": "13800000000"}
ENDED = {"ending": "learned", "earns": True, "outcome": "能自己管两亩"}


def craftsman(world, state=CraftState.SHOWN, n=0, **facts):
    """Somebody with a skill, written down by one; shown, by another."""
    where = home(world, n)
    one = Craftsman.objects.filter(home=where).first() or list_craftsman(home=where, name=NAMES[n], **LISTED | facts, **HEARD, **who(world.register.yang))
    if state == CraftState.SHOWN and one.state == CraftState.WRITTEN:
        one = show_craftsman(craftsman_id=one.pk, **who(world.clerk))
    return one


def pair(world, state=PairState.RUNNING):
    """Somebody learns with him."""
    one = craftsman(world)
    found = MentorPair.objects.filter(craftsman=one).first()
    if found is None:
        begin_mentoring(craftsman_id=one.pk, home=home(world, 3), name=NAMES[3], topic="育秧", from_on=DAY, **who(world.register.yang))
        found = MentorPair.objects.get(craftsman=one)
    if state == PairState.ENDED and found.state == PairState.RUNNING:
        found = end_mentoring(mentor_pair_id=found.pk, **ENDED, **who(world.register.yang))
    return found


def booking(world, state=BookingState.ASKED, half="morning", fresh=False):
    """A home asks for him; agreed, today's half-day."""
    found = None if fresh else CraftBooking.objects.filter(state=state).first()
    if found is not None:
        return found
    one = ask_booking(craftsman=craftsman(world), village=world.datong, home=home(world, 5), words="看花椒叶子发黄", **who(world.register.yang))
    if state in (BookingState.AGREED, BookingState.HELD):
        one = agree_booking(craft_booking_id=one.pk, day=DAY, half=half, **who(world.register.yang))
    if state == BookingState.HELD:
        one = hold_booking(craft_booking_id=one.pk, outcome="配了药", **who(world.register.yang))
    if state == BookingState.FAILED:
        one = fail_booking(craft_booking_id=one.pk, reason="下雨", **who(world.register.yang))
    return one


def venture(world, state=VentureState.WRITTEN, **facts):
    """A home's venture."""
    one = Venture.objects.first() or write_venture(home=home(world, 6), **OFFERED | facts, **HEARD, **who(world.register.yang))
    if state != VentureState.WRITTEN and one.state == VentureState.WRITTEN:
        one = show_venture(venture_id=one.pk, **who(world.clerk))
    if state == VentureState.WITHDRAWN and one.state == VentureState.SHOWN:
        one = withdraw_venture(venture_id=one.pk, **who(world.register.yang))
    return one
