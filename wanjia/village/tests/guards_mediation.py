"""Each CHECK and each unique constraint of mediation, met by name: the row that it refuses."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY
from wanjia.village.models import MediationAgreement, MediationCase, MediationHome, MediationParty, MediationRecord, MediationTerm

from .mediation_factories import DAY, applied, drawn, party_of, peopled, ready, sealed, taken

BEFORE = DAY - timedelta(days=1)


def _case(make, **facts):
    return lambda world: MediationCase.objects.filter(pk=make(world).pk).update(**facts)


def _agreement(make, **facts):
    return lambda world: MediationAgreement.objects.filter(case=make(world)).update(**facts)


def _party(**facts):
    return lambda world: MediationParty.objects.filter(case=peopled(world)).update(**facts)


def _record(world, **facts):
    return MediationRecord(case=taken(world), **{"kind": "inquiry", "day": DAY, "words": "问了邻居", "written_at": MONDAY} | facts).save(force_insert=True)


def _by_one_hand(world):
    return MediationAgreement.objects.filter(case=sealed(world)).update(drawn_by=world.mediator2)


def _second_agreement(world):
    one = sealed(world).agreement
    return MediationAgreement(
        case=taken(world), village=world.datong, year=one.year, serial=one.serial, written=True, due_on=DAY, drawn_on=DAY, mediator_signed=True, valid_on=DAY, disputed="事", liable="责", manner="做",
    )  # fmt: skip


CHECKS = {
    "a_dispute_has_two_people": _case(taken, people=1),
    "mediation_ended_on_a_day": _case(taken, ended_on=DAY),
    "mediation_withdrawn_with_why": _case(taken, why_ended="stopped"),
    "mediator_chosen_somehow": _case(ready, chosen=""),
    "agreed_with_a_mediator": _case(sealed, mediator=None, chosen="", chosen_on=None),
    "party_told_somehow": _party(told_on=DAY),
    "party_signed_somehow": _party(signed_by="by_hand"),
    "only_danger_is_reported": lambda w: _record(w, told_at=MONDAY),
    "recheck_says_what_is_kept": lambda w: _record(w, kind="recheck"),
    "agreement_valid_by_number": _agreement(drawn, valid_on=DAY),
    "agreement_sealed_by_another": _by_one_hand,
    "court_asked_of_what_is_valid": _agreement(sealed, applied_on=BEFORE),
    "court_answers_what_was_asked": _agreement(applied, court_word="court_confirmed"),
    "term_done_on_a_day": lambda w: MediationTerm.objects.filter(agreement__case=drawn(w)).update(done=True),
}
ONCE = {
    "mediation_numbered_once": lambda w: MediationCase(village=w.datong, year=2026, serial=taken(w).serial, kind="debt", source="asked", taken_on=DAY, people=2, facts="借款", taken_at=MONDAY),
    "party_stands_once": lambda w: MediationParty(case=(one := party_of(peopled(w))).case, side="side_third", n=1, person=one.person),
    "party_numbered_once": lambda w: MediationParty(case=party_of(peopled(w)).case, side="side_one", n=1, name="另一个"),
    "home_on_one_side_of_the_table": lambda w: MediationHome(case=(case := ready(w)), home=case.homes.filter(of_mediator=False).first().home, of_mediator=True),
    "agreement_numbered_once": _second_agreement,
    "term_numbered_once": lambda w: MediationTerm(agreement=drawn(w).agreement, n=1, words="再做一件", due_on=DAY),
}
