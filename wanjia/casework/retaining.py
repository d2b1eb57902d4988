"""Which needs, and which of their pictures, are disposed of when their time is over, and what keeps one that is due (RETAINED)."""

from django.db.models import Exists, OuterRef, Q

from wanjia.orgs.retained import Retained, Spared
from wanjia.policy.retention import born_after

from .models import Evidence, Need
from .rules import with_a_part
from .states import ENDED, OPEN, NeedState


def _young(path):
    return lambda day: Q(**{f"{path}child__birth_on__gt": born_after(day)})


def _again(key):
    return lambda _day: Q(Exists(Need.objects.filter(follows=OuterRef(key), state__in=OPEN)))


def _matter(path):
    return lambda _day: Q(Exists(Need.objects.filter(matter=OuterRef(f"{path}matter"), state__in=OPEN)))


def _holds(path="", key="pk"):
    return {
        Spared.MATTER: _matter(path), Spared.AGAIN: _again(key), Spared.RECHECK: lambda _day: Q(**{f"{path}recheck_due_on__isnull": False}),
    }  # fmt: skip


def _needs(code, *states):
    return Retained(
        code, "casework.Need", over=Q(state__in=states), place="village_id", number="number", named=("number", "household__number"),
        moments={"ended": ("ended_at", True), "born": ("child__birth_on", False), "recorded": ("recorded_on", False)},
        binds={"child": Q(child__isnull=False), "child_unknown": Q(involves_child=True, child=None)},
        holds={**_holds(), Spared.CHILD: _young("")}, child=Q(involves_child=True) | Q(child__isnull=False),
        worked=with_a_part,
    )  # fmt: skip


NEEDS = _needs("need", NeedState.CLOSED)
DROPPED = _needs("dropped", NeedState.DECLINED, NeedState.WITHDRAWN)
# A picture that was taken back proves nothing: it waits for no end of its need.
PHOTOS = Retained(
    "photo", "casework.Evidence", over=Q(size__gt=0) & (Q(need__state__in=ENDED) | Q(taken_back_at__isnull=False)), place="need__village_id",
    moments={"added": ("added_at", True), "ended": ("need__ended_at", True)}, binds={"evidence": Q(taken_back_at=None)},
    holds=_holds("need__", "need"), child=Q(need__involves_child=True) | Q(need__child__isnull=False), named=("need__number", "need__household__number"),
    part_of=("need", "dropped"), worked=lambda keys: with_a_part(list(Evidence.objects.filter(pk__in=keys).values_list("need", flat=True))),
)  # fmt: skip
