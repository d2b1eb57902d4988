"""What markets, fairs and outreach bring to the pages of the house: gathered in brings.py."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from wanjia.doors.kinds import Notice, Place

from .day_markets.queries import owing
from .day_markets.queries import queue as day_queue
from .day_states import DayState, WaitingState
from .duties import Duty

PLACES = [
    Place("labour:markets", "list", _("零工市场"), "work", 88, (Duty.KEEP_MARKETS,), short=_("零工"), hand=66),
]

QUEUES = [day_queue]

NOTICES = [
    Notice(owing, ngettext_lazy("有 %(n)s 个人到了结算的日子还没有结清工钱", "有 %(n)s 个人到了结算的日子还没有结清工钱", "n"), "labour:markets", where="desk", tone="bad", icon="alarm", rank=20),
]

TONES = [
    (DayState.ARRIVED, "blue"), (DayState.PAID, "green"), (DayState.UNPAID, "red"), (DayState.ABSENT, "grey"), (DayState.CALLED_OFF, "grey"),
    (WaitingState.GONE, "grey"),
]  # fmt: skip
