"""Mediation as figures count it: the cases that were taken up in the year, with what became of each by a day. The rows open to mediators alone."""

from pathlib import Path

from django.db.models import Exists, OuterRef, Q

from wanjia.reporting.figures.dated import counted, facts, holds
from wanjia.reporting.figures.population import Population

from ..mediation.rules import visible_cases
from ..mediation_states import CaseState, CourtWord
from ..models import MediationCase, MediationTerm

HERE = Path(__file__).parent


def cases_on(rows, day, today):
    """Return the cases taken up in the year up to a day, with whether each was agreed, kept whole, confirmed, or broke out anew by then."""
    day = day or today
    agreed = Q(state=CaseState.AGREED, ended_on__lte=day)
    undone = MediationTerm.objects.filter(agreement__case=OuterRef("pk")).exclude(done=True, told_on__lte=day)
    again = MediationCase.objects.filter(before=OuterRef("pk"), taken_on__lte=day)
    confirmed = Q(agreement__court_word=CourtWord.CONFIRMED, agreement__court_on__lte=day)
    rows = rows.filter(year=day.year, taken_on__lte=day)
    return rows.annotate(f_agreed=holds(agreed), f_kept=holds(agreed & ~Exists(undone)), f_confirmed=holds(confirmed), f_relapsed=holds(Exists(again)), f_failed=holds(Q(state=CaseState.FAILED, ended_on__lte=day)))


FACTS = ("agreed", "kept", "confirmed", "relapsed", "failed")
POPULATIONS = [
    Population("mediations", HERE / "mediations.toml", MediationCase, counted(MediationCase, visible_cases, "village_id"), "village_id", few=FACTS, facts=facts(*FACTS), as_of=cases_on),
]  # fmt: skip
