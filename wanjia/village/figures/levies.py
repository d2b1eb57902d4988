"""Projects for which a village asked money and labour as figures count them: those whose homes became due in the year up to a day, with what came and went by then."""

from pathlib import Path

from django.db.models import BigIntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from wanjia.reporting.figures.dated import counted, facts, holds
from wanjia.reporting.figures.population import Population

from ..levies.rules import visible_levies
from ..models import Levy, LevyLabour, LevyPayment, LevySpend

HERE = Path(__file__).parent


def _summed(rows, path, column):
    """Return the sum of a column of rows that belong to a project."""
    total = rows.filter(**{path: OuterRef("pk")}).order_by().values(path).annotate(n=Sum(column)).values("n")
    return Coalesce(Subquery(total, output_field=BigIntegerField()), 0)


def levies_on(rows, day, today):
    """Return the projects whose homes became due in the year up to a day, with whether they were accepted by then, what came (fen), days worked, what was spent (fen)."""
    day = day or today
    rows = rows.filter(charged_on__year=day.year, charged_on__lte=day)
    return rows.annotate(
        f_done=holds(Q(done_on__isnull=False, done_on__lte=day)), came=_summed(LevyPayment.objects.filter(day__lte=day), "share__levy", "fen"), worked=_summed(LevyLabour.objects.filter(day__lte=day), "share__levy", "days"),
        spent=_summed(LevySpend.objects.filter(paid_on__lte=day), "levy", "fen"),
    )  # fmt: skip


POPULATIONS = [Population("levies", HERE / "levies.toml", Levy, counted(Levy, visible_levies, "village_id"), "village_id", few=("done",), facts=facts("done"), as_of=levies_on)]
