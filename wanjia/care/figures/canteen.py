"""Each elder at each meal, as figures count them: of the year of a day, up to it."""

from pathlib import Path

from wanjia.reporting.figures.population import Population

from ..canteen import rules
from ..models import Serving
from .days import servings_on

SERVINGS = Population(
    "servings", Path(__file__).with_name("servings.toml"), Serving, rules.visible_servings, "meal__canteen__area_id", few=("state",), facts={"state": ("state", "")}, as_of=servings_on,
)  # fmt: skip
