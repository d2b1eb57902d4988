"""What helpers bring: the list in the menu, whose records are to be looked at, the figures."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from wanjia.doors.kinds import Place
from wanjia.reporting.figures.population import Population

from ..helpers import queries, rules, workbook
from ..helpers.populations import as_of
from ..models import Helper

PLACES = [Place("care:helpers", "users", _("帮扶人和志愿队"), "care", 20, rules.SEES, acts=("/care/teams/*", "/care/members/*"))]
QUEUES = [queries.queue]
FIGURES = Path(__file__).parents[1] / "helpers" / "figures.toml"
POPULATIONS = [Population("helpers", FIGURES, Helper, rules.visible_helpers, "organisation__area_id", facts={"clear": ("clear", "")}, as_of=as_of)]
IMPORTS = [workbook.IMPORT]
