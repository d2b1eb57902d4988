"""What the figures of the register bring: the populations that are counted, the board, the monthly table, the sums that are kept."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.kinds import Place
from wanjia.kernel.brings import Check

from ..duties import Duty
from ..figures import population as figures
from ..hundred_days import population as hundred_days
from ..monthly import bulletin
from ..tallying import checking, tasks

POPULATIONS = [figures.WORKERS, hundred_days.DEPARTURES]
BULLETINS = [bulletin.BULLETIN]
PLACES = [
    Place("labour:board", "chart", _("转移就业看板"), "labour", 5, figures.LOOKS, by_area=True, short=_("看板"), hand=82),
    Place("labour:monthly", "file", _("转移就业月报"), "labour", 7, figures.LOOKS, by_area=True, often=(Duty.LOAD_LABOUR,)),
    Place("labour:pillars", "chart", _("四有"), "labour", 9, figures.LOOKS, by_area=True, often=()),
]
TICKS = [(tasks.tick, tasks.is_due)]
CHECKS = [Check("labour", checking.faults, rank=62, counted=("labourers", "名劳动力", checking.counted))]
