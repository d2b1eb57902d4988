"""What each constraint of the demand side refuses: a row that is right but for this, written past the acts (tests/house/test_guards_felt.py)."""

from datetime import timedelta

from ..models import Agreement, Belonging, Complaint, Outpost, Proof, Vacancy, WageClaim
from . import demand_world as d

BEFORE = d.DAY - timedelta(days=1)


def _change(row, **values):
    return type(row).objects.filter(pk=row.pk).update(**values)


CHECKS = {
    "proof_decided_by_another": lambda w: _change(d.proof(w), decided_by=w.clerk),
    "proof_stands_with_its_day": lambda w: d.five(w) and Proof.objects.update(decided_on=None),
    "proof_ends_after_its_day": lambda w: _change(d.proof(w), until_on=d.DAY),
    "complaint_judged_by_another": lambda w: _change(d.complaint(w), judged_by=w.clerk),
    "complaint_judged_with_its_day": lambda w: d.justified(w) and Complaint.objects.update(judged_on=None),
    "vacancy_places_left": lambda w: _change(d.vacancy(w), left=3),
    "vacancy_pay_from_to": lambda w: _change(d.vacancy(w), pay_to=1),
    "vacancy_ends_after_start": lambda w: _change(d.vacancy(w), until_on=d.DAY),
    "vacancy_live_is_confirmed": lambda w: d.live(w) and Vacancy.objects.update(stale_on=None),
    "vacancy_confirmed_by_another": lambda w: _change(d.live(w), confirmed_by=w.clerk),
    "vacancy_withdrawn_with_reason": lambda w: _change(d.live(w), state="withdrawn"),
    "agreement_has_one_party": lambda w: _change(d.pact(w), party=""),
    "agreement_ends_after_start": lambda w: _change(d.pact(w), until_on=d.PACT["from_on"]),
    "agreement_ended_with_reason": lambda w: d.pact(w) and Agreement.objects.update(ended_on=d.DAY),
    "outpost_ends_after_start": lambda w: d.station(w) and Outpost.objects.update(from_on=d.DAY, to_on=BEFORE),
    "belonging_ends_after_start": lambda w: d.belonging(w) and Belonging.objects.update(from_on=d.DAY, to_on=BEFORE),
    "wage_claim_withdrawn_with_reason": lambda w: d.claim(w) and WageClaim.objects.update(withdrawn_because="写错"),
    "wage_claim_owes_something": lambda w: d.claim(w) and WageClaim.objects.update(owes=0),
}
ONCE = {"wages_of_a_day_claimed_once": d.claim, "outpost_once_at_its_host": d.station, "one_station_per_worker": d.belonging}
