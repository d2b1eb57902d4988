"""What helpers bring: the list in the menu, whose records are to be looked at, the figures."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.kinds import Place

from ..duties import Duty
from ..figures.vetting import HELPERS
from ..helpers import queries, rules, workbook

PLACES = [Place("care:helpers", "users", _("帮扶人和志愿队"), "care", 20, rules.SEES, acts=("/care/teams/*", "/care/members/*"), often=(Duty.KEEP_HELPERS, Duty.VET_HELPERS))]
QUEUES = [queries.queue]
POPULATIONS = [HELPERS]
IMPORTS = [workbook.IMPORT]
