"""Children who are to have somebody, as figures count them: on a day, and whether somebody accompanied them then."""

from pathlib import Path

from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from wanjia.reporting.figures.population import Population

from ..children.rules import barred, knows_all
from ..models import Entitled, Pair
from ..pairing import rules


def entitled_on(rows, day, today):
    """Return the children who were to have somebody on `day` (None: now, which is on `today`): `f_paired`, `f_alone`, `f_late` (without anybody past their day).
    Whoever is barred from children is nobody's company.
    """
    day = day or today
    live = Exists(Pair.objects.on(day).exclude(helper__in=barred(day)).filter(child=OuterRef("child")))
    there = rows.filter(Q(to_on=None) | Q(to_on__gt=day), since_on__lte=day)
    late = Case(When(Q(f_paired=False, due_on__lt=day), then=Value(True)), default=Value(False))
    return there.annotate(f_paired=live, f_alone=F("alone")).annotate(f_late=late)


ENTITLED = Population(
    "entitled", Path(__file__).with_suffix(".toml"), Entitled, rules.visible_entitled, "child__village_id", few=("alone",),
    facts={name: (name, "") for name in ("paired", "alone", "late")}, as_of=entitled_on, whom="child", circle=knows_all,
)  # fmt: skip
