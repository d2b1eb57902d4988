"""The working days, held against the changes that wrote them, and each change against its lines: a promise counts by these rows.

A line bears a digest of its change's days. An older one says only how many days there were and of which years; its change is held
to that, and the days of a change that older versions did not keep cannot be known: those years are let be, but for what a later line
says of them. Such a line of the published calendar is read from the calendar that ships with the product, where the count agrees.
A day without a line is no fault where it says what that calendar says; any other is.
"""

from wanjia.kernel.calendar import seed_days
from wanjia.kernel.models import CalendarDay, Entry
from wanjia.orgs.models import DayChange, digest
from wanjia.orgs.workdays.queries import WRITES, WRITTEN

from .reading import against, live_rows

COLUMNS = ("day", "works", "name", "source")
WORDS = {True: "班", False: "休"}


def faults(_day):
    """Yield (what, column, is, should) for each change and each day that is otherwise than the lines say."""
    table = _Table()
    changes = {str(pk): days for pk, days in DayChange.objects.order_by().values_list("pk", "days")}
    asked = {}
    lines = Entry.objects.filter(subject__in=WRITTEN, act__in=(*WRITES, "orgs.propose_workdays")).order_by("seq")
    for line in lines.iterator(chunk_size=1000):
        if line.subject == "kernel.calendarday":
            table.before_changes(line)
        elif line.subject_id not in changes:
            yield f"change {line.subject_id}", "change", "gone", "what the journal saw asked for"
            table.doubt(line.detail.get("years", ()))
        else:
            days = changes[line.subject_id]
            if line.act == "orgs.propose_workdays":
                asked[line.subject_id] = digest(line.detail["days"])
            else:
                table.write({day: dict(zip(COLUMNS, (day, *rest))) if rest[0] is not None else None for day, *rest in days})
            yield from _otherwise(line, days, asked.get(line.subject_id))
    yield from against("day", live_rows(CalendarDay, COLUMNS), table.told, lets_be=table.needs_no_line)


def _otherwise(line, days, asked):
    """Yield where a change says other days than its line: by the digest, the days that were asked for, or the count."""
    should = line.detail.get("digest", asked)
    if should is not None:
        if digest(days) != should:
            yield f"change {line.subject_id}", "days", digest(days), should
        return
    is_, told = [len(days), _years(days)], [line.detail["days"], line.detail["years"]]
    if len(days) == 1 and days[0][1] is not None:
        is_, told = [*is_, WORDS[days[0][1]]], [*told, line.after]
    if is_ != told:
        yield f"change {line.subject_id}", "days", is_, told


def _years(days):
    return sorted({int(day[:4]) for day, *_rest in days})


class _Table:
    """The table as the lines leave it: {day: its columns, or None where it was taken out}; the years of which they leave it open."""

    def __init__(self):
        self.told, self.open = {}, set()
        self.published = {day.day.isoformat(): day.works for day in seed_days()}

    def write(self, days):
        """Take days as a change wrote them."""
        self.told |= days

    def doubt(self, years):
        """Leave some years open: their days were written over, nobody knows which."""
        self.open |= set(years)
        self.told = {day: said for day, said in self.told.items() if int(day[:4]) not in years}

    def before_changes(self, line):
        """Take a line of the versions that kept no change: it names one day, or the first of many and how many there were."""
        if line.act == "orgs.keep_workday":
            self.write({line.subject_id: {"works": line.detail["works"]}})
        elif line.act == "orgs.clear_workday":
            self.write({line.subject_id: None})
        else:
            years = set(line.detail["years"])
            missing = {day: {"works": works} for day, works in self.published.items() if int(day[:4]) in years and self.told.get(day) is None}
            known = line.act == "orgs.load_published_workdays" and len(missing) == line.detail["days"] and not years & self.open
            self.write(missing) if known else self.doubt(years)

    def needs_no_line(self, day, row):
        """Tell whether a day may stand there without a line; one that a line took out of the table may not."""
        return day not in self.told and (int(day[:4]) in self.open or self.published.get(day) == row["works"])
