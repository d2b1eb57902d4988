"""Today's spreadsheet of events (活动台账): columns with the spellings that offices use, and what each row becomes."""

from django.utils.translation import gettext_lazy as _

from wanjia.registry.importing.brought import Import, row_by_row
from wanjia.registry.workbooks.columns import IN_VILLAGE
from wanjia.registry.workbooks.judging import InItsVillage
from wanjia.sheets.rules import IdenticalRow
from wanjia.sheets.template import Column, Template
from wanjia.sheets.values import DATE, NUMBER, TEXT

from ..duties import Duty
from ..models import Event
from .commands import record_event

COLUMNS = (
    Column("活动名称", TEXT, ("活动", "名称", "活动主题", "主题"), required=True, longest=60),
    Column("活动日期", DATE, ("日期", "时间", "活动时间", "举办日期"), required=True, past=True),
    IN_VILLAGE,
    Column("活动地点", TEXT, ("地点", "举办地点"), required=True, longest=80),
    Column("主办联办单位", TEXT, ("主办单位", "主办、联办单位", "举办单位", "联办单位", "单位"), longest=200),
    Column("参加户数", NUMBER, ("户数", "家庭数", "参加家庭"), required=True),
    Column("参加学生数", NUMBER, ("学生数", "学生人数", "参加学生", "孩子数"), required=True),
)
BOOK = Template("events", COLUMNS, (InItsVillage, IdenticalRow))
FIELDS = {"活动名称": "name", "活动日期": "day", "活动地点": "venue", "主办联办单位": "hosts_told", "参加户数": "more_homes", "参加学生数": "more_children"}
IMPORT = Import(**row_by_row(BOOK, Event, record_event, FIELDS, place="area"), words=_("关爱活动"), duty=Duty.HOLD_EVENTS)
