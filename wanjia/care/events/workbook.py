"""Today's spreadsheet of events (活动台账): columns with the spellings that offices use, and what each row becomes, by the one act that enters an event afterwards.

A row is judged before anything is written: its day, its counts, whether the same event stands with other facts. One that changed meanwhile is sent back, and the others are written.
"""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from wanjia.doors.terminal import FIRST_DAY
from wanjia.registry.importing.brought import Import, row_by_row
from wanjia.registry.workbooks.columns import IN_VILLAGE
from wanjia.registry.workbooks.judging import AsSaid, InItsVillage
from wanjia.sheets.rules import IdenticalRow
from wanjia.sheets.template import Column, Template
from wanjia.sheets.values import DATE, NUMBER, TEXT

from ..duties import Duty
from ..models import Event
from .commands import MOST, record_event

SENTENCES = {
    "event.year": ("日期不对,请核对年份。", "This is no possible day: please check the year."),
    "event.count": ("户数、学生数写整数,不超过 {detail}。", "Homes and children are whole numbers of {detail} at most."),
    "event.twice": ("这一天这个村已经有同名的活动,内容不一样。请在页面上核对。", "An event of this name stands in this village on this day with other facts. Please look at it on its page."),
}  # fmt: skip
COUNTS = ("参加户数", "参加学生数")
COLUMNS = (
    Column("活动名称", TEXT, ("活动", "名称", "活动主题", "主题"), required=True, longest=60),
    Column("活动日期", DATE, ("日期", "时间", "活动时间", "举办日期"), required=True, past=True),
    IN_VILLAGE,
    Column("活动地点", TEXT, ("地点", "举办地点"), required=True, longest=80),
    Column("主办联办单位", TEXT, ("主办单位", "主办、联办单位", "举办单位", "联办单位", "单位"), longest=200),
    Column("参加户数", NUMBER, ("户数", "家庭数", "参加家庭"), required=True),
    Column("参加学生数", NUMBER, ("学生数", "学生人数", "参加学生", "孩子数"), required=True),
)
BOOK = Template("events", COLUMNS, (InItsVillage, IdenticalRow, AsSaid), own=SENTENCES)


FIELDS = {"活动名称": "name", "活动日期": "day", "活动地点": "venue", "主办联办单位": "hosts_told", "参加户数": "more_homes", "参加学生数": "more_children"}


def look(_actor, _day):
    """Return (values, village code) → what stands against a row, for the judge."""
    seen = {}

    def against(values, code):
        counts = {column: Decimal(values[column]) for column in COUNTS}
        yield from (("event.count", column, MOST) for column, n in counts.items() if n != int(n) or not 0 <= n <= MOST)
        day = date.fromisoformat(values["活动日期"])
        if day < FIRST_DAY:
            yield "event.year", "活动日期", ""
        facts = {field: values.get(column) or "" for column, field in FIELDS.items()} | {"day": day} | {FIELDS[column]: int(n) for column, n in counts.items()}
        same = {"area": code, "name": facts["name"], "day": day}
        if code and (seen.setdefault(tuple(same.values()), facts) != facts or Event.objects.filter(**same).exclude(**facts).exists()):
            yield "event.twice", "活动名称", ""

    return against


IMPORT = Import(**row_by_row(BOOK, Event, record_event, FIELDS, place="area"), look=look, words=_("关爱活动"), duty=Duty.HOLD_EVENTS)
