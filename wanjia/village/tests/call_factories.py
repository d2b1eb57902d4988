"""A list of villagers of whom one in ten must sign: how many homes there are, how many signed; as far as its state."""

from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import User

from ..call_states import CallState
from ..calls import commands
from ..calls.queries import roll, who_of
from ..models import AgendaItem, CallSignature, MeetingCall
from .factories import DAY, body, meeting, seat, signed, villager

GROWN = 12


def grown(world):
    """Twelve adults stand on the roll, two of whom must sign."""
    others = roll(world.datong.pk, "adults", DAY).exclude(memberships__household__number__startswith=f"{world.datong.pk}9").distinct().count()
    for n in range(GROWN - others):
        villager(world, n)
    return GROWN


def asked(world, side="adults", **facts):
    """They ask for the village's assembly, none has signed yet."""
    n = grown(world)
    given = {"body": body(world, "villagers"), "side": side, "title": "三组公路塌方怎么修", "words": "雨季以前要定下来谁修、花多少。", "asked_on": DAY, "roll": n, "needs": -(-n // 10), "asked_at": MONDAY}
    return MeetingCall.objects.create(**given | facts)


def signs(world, one, *numbers, by="visitor"):
    """These sign, written down by the village."""
    for n in numbers:
        one = commands.sign_call(meeting_call_id=one.pk, name=villager(world, n).name, by=User.objects.get(pk=getattr(world, by).pk), at=MONDAY)
    return one


def lacking_one(world):
    """All but one have signed."""
    one = asked(world)
    people = [villager(world, n) for n in range(one.needs - 1)]
    for person in people:
        CallSignature(call=one, who=who_of(one, person), sheet=1, signed_at=MONDAY).save(force_insert=True)
    MeetingCall.objects.filter(pk=one.pk).update(signed=len(people))
    one.refresh_from_db()
    return one


def bound(world):
    """Enough have signed."""
    one = lacking_one(world)
    return signs(world, one, one.needs - 1)


def held(world, one):
    """The assembly met about it, enough came, and its minutes are signed."""
    at = meeting(world, "meeting_closed", of=one.body, counting="adults", came=60)
    AgendaItem.objects.filter(pk=one.item_id).update(state="item_on_agenda", meeting=at)
    signed(at)
    return at


def call(world, state=CallState.OPEN):
    """A call in a state."""
    if state == CallState.OPEN:
        return lacking_one(world)
    one = bound(world)
    return one if state == CallState.BOUND else commands.meet_call(meeting_call_id=one.pk, meeting=held(world, one), by=User.objects.get(pk=world.visitor.pk), at=MONDAY)


def representatives(world, n=10):
    """So many sit as representatives, one more for an office."""
    one = body(world, "representatives", n)
    seat(world, one, n, "ex_officio")
    return one
