"""The proposals of a version: all, those of a vacancy, those without one; what became of them."""

from django.db.models import Count

from ..models import Proposal
from ..states import Answer


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


def of_worker(worker, standing):
    """Return the proposals that stand for one labourer, the newest first."""
    return Proposal.objects.filter(worker=worker, plan__in=standing).select_related("vacancy__employer", "next_vacancy__employer", "plan").order_by("-plan__asked_at")
