"""What markets, fairs and outreach bring to the pages of the house: gathered in brings.py."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from wanjia.doors.kinds import Notice, Place
from wanjia.kernel.brings import Check
from wanjia.orgs.delivery.kinds import About
from wanjia.reporting.figures.population import Population

from .. import retaining
from ..day_markets import queries as days
from ..day_markets.rules import visible_markets, visible_orders, visible_works
from ..duties import Duty
from ..fairs.rules import visible_registrations
from ..models import DayOrder, DayWork, Market, Reached, Registration
from ..outreach import queries as outreach
from ..outreach.commands import ABOUT
from ..outreach.rules import ANSWERS, visible_reached

HERE = Path(__file__).parents[1]
DAYS = HERE / "day_markets"

PLACES = [
    Place("labour:markets", "users", _("零工市场"), "labour", 34, (Duty.KEEP_MARKETS,), acts=("/labour/day-orders/*", "/labour/day-works/*", "/labour/cards/*"), short=_("零工"), hand=66),
    Place("labour:fairs", "calendar", _("招聘会"), "labour", 36, (Duty.KEEP_MARKETS,), acts=("/labour/stalls/*", "/labour/registrations/*"), often=()),
    Place("labour:outreaches", "send", _("岗位推送"), "labour", 38, ANSWERS, acts=("/labour/reached/*",), often=()),
]

QUEUES = [days.queue, outreach.queue]

_OWED = ngettext_lazy("有 %(n)s 个人到了结算的日子还没有结清工钱", "有 %(n)s 个人到了结算的日子还没有结清工钱", "n")
NOTICES = [Notice(days.owing, _OWED, "labour:markets", where="desk", tone="bad", icon="alarm", rank=20)]

TONES = [
    ("arrived", "blue"), ("paid", "green"), ("unpaid", "red"), ("absent", "grey"), ("called_off", "grey"), ("gone", "grey"), ("planned_out", "orange"), ("sent_out", "green"),
    ("dropped_out", "grey"), ("signed", "blue"), ("offered", "orange"), ("started", "green"),
]  # fmt: skip

POPULATIONS = [
    Population("markets", DAYS / "markets.toml", Market, visible_markets, "area_id"),
    Population("day_orders", DAYS / "day_orders.toml", DayOrder, visible_orders, "market__area_id"),
    Population("day_works", DAYS / "day_work.toml", DayWork, visible_works, "order__market__area_id", few=("state",)),
    Population("registrations", HERE / "fairs" / "figures.toml", Registration, visible_registrations, "stall__fair__area_id", few=("state",)),
    Population("reached", HERE / "outreach" / "figures.toml", Reached, visible_reached, "worker__village_id", few=("answer", "student")),
]  # fmt: skip

MESSAGES = [About(ABOUT, _("请转告岗位信息(人)"), "labour:outreaches")]

CHECKS = [Check("day_order", days.faults, rank=62)]

RETAINED = [retaining.DAY_WORK, retaining.CARDS]
