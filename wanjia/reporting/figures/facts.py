"""What was true of each row on a day, as columns; and a definition's question over them, as a Q.

A past day can be asked in two ways (ADR 67): what was so on that day as we know it now, and what the office had on its books
at a moment (`known_at`). Both read the last line of each timeline, by its number and never by the clock.
"""

from datetime import timedelta

from django.db.models import F, OuterRef, Subquery

from wanjia.kernel.calendar import day_start

from . import counting
from .population import population_of


def on_day(rows, day, known_at=None, until=None, *, today=None):
    """Return `rows` with the facts of the end of `day` as f_… columns, and as f_one what they share; rows without a line by then fall out.

    rows: a queryset of a population; day: None for now; today: the day that now is on, from whoever has it (a population in dated rows asks it); known_at: only lines that were on the books at that moment; until: a
    moment of the day instead of its end. Raises LookupError for a past day of a population without a history.
    """
    of = population_of(rows)
    if of.as_of and known_at is until is None:
        return of.as_of(rows, day, today)
    if day and not of.lines:
        raise LookupError(f"{of.name}: what was true on a past day is not kept")
    if day is None:
        return rows.annotate(**{of.column(fact): F(now) for fact, (now, _then) in of.facts.items()}, **({"f_one": F(of.one[0])} if of.one else {}))
    # One join to the last line, and every fact read from that join: the line is looked for once a row, not once a fact.
    last = last_lines(of, day, known_at, until).filter(**{of.of: OuterRef("pk")}).order_by("-n").values("pk")[:1]
    then = {of.column(fact): F(f"{of.lines_name}__{then}") for fact, (_now, then) in of.facts.items()}
    if of.one:
        then["f_one"] = F(f"{of.lines_name}__{of.one[1]}")
    return rows.filter(**{of.lines_name: Subquery(last)}).annotate(f_line=F(f"{of.lines_name}__pk"), f_n=F(f"{of.lines_name}__n"), **then)


def last_lines(of, day, known_at=None, until=None):
    """Return the lines of a population that had happened by the end of `day` or by `until` (and were on the books at `known_at`)."""
    end = day_start(day + timedelta(days=1))
    lines = of.lines.objects.filter(happened_at__lt=end) if until is None else of.lines.objects.filter(happened_at__lte=until)
    return lines if known_at is None else lines.filter(recorded_at__lte=known_at)


def condition(item, day, of):
    """Return the Q over `on_day` that a definition asks of a population. Raises LookupError when it is another population's."""
    if item.population != of.name:
        raise LookupError(item.id)
    return counting.q_of(item.tree, day, of.column)
