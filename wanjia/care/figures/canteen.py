"""Each elder at each meal, as figures count them: of the year of a day, up to it."""

from pathlib import Path

from wanjia.reporting.figures.population import Population

from ..canteen import rules
from ..models import Serving
from .years import in_year


def servings_on(rows, day, today):
    """Return the servings of meals of the year of `day` (None: now, which is on `today`) up to it, each as the list of its own meal has it."""
    return rows.filter(**in_year("meal__day", day or today))


SERVINGS = Population("servings", Path(__file__).with_name("servings.toml"), Serving, rules.visible_servings, "meal__canteen__area_id", few=("state",), as_of=servings_on)
