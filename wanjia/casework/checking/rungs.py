"""The ladder held against the timelines: each rung once, none early, none at night; each has its line, and each line of the clock its rung.

Days are counted here by another way than the ladder counts them: forward from the first day of the clock, day by day.
"""

import re
from collections import Counter
from datetime import timedelta

from wanjia.kernel.calendar import today
from wanjia.orgs.workdays.hours import in_hours
from wanjia.policy.ladder import in_force
from wanjia.reporting.models import Paper

from ..ladder import queries
from ..ladder.words import LINES
from ..models import Digest, Need, Rung, Step
from ..states import OF_PARTS, Climbs, Level
from .clocks import DAY, Table

LINE_OF = {Level.REMIND: {"reminded"}, Level.URGE: {"urged"}, Level.SUPERVISE: {"supervised"}, Level.RAISE: {"raised", "raise", "raise_desk"}}


def faults(_day):
    """Yield (number, column, is, should) for everything of the ladder that does not follow from its rule, the calendar and the lines."""
    table, before, numbers = Table.load(), {}, dict(Need.objects.filter(pk__in=Rung.objects.values("need")).values_list("pk", "number"))
    lines = {(need, n): (act, at, pk) for need, n, act, at, pk in Step.objects.filter(act__in=LINES).values_list("need", "n", "act", "recorded_at", "pk")}
    told, said, parts = Counter(), set(), set()
    for rung in Rung.objects.order_by("need_id", "clock", "turn", "level").iterator(chunk_size=2000):
        number, key = numbers[rung.need_id], (rung.need_id, rung.n)
        said.add(key)
        told[key] += not rung.passed
        if rung.clock in OF_PARTS and not rung.passed:
            parts.add(key)  # a helper's part has no paper of the need
        act, at, _pk = lines.get(key, ("", None, None))
        if at != rung.at or not (rung.passed or act in LINE_OF[min(rung.level, Level.RAISE)]):
            yield number, f"rung {rung.level}", act or "none", "the line of the act that climbed it"
        if not _of_its_turn(rung):
            yield number, f"rung {rung.level}", rung.turn, "the turn of its clock"
        yield from ((number, f"rung {rung.level}", *fault) for fault in _timed(rung, before, table))
        before[rung.need_id, rung.clock, rung.turn, rung.level] = today(rung.at)
    names = dict(Need.objects.filter(pk__in={need for need, _n in lines.keys() - said}).values_list("pk", "number"))
    for need, n in sorted(lines.keys() - said, key=str):
        yield names[need], f"step {n}", lines[need, n][0], "the rung that it says was climbed"
    for (need, n), count in told.items():
        if count != 1:
            yield numbers[need], f"step {n}", count, "one rung told"
    yield from _papers({key: line for key, line in lines.items() if key not in parts}, numbers)
    yield from _missed(table)


def _of_its_turn(rung):
    """Tell whether a rung bears the turn that its own days tell: moved to another, the clock would climb it again, or never."""
    if rung.clock == Climbs.NEED:
        return re.fullmatch(rf"[a-z]+\.{rung.round}(\.extended)?", rung.turn) is not None
    if rung.clock == Climbs.STEP:
        return rung.turn == f"{rung.step}.{rung.starts_on:%Y%m%d}.{str(rung.holder_id)[:8]}"
    if rung.clock == Climbs.ASKED or rung.clock in OF_PARTS:
        return rung.turn.endswith(f".{rung.starts_on:%Y%m%d}")
    return rung.clock != Climbs.PLAN or rung.turn == f"{rung.ends_on:%Y%m%d}.{rung.round}"


def _timed(rung, before, table):
    """Yield (is, should) of a rung climbed early, out of hours, or on another day's account than the rule gives it."""
    day = today(rung.at)
    if day < rung.due_on:
        yield day, f"≥ {rung.due_on}"
    # What the table says now is not what it said then: a day made free since was worked.
    if table.since is not None and rung.at <= table.since:
        return
    if not in_hours(rung.at, table.calendar):
        yield rung.at, "the hours of a working day"
    edition = in_force(day)
    rule = next((one for one in (edition.of(rung.clock) if edition else ()) if one.level == rung.level), None)
    if rule is None:
        yield rung.level, "a rung of the ladder in force"
    elif rule.after is not None:
        should = _later(rung.ends_on, rule.after, table.calendar)
        if rule.behind:
            below = before.get((rung.need_id, rung.clock, rung.turn, rung.level - 1))
            should = max(should, _later(below, rule.behind, table.calendar)) if below else None
        if rung.due_on != should:
            yield rung.due_on, should or "not before the rung below"
    elif rung.clock != Climbs.NEED and day < _least(rung, rule.share, table.calendar):  # a need's own clock may have stood still
        yield rung.due_on, f"≥ {rule.share} %"


def _later(day, days, calendar):
    while days > 0:
        day += DAY
        days -= calendar.works(day)
    return day


def _least(rung, share, calendar):
    """Return the first day before which so many percent of the working days have gone by."""
    days = [day for n in range(1, (rung.ends_on - rung.starts_on).days + 1) if calendar.works(day := rung.starts_on + n * timedelta(days=1))]
    return days[min(share * len(days) // 100, len(days) - 1)] if days else rung.starts_on


def _papers(lines, numbers):
    """Each line of the clock above a reminder has its paper, and but one."""
    wanted = {pk: need for (need, _n), (act, _at, pk) in lines.items() if act != "reminded"}
    made = Counter(Paper.objects.filter(printed_by=None, subject="casework.need", occasion__in=wanted).order_by().values_list("occasion", flat=True))
    for pk, need in wanted.items():
        if made[pk] != 1:
            yield numbers.get(need, str(need)), "paper", made[pk], "one paper of the rung"


def _missed(table):
    """Yield each need of which the last round left a rung that had fallen due: it wrote its digest, and nobody has touched the need since."""
    last = Digest.objects.order_by("-at").first()
    if last is None or (table.since is not None and last.at <= table.since):
        return
    for number in Need.objects.filter(pk__in=queries.due(last.at), touched_at__lt=last.at).order_by("number").values_list("number", flat=True):
        yield number, "rung", "none", f"climbed by {last.at.isoformat()}"
