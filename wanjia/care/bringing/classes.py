"""What classes bring: the place in the menu, the alarm at the head of every page, the queue, the figures."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from wanjia.doors.kinds import Notice, Place

from .. import retaining
from ..classes import commands, queries, rules, workbook
from ..duties import Duty
from ..figures.classes import PRESENCES, SESSIONS

PLACES = [Place("care:classes", "school", _("四点半、周末课堂"), "care", 60, rules.HOLDS, acts=("/care/sessions/*", "/care/presences/*", "/care/collectors/*"), often=(Duty.KEEP_CLASSES,))]
QUEUES = [queries.queue]
_ALARM = ngettext_lazy("课堂有 %(n)s 处要马上处理:孩子没到、没人接、有人报错接送码,或者没有点名", "课堂有 %(n)s 处要马上处理:孩子没到、没人接、有人报错接送码,或者没有点名", "n")
NOTICES = [Notice(queries.alarmed, _ALARM, "care:classes", where="desk", tone="bad", icon="alarm", rank=3)]
TONES = [("waits_seat", "orange"), ("in_class", "green"), ("out_of_class", "grey"), ("session_open", "blue"), ("session_closed", "green"), ("expected", "grey"),
         ("present", "blue"), ("excused", "grey"), ("not_here", "red"), ("found", "orange"), ("fetched", "green")]  # fmt: skip
POPULATIONS = [SESSIONS, PRESENCES]
AFTER_PEOPLE = [commands.follow]
IMPORTS = [workbook.IMPORT]
RETAINED = [retaining.COLLECTORS]
