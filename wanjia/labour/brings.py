"""What the labour register brings to the pages of the house."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.kinds import Place
from wanjia.kernel.brings import Check

from .campaign.population import DEPARTURES
from .figures.population import LOOKS, WORKERS
from .monthly.bulletin import BULLETIN
from .tallying import checking, tasks

POPULATIONS = [WORKERS, DEPARTURES]
BULLETINS = [BULLETIN]
PLACES = [
    Place("labour:board", "chart", _("转移就业看板"), "figures", 12, LOOKS, by_area=True),
    Place("labour:monthly", "file", _("转移就业月报"), "figures", 14, LOOKS, by_area=True),
]
TICKS = [(tasks.tick, tasks.is_due)]
CHECKS = [Check("labour", checking.faults, rank=62, counted=("labourers", "名劳动力", checking.counted))]
