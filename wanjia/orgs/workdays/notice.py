"""Read the State Council's yearly notice as people have it: lines of date, 休 or 班, name. Nothing is written here."""

import re
from datetime import date, timedelta

from django.utils.translation import gettext as _

from wanjia.kernel.models import CalendarDay
from wanjia.verdict import Refused

REST = {"休", "放假", "休息", "0", "rest"}
WORK = {"班", "上班", "补班", "调休上班", "1", "work"}
DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
LONGEST_DAYS = 15


def read(text, source):
    """Return CalendarDay rows from lines such as `2027-01-01,休,元旦` or `2027-10-01至2027-10-07 休 国庆节`.

    Raises Refused with the line and what is wrong.
    """
    days = {}
    for number, line in enumerate(text.strip().splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith(("#", "日期")):
            continue
        for day, works, name in _line(line, number):
            if day in days and days[day].works != works:
                raise Refused(_("第 %(row)s 行与前面矛盾:%(day)s 既放假又上班。") % {"row": number, "day": day})
            days[day] = CalendarDay(day=day, works=works, name=name, source=source)
    if not days:
        raise Refused(_("没有读到日期。每行写一天,例如:2027-01-01,休,元旦。"))
    return sorted(days.values(), key=lambda row: row.day)


def _line(line, number):
    found = [_day(match, number) for match in DAY.finditer(line)]
    words = [word for word in re.split(r"[\s,,;;\t]+", DAY.sub(" ", line)) if word and word not in "至到-—~"]
    works = _works(words)
    if not 1 <= len(found) <= 2 or works is None:
        raise Refused(_("第 %(row)s 行看不懂:“%(line)s”。请写成:日期,休或班,名称。") % {"row": number, "line": line[:60]})
    span = (found[-1] - found[0]).days
    if not 0 <= span < LONGEST_DAYS:
        raise Refused(_("第 %(row)s 行的起止日期不对。") % {"row": number})
    name = next((word for word in words if word not in REST | WORK), "调休上班" if works else "放假")[:30]
    return [(found[0] + timedelta(days=offset), works, name) for offset in range(span + 1)]


def _day(match, number):
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        raise Refused(_("第 %(row)s 行的日期 %(day)s 不存在。") % {"row": number, "day": match.group()}) from None


def _works(words):
    said = {word in WORK for word in words if word in REST | WORK}
    return said.pop() if len(said) == 1 else None
