"""What waits about employers: evidence that nobody confirmed, complaints that nobody judged, evidence that soon runs out."""

from datetime import timedelta

from wanjia.orgs import scope

from ..demand_states import ComplaintState, ProofState
from ..duties import Duty
from ..models import Start
from . import rules
from .standing import valid_now, valid_on

SOON = 30  # days


def listed(actor, tab, day, today):
    """Return the employers of one tab as they stood on `day`: "valid", "workshops", or all."""
    rows = rules.visible_employers(actor)
    if tab == "valid":
        return rows.filter(valid_now(day)) if day >= today else valid_on(rows, day)
    if tab == "workshops":
        return rows.filter(workshop=True)
    if tab == "expiring":
        return rows.filter(valid_now(day), valid_to_on__lte=day + timedelta(days=SOON))
    return rows


def to_confirm(actor):
    """Return the evidence that the actor may confirm, the oldest first: of the own area, not entered by himself."""
    if not actor.has_duty(Duty.CONFIRM_EMPLOYERS):
        return rules.visible_proofs(actor).none()
    mine = scope.in_reach(actor, area="employer__area_id", duty=Duty.CONFIRM_EMPLOYERS)
    return rules.visible_proofs(actor).filter(mine, state=ProofState.ENTERED).exclude(entered_by=actor.id).order_by("entered_at", "pk")


def to_judge(actor):
    """Return the complaints that the actor may judge, the oldest first."""
    rows = rules.visible_complaints(actor)
    return rows.filter(state=ComplaintState.RECEIVED).exclude(recorded_by=actor.id).order_by("received_on", "pk")


def expiring(actor, day):
    """Return the employers of the actor's own offices that stop being 五有 within a month."""
    kept = rules.kept_here(actor, duty=Duty.CONFIRM_EMPLOYERS)
    return kept.filter(valid_now(day), valid_to_on__lte=day + timedelta(days=SOON)).order_by("valid_to_on", "pk")


def hires(employer, actor):
    """Return who started at an employer, of the workers that the actor sees: the newest first."""
    seen = scope.in_reach(actor, area="spell__worker__village_id", duty=(Duty.SEE_LABOUR, Duty.KEEP_LABOUR))
    return Start.objects.filter(seen, vacancy__employer=employer).select_related("spell__worker__person__village", "vacancy")


def hired(employer):
    """Return {"n", "lifted", "watched", "relocated"}: how many started at an employer, and of whom the homes are what today."""
    rows = Start.objects.filter(vacancy__employer=employer).order_by()
    return {"n": rows.count(), **{name: rows.filter(**{f"spell__worker__{name}": True}).count() for name in ("lifted", "watched", "relocated")}}
