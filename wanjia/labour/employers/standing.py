"""Whether an employer is 五有 on a day, and what is missing since when: worked out of evidence and complaints, for any day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from wanjia.kernel.calendar import today
from wanjia.policy import demand

from ..demand_states import ComplaintState, ProofState
from ..models import Complaint, Employer, Proof


@dataclass(frozen=True)
class Held:
    """One of the five on a day. proof: the evidence that holds longest, or None; since: from when it is missing; waits: evidence nobody confirmed yet."""

    criterion: demand.Criterion
    proof: Proof | None
    since: date | None
    waits: bool


@dataclass(frozen=True)
class Standing:
    """How an employer stands on a day."""

    held: tuple[Held, ...]
    complaints: int
    barred_to_on: date | None

    @property
    def missing(self):
        """Those of the five that are not borne out."""
        return [one for one in self.held if one.proof is None]

    @property
    def valid(self):
        """Whether it is 五有."""
        return not self.missing and self.barred_to_on is None

    @property
    def span(self):
        """(the day from which, the first day on which no longer) all five are borne out as far as is known now; two None where one is missing."""
        if self.missing:
            return None, None
        return max(max(one.proof.on, one.proof.decided_on) for one in self.held), min(one.proof.until_on for one in self.held)


def holds(proof, day):
    """Tell whether a piece of evidence holds on a day: confirmed by then, of before, not run out, not refused by then."""
    return (
        proof.decided_on is not None and proof.checked != "" and proof.decided_on <= day and proof.on <= day < proof.until_on
        and (proof.refused_on is None or day < proof.refused_on)
    )  # fmt: skip


def standing_of(employer, day):
    """Return the Standing of an employer on a day, in two questions."""
    proofs = list(Proof.objects.filter(employer=employer).select_related("entered_by", "decided_by"))
    judged = list(Complaint.objects.filter(employer=employer, state=ComplaintState.JUSTIFIED).values_list("judged_on", flat=True))
    held = tuple(_held(one, [proof for proof in proofs if proof.criterion == code], employer, day) for code, one in demand.criteria().items())
    since = demand.counts_from(day)
    return Standing(held, sum(since <= one <= day for one in judged), demand.barred_until(judged, day))


def _held(criterion, proofs, employer, day):
    good = [one for one in proofs if holds(one, day)]
    if good:
        return Held(criterion, max(good, key=lambda one: (one.until_on, str(one.pk))), None, False)
    ended = [min(one.until_on, one.refused_on or one.until_on) for one in proofs if one.checked and one.decided_on and one.decided_on <= day]
    since = max((one for one in ended if one <= day), default=today(employer.recorded_at))
    return Held(criterion, None, since, any(one.state == ProofState.ENTERED for one in proofs))


def valid_on(rows, day):
    """Return those of these employers that are 五有 on a day, past or present, by their evidence and complaints."""
    for code in demand.criteria():
        good = Proof.objects.filter(employer=OuterRef("pk"), criterion=code, decided_on__lte=day, on__lte=day, until_on__gt=day).exclude(checked="")
        rows = rows.filter(Exists(good.filter(Q(refused_on=None) | Q(refused_on__gt=day))))
    judged = Complaint.objects.filter(employer=OuterRef("pk"), state=ComplaintState.JUSTIFIED, judged_on__gte=demand.counts_from(day), judged_on__lte=day)
    counted = judged.order_by().values("employer").annotate(n=Count("pk")).values("n")
    return rows.annotate(justified=Coalesce(Subquery(counted), 0)).filter(justified__lt=demand.in_force(day).complaints)


def valid_now(day):
    """Return the Q of employers that are 五有 on a day not before their last change, by what stands beside them."""
    return Q(valid_from_on__lte=day, valid_to_on__gt=day) & (Q(barred_to_on=None) | Q(barred_to_on__lte=day))


def faults(day):
    """Yield (employer, column, is, should) of what stands beside an employer and does not follow from its evidence and complaints."""
    for employer in Employer.objects.order_by("pk").iterator(chunk_size=500):
        now = standing_of(employer, day)
        should = now.valid
        stands = Employer.objects.filter(valid_now(day), pk=employer.pk).exists()
        if stands != should:
            yield employer.code, "valid", stands, should
