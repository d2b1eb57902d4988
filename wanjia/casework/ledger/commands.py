"""Look at what is sealed: the look is journalled before the page is sent."""

from wanjia.kernel import journal
from wanjia.kernel.command import command

from ..models import Evidence, Need
from . import rules


@command("casework.reveal_need", reads=True)
def reveal_need(*, need_id, reason, by, at):
    """Journal that the actor sees the requester's phone and the story of a need, and why; returns the need."""
    need = Need.objects.get(pk=need_id)
    rules.can_reveal(by, need, reason).or_raise()
    journal.record_reading(
        act="need.reveal", subject=need, by=by, at=at, reason=reason.strip(), area_code=need.village_id, fields=["requester_phone", "story"]
    )
    return need


@command("casework.open_evidence", reads=True)
def open_evidence(*, evidence_id, reason, by, at):
    """Journal that the actor opens a paper kept as evidence, and why; returns the Evidence."""
    evidence = Evidence.objects.select_related("need").get(pk=evidence_id)
    rules.can_reveal(by, evidence.need, reason).or_raise()
    journal.record_reading(
        act="need.open_evidence", subject=evidence, by=by, at=at, reason=reason.strip(), area_code=evidence.need.village_id
    )
    return evidence
