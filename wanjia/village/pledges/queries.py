"""What is asked of pledges: which are due, which wait for somebody's look."""

from django.db.models import Q

from ..branch_states import PledgeState
from ..duties import Duty
from . import rules

OPEN = (PledgeState.OPEN, PledgeState.TOLD)


def to_confirm(actor):
    """The pledges told done that wait for the actor's look."""
    return rules.visible_pledges(actor, duty=Duty.KEEP_BRANCH).filter(state=PledgeState.TOLD).exclude(told_by_id=actor.id)


def waiting(actor, day):
    """What waits for the actor: told done by another, or past its day."""
    rows = rules.visible_pledges(actor, duty=Duty.KEEP_BRANCH)
    return rows.filter(Q(state=PledgeState.OPEN, due_on__lt=day) | Q(pk__in=to_confirm(actor).values("pk")))


def is_late(pledge, day):
    """Tell whether a pledge is past its day and not told done, or was told so late."""
    return pledge.due_on < (pledge.told_on or pledge.settled_on or day)
