"""What waits of aid by which day, what a calendar makes of that day, and which rungs have fallen due. Counts; writes nothing.

The days are promises as those of needs are: a rung falls due on the morning of a working day (policy/ladder.toml, clock "aid"), the day
moves later only, and never once it has passed (ADR 68).
"""

from wanjia.kernel.calendar import today
from wanjia.policy import aid
from wanjia.policy.ladder import Clock, highest

from ..cuts.days import DONE_BY
from ..models import AidCut, AidRefusal, UrgentAid
from ..states import OPEN_CUTS

CLIMBS = "aid"
WAITING = {
    AidCut: lambda: AidCut.objects.filter(state__in=OPEN_CUTS, due_on__isnull=False),
    AidRefusal: lambda: AidRefusal.objects.filter(served_on=None, due_on__isnull=False),
    UrgentAid: lambda: UrgentAid.objects.filter(papers_on=None),
}
TABS = {AidCut: "open", AidRefusal: "refusals", UrgentAid: "urgent"}
READ = {
    AidCut: ("state", "proposed_at", "step_on", "decided_at", "heard_on"), AidRefusal: ("decided_at",), UrgentAid: ("given_on",),
}  # fmt: skip


def waiting():
    """Yield every row of aid of which a step is due by a day, by kind and key. Three questions; no sealed word is read."""
    for model, rows in WAITING.items():
        yield from rows().only("pk", "village_id", "due_on", "level", "climbed_on", *READ[model]).order_by("pk")


def began_on(row):
    """Return the day from which the step that waits is counted."""
    if isinstance(row, UrgentAid):
        return row.given_on
    if isinstance(row, AidRefusal):
        return today(row.decided_at)
    return row.step_on or (today(row.decided_at) if row.decided_at else row.heard_on or today(row.proposed_at))


def days_of(row):
    """Return how many working days the step that waits has, by the rule of the day on which it began."""
    rule = aid.in_force(began_on(row))
    name = {UrgentAid: "papers", AidRefusal: "refuse"}.get(type(row)) or DONE_BY[row.state]
    return getattr(rule, name)


def moved(row, calendar, day):
    """Return the later day that a calendar makes of the row's, or None: never earlier, and no day that has passed (ADR 68)."""
    if row.due_on < day:
        return None
    new = calendar.add(began_on(row), days_of(row)).on
    return new if new > row.due_on else None


def all_moved(calendar, day):
    """Yield (row, its new day) of everything that a calendar would move."""
    for row in waiting():
        if new := moved(row, calendar, day):
            yield row, new


def reached(row, day, calendar):
    """Return the highest rung above its own that a row has come to on a day; 0 for none, and where no ladder is in force."""
    climbed = dict.fromkeys(range(1, row.level + 1), row.climbed_on)
    return highest(CLIMBS, Clock(began_on(row), row.due_on), climbed, day, calendar)


def wants_a_round(day, calendar):
    """Tell whether a day of aid is to be counted anew, or a rung has fallen due."""
    return any(moved(row, calendar, day) or reached(row, day, calendar) for row in waiting())
