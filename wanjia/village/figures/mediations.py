"""Mediation as figures count it: the cases that were taken up in the year, with what became of each by a day. The rows open to mediators alone, and so do small numbers."""

from pathlib import Path

from django.db.models import Exists, OuterRef, Q

from wanjia.indicators.definitions import definition
from wanjia.orgs import scope
from wanjia.orgs.models import STEM_DIGITS, Area
from wanjia.policy import mediation as policy
from wanjia.policy.quarters import days_of, quarter_of
from wanjia.reporting.figures.dated import counted, facts, holds
from wanjia.reporting.figures.population import Population
from wanjia.reporting.figures.queries import by_area, in_area
from wanjia.reporting.published.queries import HIDDEN

from ..duties import Duty
from ..mediation.rules import visible_cases
from ..mediation_states import CaseState, CourtWord
from ..models import MediationCase, MediationTerm

HERE = Path(__file__).parent
BESIDE = {"mediations.failed": "mediations.agreed"}  # of one whole, no case in both: what is in neither is worked out from them


def cases_on(rows, day, today):
    """Return the cases taken up in the year up to a day, with whether each was agreed, kept whole, confirmed, or broke out anew by then."""
    day = day or today
    agreed = Q(state=CaseState.AGREED, ended_on__lte=day)
    undone = MediationTerm.objects.filter(agreement__case=OuterRef("pk")).exclude(done=True, told_on__lte=day)
    again = MediationCase.objects.filter(before=OuterRef("pk"), taken_on__lte=day)
    confirmed = Q(agreement__court_word=CourtWord.CONFIRMED, agreement__court_on__lte=day)
    rows = rows.filter(year=day.year, taken_on__lte=day)
    return rows.annotate(f_agreed=holds(agreed), f_kept=holds(agreed & ~Exists(undone)), f_confirmed=holds(confirmed), f_relapsed=holds(Exists(again)), f_failed=holds(Q(state=CaseState.FAILED, ended_on__lte=day)))


def told_outside(rows, actor, area, day, today):
    """Return rows of figures as whoever does not mediate there is told them: no small number, and none that could be worked out from those of the places below (`policy/mediation.toml`).

    Of past days those alone that end a quarter: any two days side by side would tell on which the one between them came.
    """
    if actor is not None and Area.objects.filter(scope.in_place(actor, area="code", duty=Duty.MEDIATE), pk=area.pk).exists():
        return rows
    if day != today and day != days_of(*quarter_of(day))[1]:
        return [_untold(row) for row in rows]
    counts = by_area(in_area(POPULATIONS[0], area.stem), day, day, 12)
    small, untold = policy.in_force(day).told, set()
    for row in rows:
        whole = definition(row["id"]).of
        cells = {stem: _cell(n, row["id"], whole) for stem, n in counts.items()}
        if whole in untold or _hidden(cells, len(area.stem), lambda cell: any(small(n) is None for n in cell)):
            untold.add(row["id"])
    return [_untold(row) if row["id"] in untold else row for row in rows]


def _untold(row):
    return row | {"n": None, "N": None, "shown": HIDDEN, "percent": None}


def _cell(n, id_, whole):
    """Return what is known of a place to whoever is told a figure: {id: n} there."""
    rest = n[whole] - n[id_] if whole else 0
    return (n[id_], *((n[whole], rest) if whole else ()), *((rest - n[BESIDE[id_]],) if id_ in BESIDE else ()))


def _hidden(cells, digits, small):
    """Tell whether the sum of cells {stem: numbers} may not be told: it is small, or what is told of the parts would leave a small one over."""
    total = tuple(map(sum, zip(*cells.values(), strict=True)))
    if small(total) or digits >= 12:
        return small(total)
    below = min(n for n in STEM_DIGITS.values() if n > digits)
    parts = {}
    for stem, cell in cells.items():
        parts.setdefault(stem[:below], {})[stem] = cell
    kept = [tuple(map(sum, zip(*some.values(), strict=True))) for some in parts.values() if _hidden(some, below, small)]
    return len(kept) == 1 or (bool(kept) and small(tuple(map(sum, zip(*kept, strict=True)))))


FACTS = ("agreed", "kept", "confirmed", "relapsed", "failed")
POPULATIONS = [
    Population("mediations", HERE / "mediations.toml", MediationCase, counted(MediationCase, visible_cases, "village_id"), "village_id", few=FACTS, facts=facts(*FACTS), as_of=cases_on, told=told_outside),
]  # fmt: skip
