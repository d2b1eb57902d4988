"""What the labour register brings to the pages of the house."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.kinds import Place
from wanjia.kernel.brings import Check

from .campaign import population as campaign
from .figures import population as figures
from .monthly import bulletin
from .tallying import checking, tasks

POPULATIONS = [figures.WORKERS, campaign.DEPARTURES]
BULLETINS = [bulletin.BULLETIN]
PLACES = [
    Place("labour:board", "chart", _("转移就业看板"), "figures", 12, figures.LOOKS, by_area=True),
    Place("labour:monthly", "file", _("转移就业月报"), "figures", 14, figures.LOOKS, by_area=True),
]
TICKS = [(tasks.tick, tasks.is_due)]
CHECKS = [Check("labour", checking.faults, rank=62, counted=("labourers", "名劳动力", checking.counted))]
