"""The proposals of a version: all, those of a vacancy, those without one; what became of them."""

from django.db.models import Count, Q

from ..duties import Duty
from ..models import Proposal
from ..states import Answer
from . import rules

MOST = 100  # a queue as long as this is named and counted no further


def of_plan(actor_rows, plan, *, state="", placed=""):
    """Return the proposals of a version among `actor_rows`; state: of these alone; placed: "yes", "no" or both."""
    rows = actor_rows.filter(plan=plan)
    if state in Answer.values:
        rows = rows.filter(state=state)
    if placed in ("yes", "no"):
        rows = rows.filter(vacancy__isnull=placed == "no")
    return rows.order_by("-worth", "pk")


def states_of(plan):
    """Return [(state, words, how many)] of the proposals with a vacancy: told, accepted, started … of one version."""
    found = dict(Proposal.objects.filter(plan=plan, vacancy__isnull=False).order_by().values_list("state").annotate(n=Count("pk")))
    return [(state.value, state.label, found.get(state.value, 0)) for state in Answer]


def mine(actor):
    """Return the proposals that stand in the actor's reach: who asked that a person looks again, whom to tell, whose answer or first day is waited for."""
    rows = rules.visible_proposals(actor, duty=Duty.KEEP_LABOUR).filter(plan__in=rules.standing_plans())
    waits = Q(vacancy__isnull=False, state__in=(Answer.PROPOSED, Answer.TOLD, Answer.ACCEPTED))
    asks = Q(asked_at__isnull=False, reviewed_at=None)
    return rows.filter(waits | asks).order_by("-state", "worker__village_id", "pk")  # whose answer is waited for, whom to tell, who is to go


def queue(actor, _day):
    """Return {name of the place: how many of `mine` wait, None where it is not counted}."""
    if not actor.has_duty(Duty.KEEP_LABOUR):
        return {}
    n = mine(actor).order_by()[:MOST].count()
    return {"labour:my_proposals": None if n == MOST else n}


def of_worker(worker, standing):
    """Return the proposals that stand for one labourer, the newest first."""
    return Proposal.objects.filter(worker=worker, plan__in=standing).select_related("vacancy__employer", "next_vacancy__employer", "plan").order_by("-plan__asked_at")
