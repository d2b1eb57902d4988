"""What the rooms that have stood longest put on the board; the places of board and year in the menu."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.kinds import Place
from wanjia.reporting.posted import Section

from ..board import sections
from ..duties import Duty

PLACES = [
    Place("village:village_boards", "eye", _("公开栏"), "village", 60, (Duty.SEE_VILLAGE,), often=()),
    Place("village:village_year", "chart", _("一年的数"), "village", 62, (Duty.SEE_VILLAGE,), by_area=True, often=(), acts=("/village/year/?*",)),
]
BOARD = [
    Section("objecting", _("正在公示,可以提意见"), 10, sections.open_to_objection),
    Section("decided", _("定了什么,办得怎样"), 20, sections.decided),
    Section("meetings", _("开会"), 30, sections.meetings),
    Section("votes", _("户表决"), 40, sections.votes),
    Section("points", _("积分和爱心超市"), 50, sections.points),
    Section("bodies", _("谁在管事"), 90, sections.bodies),
]
