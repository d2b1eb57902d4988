"""What stands of labour on a person's and on a home's page."""

from wanjia.verdict import first_refusal

from ..duties import Duty
from . import asking, queries, rules


def of_person(request, person):
    """Return what is known of a grown-up as a labourer, or whether the roll may take them; None for whoever sees no labour."""
    if not request.user.has_duty(Duty.SEE_LABOUR):
        return None
    worker = queries.worker_of(request.user, person)
    may = rules.can_enrol(request.user, person, request.at) if worker is None else first_refusal()
    if worker is None and not may:
        return None
    return {"worker": worker, "trade": asking.trade_words(worker.trade) if worker else "", "spell": worker and worker.spells.filter(to_on=None).first()}


def of_home(request, home):
    """Return the labourers of a home; None where there are none, or for whoever sees no labour."""
    if not request.user.has_duty(Duty.SEE_LABOUR):
        return None
    workers = queries.of_home(request.user, home)
    return {"workers": workers} if workers else None
