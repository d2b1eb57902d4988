"""Each CHECK and each unique constraint of calls, met by name: the row that it refuses."""

from wanjia.kernel.tests.tried import MONDAY

from ..calls.queries import who_of
from ..models import CallSignature, MeetingCall
from . import call_factories as made
from .factories import DAY, villager


def _open(world, **facts):
    return MeetingCall.objects.filter(pk=made.asked(world).pk).update(**facts)


def _signature(world):
    one = made.lacking_one(world)
    return CallSignature(call=one, who=who_of(one, villager(world, 0)), sheet=1, signed_at=MONDAY)


CHECKS = {
    "call_counted_of_its_roll": lambda w: _open(w, needs=0),
    "call_due_once_enough_signed": lambda w: _open(w, due_on=DAY),
    "signature_struck_by_another": lambda w: CallSignature.objects.filter(call=made.lacking_one(w)).update(signed_by=w.visitor, struck_by=w.visitor, struck_on=DAY),
    "call_withdrawn_whole": lambda w: _open(w, state="call_withdrawn", withdrawn_on=DAY),
    "call_wish_whole": lambda w: _open(w, wish_on=DAY),
    "call_of_the_township_withdrawn_by_wish": lambda w: MeetingCall.objects.filter(pk=made.bound(w).pk).update(by_township=True, state="call_withdrawn", withdrawn_on=DAY, reason="by_bringers"),
    "call_withdrawn_by_another": lambda w: MeetingCall.objects.filter(pk=made.bound(w).pk).update(asked_by=w.visitor, state="call_withdrawn", withdrawn_on=DAY, reason="by_bringers", withdrawn_by=w.visitor),
    "call_met_by_a_meeting": lambda w: _open(w, met_on=DAY),
}
ONCE = {"a_call_is_signed_once": _signature}
