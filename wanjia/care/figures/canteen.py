"""Each elder at each meal, as figures count them: of the year of a day, up to it."""

from pathlib import Path

from wanjia.reporting.figures.population import Population

from ..canteen import rules
from ..models import Serving
from .days import in_the_year

SERVINGS = Population(
    "servings", Path(__file__).with_name("servings.toml"), Serving, rules.visible_servings, "meal__canteen__area_id", few=("state",), as_of=in_the_year("meal__"),
)  # fmt: skip
