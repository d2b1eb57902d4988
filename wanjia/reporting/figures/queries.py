"""Count the rows of a population by its definitions, today from the rows themselves, for a past day from their timelines."""

from django.db.models import Q
from django.db.models.functions import Substr
from django.utils import timezone
from django.utils.translation import get_language

from wanjia.indicators.definitions import definition, definitions, percent, shown
from wanjia.kernel.calendar import today as day_of
from wanjia.orgs import scope
from wanjia.orgs.areas.queries import Breakdown
from wanjia.orgs.duties import Duty
from wanjia.orgs.models import Area, Level

from .facts import condition, on_day
from .population import population_of, populations
from .rules import sees_whole
from .tally import Tally


def areas_below(actor):
    """Return the living areas down to townships of which the actor's reach holds the whole, or the one it stands in."""
    own = [area.pk for area in scope.areas(actor, duty=Duty.SEE_FIGURES)]
    within = Q(scope.in_place(actor, area="code", duty=Duty.SEE_FIGURES), level__in=(Level.CITY, Level.COUNTY, Level.TOWNSHIP))
    return Area.objects.filter(within | Q(pk__in=own), to_on=None).order_by("code")


def rows_of(figure_id, rows, day, today, **moment):
    """Return the rows that one figure counts: what its link opens."""
    return rows_of_all([figure_id], rows, day, today, **moment)


def drilled(rows, figure_id):
    """Return what a page shows of `rows` now: {"figures": each with its name as the reader reads it, "rows": those that one figure counts}.

    All rows for no figure, and for one that is not theirs.
    """
    words, known, day = "en" if (get_language() or "").startswith("en") else "zh", definitions(population_of(rows).name), day_of(timezone.now())
    named = [row | {"name": row[words]} for row in figures(rows, None, day)]
    return {"figures": named, "rows": rows_of(figure_id, rows, None, day) if figure_id in known else rows}


def rows_of_all(ids, rows, day, today, **moment):
    """Return the rows that every one of several definitions counts."""
    of = population_of(rows)
    return on_day(rows, day, today=today, **moment).filter(*(condition(definition(id_), day or today, of) for id_ in ids))


def count(rows, day, today, by=None, items=None, known_at=None, until=None):
    """Count definitions over `rows` in one query.

    by: None, or a dict of one annotation to group by; items: the definitions asked, all figures when None; known_at: only what
    was on the books at that moment; until: a moment of the day instead of its end. Returns {id: n}, or {group: {id: n}}.
    """
    tally = Tally(rows, day, today, known_at, until, **(by or {}))
    of = population_of(rows)
    items = of.askable(definitions(of.name), day) if items is None else items
    return tally.by(next(iter(by)), items) if by else tally.total(items)


def figures(rows, day, today, **moment):
    """Return the figures as rows ready to send: id, names, n, N, matters, shown, percent, rule, meaning, source, as_of."""
    of = population_of(rows)
    items, tally = of.askable(definitions(of.name), day), Tally(rows, day, today, **moment)
    counted, matters = tally.total(items), tally.matters(items) if of.one else {}
    return [figure_row(item, counted, day or today, matters) for item in items.values()]


def figure_row(item, counted, day, matters=None):
    """Return one figure as a dict: numerator and denominator first, the percentage only as it is shown.

    matters: {id: how many matters its rows are}, where rows may share one. A share is taken of rows alone: putting rows together moves none.
    """
    n, total = counted[item.id], counted[item.of] if item.of else None
    return {
        "id": item.id, "zh": item.zh, "en": item.en, "unit": item.unit, "n": n, "N": total, "matters": (matters or {}).get(item.id), "shown": shown(n, total, item.scale),
        "percent": percent(n, total, rounding=item.rounding, places=item.places) if item.of else None,
        "rounding": item.rounding or None, "meaning": item.meaning, "source": item.source, "word": item.word, "as_of": day.isoformat(),
    }  # fmt: skip


DIGITS = {Level.CITY: 6, Level.COUNTY: 9, Level.TOWNSHIP: 12}


def by_area(rows, day, today, digits, **moment):
    """Return {stem of so many digits: {id: n}} in one query: 9 for townships, 12 for villages."""
    return count(rows, day, today, by={"stem": stem(population_of(rows), digits)}, **moment)


def stem(of, digits):
    """Return the annotation that groups the rows of a population by area."""
    made = Substr(of.place, 1, digits)
    made.digits = digits  # by which sums know whether they tell such areas apart
    return made


def lines(of, counts, day, area):
    """Return [(Line, {id: n})] of the areas below `area`, in the order of their codes, zeros too; nothing below a village.

    counts: {stem: {id: n}} as by_area gives it.
    """
    if area.level not in DIGITS:
        return []
    table, sums = Breakdown(area, day), {}
    for code, row in counts.items():
        total = sums.setdefault(table.line_of(code), dict.fromkeys(row, 0))
        for id_, n in row.items():
            total[id_] += n
    empty = dict.fromkeys(definitions(of.name), 0)
    return [(line, sums.get(line, empty)) for line in table.lines if line in sums or not line.rest]


def monthly(of):
    """Return the definitions that the months of a population show."""
    return {id_: definition(id_) for id_ in of.months}


def last_months(of, counts, day, months=12):
    """Return [(yyyymm, {id: n})] of the last months up to that of `day`, oldest first, from the first in which anything was received.

    counts: {yyyymm: {id: n}}. A month in which nothing was received is nought: left out, the months would jump.
    """
    last = max([f"{day:%Y%m}", *counts])
    found, month = [], min([last, *counts])
    while month <= last:
        found.append((month, counts.get(month) or dict.fromkeys(of.months, 0)))
        month = f"{int(month) + (89 if month.endswith('12') else 1)}"
    return found[-months:] if counts else []


def in_area(of, stem):
    """Return all rows of a population that lie under an area's stem; of all areas for none.

    They bear the stem as `all_of`, by which a count may take sums in their place. Whatever is asked of them further makes another
    query set, which bears none: then the rows themselves are counted.
    """
    rows = of.rows.objects.filter(**({f"{of.place}__gte": stem, f"{of.place}__lt": str(int(stem) + 1)} if stem else {}))
    rows.all_of = stem
    return rows


def rows_for(of, actor, area):
    """Return the rows below `area` that the actor's figures count: what the actor sees there.

    Where a post reaches the whole area whatever the line, that is all of it, and the question costs no subqueries.
    """
    if sees_whole(actor, area):
        return in_area(of, area.stem)
    return of.visible(actor, duty=Duty.SEE_FIGURES).filter(**{f"{of.place}__gte": area.stem, f"{of.place}__lt": area.span()[1]})


def of_area(code):
    """Return the figures of an area as they stand today, of every population."""
    return [row for of in populations() for row in figures(in_area(of, code), None, day_of(timezone.now()))]
