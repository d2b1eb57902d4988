"""Each CHECK and each unique constraint of polls, met by name: the row that it refuses."""

from wanjia.village.models import Poll, PollClass, PollCounter, PollHome, SealedBallot

from .factories import villager
from .guards_points import _again
from .poll_factories import cast, opened, poll


def _ballot(world):
    _poll, _codes, phones = opened(world)
    cast(phones[0].ballot([0]))
    return SealedBallot.objects.get()


def _counter(world, n=1):
    return PollCounter.objects.create(poll=poll(world), turn=n, person=villager(world, 20 + n), office="村民")


CHECKS = {
    "the_third_supervises": lambda w: PollCounter.objects.filter(pk=_counter(w).pk).update(turn=3),
    "poll_published_when_closed": lambda w: Poll.objects.filter(pk=poll(w).pk).update(digest="0" * 64),
    "poll_chooses_something": lambda w: Poll.objects.filter(pk=poll(w).pk).update(most=0),
    "token_taken_by_phone": lambda w: PollHome.objects.filter(poll=poll(w)).update(hidden="0" * 64),
}
ONCE = {
    "counts_once_a_poll": _again(PollCounter, _counter, "poll", "person", "office", turn=2),
    "three_count_a_poll": lambda w: _again(PollCounter, _counter, "poll", "turn", "office", person=villager(w, 22))(w),
    "one_class_a_key": lambda w: PollClass.objects.get(poll=poll(w)),
    "one_home_a_poll": lambda w: PollHome.objects.filter(poll=poll(w)).first(),
    "one_ballot_a_card": _ballot,
}
