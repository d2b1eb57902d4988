"""Each CHECK and each unique constraint of polls, met by name: the row that it refuses."""

from wanjia.village.models import Poll, PollClass, PollHome, SealedBallot

from .poll_factories import cast, opened, poll


def _ballot(world):
    _poll, _codes, phones = opened(world)
    cast(phones[0].ballot([0]))
    return SealedBallot.objects.get()


CHECKS = {
    "poll_published_when_closed": lambda w: Poll.objects.filter(pk=poll(w).pk).update(digest="0" * 64),
    "poll_chooses_something": lambda w: Poll.objects.filter(pk=poll(w).pk).update(most=0),
    "token_taken_by_phone": lambda w: PollHome.objects.filter(poll=poll(w)).update(hidden="0" * 64),
}
ONCE = {
    "one_class_a_key": lambda w: PollClass.objects.get(poll=poll(w)),
    "one_home_a_poll": lambda w: PollHome.objects.filter(poll=poll(w)).first(),
    "one_ballot_a_card": _ballot,
}
