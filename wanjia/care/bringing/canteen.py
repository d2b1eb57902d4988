"""What canteens bring: the places in the menu, the alarm on the desk, the clock's round, the figures."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from wanjia.doors.kinds import Notice, Place

from .. import retaining
from ..canteen import commands, queries, tasks, workbook
from ..duties import Duty
from ..figures.canteen import SERVINGS

PLACES = [
    Place("care:canteens", "home", _("爱心食堂"), "care", 70, (Duty.KEEP_CANTEEN,), acts=("/care/meals/*", "/care/servings/*", "/care/diners/*")),
    Place("care:missed", "phone", _("没来吃饭的老人"), "care", 72, (Duty.KEEP_CANTEEN,), often=()),
]
QUEUES = [queries.queue]
_ALARM = ngettext_lazy("食堂有 %(n)s 处要马上处理:老人没来吃饭,或者没有开饭记录", "食堂有 %(n)s 处要马上处理:老人没来吃饭,或者没有开饭记录", "n")
NOTICES = [Notice(queries.alarmed, _ALARM, "care:canteens", where="desk", tone="bad", icon="alarm", rank=4)]
TONES = [("meal_planned", "grey"), ("ate", "green"), ("brought", "green"), ("meal_off", "grey"), ("meal_missed", "red"), ("meal_reached", "orange"), ("meal_open", "blue"),
         ("meal_closed", "green")]  # fmt: skip
TICKS = [(tasks.tick, tasks.is_due)]
POPULATIONS = [SERVINGS]
AFTER_PEOPLE = [commands.follow]
IMPORTS = [workbook.IMPORT]
RETAINED = [retaining.DINERS, retaining.CALLS]
