"""Today's spreadsheet of events (活动台账): columns with the spellings that offices use, and what each row becomes, by the one act that enters an event afterwards.

A row is judged before anything is written: its day, its counts, whether the same event stands with other facts. One that changed meanwhile is sent back, and the others are written.
"""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from wanjia.doors.terminal import FIRST_DAY
from wanjia.orgs.models import Area
from wanjia.registry.importing.brought import Import
from wanjia.registry.workbooks.columns import IN_VILLAGE
from wanjia.registry.workbooks.judging import InItsVillage
from wanjia.sheets.rules import IdenticalRow
from wanjia.sheets.template import Column, Template
from wanjia.sheets.values import DATE, NUMBER, TEXT

from ..duties import Duty
from ..models import Event
from ..workbooks import AsSaid, writing
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


def _facts(said):
    """Return what a row says, as `record_event` is asked."""
    more_homes, more_children = (int(Decimal(said[column])) for column in COUNTS)
    told = {"name": said["活动名称"], "day": date.fromisoformat(said["活动日期"]), "venue": said["活动地点"], "hosts_told": said.get("主办联办单位") or ""}
    return told | {"more_homes": more_homes, "more_children": more_children}


def look(_actor, _day):
    """Return (values, village code) → what stands against a row, for the judge."""
    seen = {}

    def against(values, code):
        for column in COUNTS:
            n = Decimal(values[column])
            if n != int(n) or not 0 <= n <= MOST:
                yield "event.count", column, MOST
        facts = _facts(values)
        if facts["day"] < FIRST_DAY:
            yield "event.year", "活动日期", ""
        same = {"area": code, "name": facts["name"], "day": facts["day"]}
        if code and (seen.setdefault(tuple(same.values()), facts) != facts or Event.objects.filter(**same).exclude(**facts).exists()):
            yield "event.twice", "活动名称", ""

    return against


def _there(row, _by, _at):
    """Return (the place of a row or None, whether the event stands there as the row says)."""
    area = Area.objects.filter(pk=row.village_code).first()
    return area, area is not None and Event.objects.filter(area=area, **_facts(row.content)).exists()


def _take(row, by, at):
    record_event(area=Area.objects.get(pk=row.village_code), **_facts(row.content), by=by, at=at)


apply, tell = writing(_take, _there, ("rows_new", "rows_same", "rows_gone"))

IMPORT = Import(
    BOOK, _("关爱活动"), apply, tell, look=look, quiet=frozenset({"rows_same", "rows_gone"}), duty=Duty.HOLD_EVENTS,
    counts={"rows_new": _("新写入的行"), "rows_same": _("已有的行"), "rows_gone": _("核对以后变了、不写入的行")},
)  # fmt: skip
