"""Who helps, as figures count them: in office on a day, and whether the last query of records up to that day let them be near children."""

from pathlib import Path

from django.db.models import Exists, OuterRef

from wanjia.reporting.figures.population import Population

from ..helpers import rules
from ..models import Helper


def helpers_on(rows, day, today):
    """Return the helpers in office on `day` (None: now, which is on `today`); `f_clear`: whether they might be near children, by the one rule that says so."""
    day = day or today
    clear = Helper.objects.filter(rules.clear_on(day), pk=OuterRef("pk"))
    return rows.filter(pk__in=Helper.objects.on(day).values("pk")).annotate(f_clear=Exists(clear))


HELPERS = Population(
    "helpers", Path(__file__).with_name("helpers.toml"), Helper, rules.visible_helpers, "organisation__area_id", facts={"clear": ("clear", "")}, as_of=helpers_on,
)  # fmt: skip
