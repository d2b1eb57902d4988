"""What stands whatever the engine finds: held by hand, said yes to, promised in other drives, declined before."""

from django.db.models import Q

from wanjia.solving.models import Standing

from ..models import Proposal
from ..states import Answer as Said


def held(plan):
    """Return {worker: (vacancy, state, worth)} that stands whatever the engine finds: held by hand, or said yes to, in the version that stands."""
    standing = Standing.objects.filter(kind=plan.kind, about=plan.about).first()
    if standing is None:
        return {}
    kept = Q(held=True) | Q(state__in=(Said.ACCEPTED, Said.STARTED))
    rows = Proposal.objects.filter(kept, plan=standing.plan_id).exclude(state__in=(Said.DECLINED, Said.ABSENT))
    return {worker: (vacancy, state, worth) for worker, vacancy, state, worth in rows.values_list("worker", "vacancy", "state", "worth")}


def places_left(vacancies, held, plan):
    """Return the places of each vacancy that nobody was promised: in this drive, or by a yes in another that stands."""
    promised = {}
    for vacancy, state, _worth in held.values():
        if state != Said.STARTED:  # who started has taken a place off already
            promised[vacancy] = promised.get(vacancy, 0) + 1
    others = Standing.objects.filter(kind=plan.kind).exclude(about=plan.about).values("plan")
    for vacancy in Proposal.objects.filter(plan__in=others, state=Said.ACCEPTED).values_list("vacancy", flat=True):
        promised[vacancy] = promised.get(vacancy, 0) + 1
    return [max(0, one.left - promised.get(one.pk, 0)) for one in vacancies]


def promised_elsewhere(plan, vacancy):
    """Return how many places of a vacancy were promised by a yes in other drives that stand."""
    others = Standing.objects.filter(kind=plan.kind).exclude(about=plan.about).values("plan")
    return Proposal.objects.filter(plan__in=others, vacancy=vacancy, state=Said.ACCEPTED).count()


def declined(plan, rows, lots):
    """Return {row of a claimant: [lots]} that were declined in this drive: nobody is asked the same twice."""
    barred = {}
    drive = Proposal.objects.filter(plan__kind=plan.kind, plan__about=plan.about, state__in=(Said.DECLINED, Said.ABSENT))
    for worker, vacancy in drive.values_list("worker", "vacancy"):
        if worker in rows and vacancy in lots:
            barred.setdefault(rows[worker], []).append(lots[vacancy])
    return barred
