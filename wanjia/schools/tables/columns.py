"""What stands in the four tables: columns of figures, of sums over their rows, and of shares of two of these. rules §h, tables 6-9."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from wanjia.policy.money import yuan
from wanjia.policy.school_bus import seats_for_children

from ..duties import Duty


@dataclass(frozen=True)
class Column:
    """One column. figure: whose rows it counts and opens; summed: (rows, by) → {place: sum} in the place of their number; words, meaning: of a sum, which no definition says.

    part, whole: keys of the columns of which it is the share; child: its rows are about children; shown: number → text.
    """

    key: str
    figure: str = ""
    words: Any = ""
    meaning: Any = ""
    summed: Callable[..., Any] | None = None
    part: str = ""
    whole: str = ""
    child: bool = False
    shown: Callable[..., str] = str


@dataclass(frozen=True)
class Table:
    """One table. number: of rules §h; opens: the duty by which the rows behind its numbers are opened."""

    number: int
    words: Any
    opens: Any
    columns: tuple[Column, ...]


def of_field(field):
    """Return what sums a field of rows by place."""
    return lambda rows, by: dict(rows.order_by().values_list(by).annotate(Sum(field)))


def seats(rows, by):
    """Sum the seats for children of trips by place: a vehicle's seats less the driver's and the attendant's, each trip once."""
    found = {}
    for place, room, n in rows.order_by().values_list(by, "bus__seats").annotate(Count("pk")):
        found[place] = found.get(place, 0) + seats_for_children(room) * n
    return found


TABLES = (
    Table(6, _("护学岗月表"), Duty.SEE_SCHOOLS, (
        Column("due", "gates.due"), Column("came", "gates.came"), Column("unmarked", "gates.unmarked"), Column("came_share", words=_("到岗率"), part="came", whole="due"), Column("stood_in", "gates.stood_in"), Column("open", "gates.open"),
        Column("troubles", "gate_troubles.told"),
    )),
    Table(7, _("隐患台账"), Duty.SEE_VENUES, (
        Column("found", "hazards.found"), Column("mended", "hazards.mended"), Column("open", "hazards.open"), Column("late", "hazards.overdue"), Column("rechecked", "hazards.rechecked"),
        Column("handed", "hazards.handed"),
    )),
    Table(8, _("护学专车"), Duty.SEE_BUSES, (
        Column("trips", "bus_trips.driven"), Column("rides", "bus_rides.ridden", child=True),
        Column("seats", "bus_trips.driven", words=_("座位数(座次)"), meaning=_("每趟车的学生座位相加"), summed=seats),
        Column("load", words=_("满载率"), part="rides", whole="seats", child=True),
        Column("subsidy", "bus_months.drawn", words=_("补助(元)"), meaning=_("当月算好的月结里的补助相加"), summed=of_field("subsidy"), child=True, shown=yuan),
    )),
    Table(9, _("法治副校长"), Duty.SEE_SCHOOLS, (
        Column("schools", "schools.all"), Column("vice", "schools.vice"), Column("vice_share", words=_("覆盖率"), part="vice", whole="schools"), Column("lessons", "law_lessons.held"),
        Column("hours", "law_lessons.held", words=_("课时"), meaning=_("当月法治课的课时相加"), summed=of_field("hours")), Column("met", "schools.hours_met"),
    )),
)  # fmt: skip
OF = {table.number: table for table in TABLES}
