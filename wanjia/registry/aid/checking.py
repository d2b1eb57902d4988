"""Aid held against its decisions: none ended without a hearing, none heard by who proposed it, none decided by one who had a part."""

from wanjia.kernel.calendar import today
from wanjia.kernel.erasure import is_emptied
from wanjia.policy import aid

from ..models import AidCut, CutKind
from ..states import CutState
from .queries import ended_aid


def faults(_day):
    """Yield (what, column, is, should) of everything about aid that does not follow from a written decision."""
    yield from _ended()
    yield from _decided()


def _ended():
    told = {}
    for cut in AidCut.objects.filter(state=CutState.SERVED, kind=CutKind.END, effective_on__isnull=False):
        told[cut.status_id] = cut.effective_on
    for status in ended_aid().iterator(chunk_size=1000):
        by_itself = status.to_on <= today(status.recorded_at) and not status.end_reason  # history, written down when it was over already
        should = told.pop(status.pk, None)
        if should is None and not by_itself:
            yield str(status.pk), "status.to_on", status.to_on, "a hearing and a decision before it ends"
        elif should is not None and should != status.to_on:
            yield str(status.pk), "status.to_on", status.to_on, should
    yield from ((str(pk), "status.to_on", "goes on", day) for pk, day in told.items())


def _decided():
    for cut in AidCut.objects.exclude(state__in=(CutState.PROPOSED, CutState.DROPPED)).iterator(chunk_size=1000):
        heard, rule = cut.why.heard, aid.in_force(today(cut.proposed_at))
        if heard and not (cut.heard_by_id and cut.heard_on):
            yield str(cut.pk), "aid.heard_on", "nobody was heard", "a hearing"
        if heard and cut.left and not rule.sought_enough(cut.missed_on):
            yield str(cut.pk), "aid.tries", len(cut.tries), f"{rule.tries} on {rule.days} days"
        if cut.state == CutState.SERVED and cut.decided_by_id in (None, cut.proposed_by_id, cut.heard_by_id):
            yield str(cut.pk), "aid.decided_by", cut.decided_by_id, "a third person"
        if not heard and not cut.document and not is_emptied(cut):
            yield str(cut.pk), "aid.document", "none", "a document"
        if cut.state == CutState.SERVED and heard and cut.effective_on and cut.effective_on <= cut.served_on:
            yield str(cut.pk), "aid.effective_on", cut.effective_on, f"after {cut.served_on}"
