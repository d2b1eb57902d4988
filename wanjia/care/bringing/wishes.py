"""What wishes and gifts bring: places in the menu, queues, the clock's look at claims, figures, tones, lines, the workbook."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.kinds import Place
from wanjia.kernel.brings import Line

from .. import retaining
from ..duties import Duty
from ..figures.wishes import GIFTS, WISHES
from ..gifts import queries as gifts
from ..wishes import commands, queries, rules, workbook

PLACES = [
    Place("care:wishes", "star", _("微心愿"), "care", 40, rules.SEES, acts=("/care/wishes/*", "/care/wish-money/*")),
    Place("care:gifts", "inbox", _("物资发放"), "care", 44, (Duty.KEEP_GIFTS,), acts=("/care/gifts/*", "/care/gift-rows/*"), often=()),
]
QUEUES = [queries.queue, gifts.queue]
TIMERS = [commands.watch]
TONES = [
    ("collected", "orange"), ("wish_rejected", "grey"), ("wish_published", "blue"), ("claimed", "blue"), ("released", "orange"), ("wish_delivered", "orange"), ("wish_confirmed", "green"),
    ("wish_archived", "grey"), ("sizing", "orange"), ("gifts_ordered", "blue"), ("handing_out", "blue"), ("gifts_closed", "grey"), ("on_list", "grey"), ("gift_given", "green"), ("left_school", "grey"),
]  # fmt: skip
POPULATIONS = [WISHES, GIFTS]
PRUNED = [("wish_misses", queries.old_misses)]
LINES = [
    Line("wish.warn", _("认领快到期"), (Duty.GATHER_WISHES, Duty.JUDGE_WISHES)), Line("wish_slip.miss", _("认领条编码输错"), ()),
]  # fmt: skip
IMPORTS = [workbook.IMPORT]
RETAINED = [retaining.CLAIMS]
