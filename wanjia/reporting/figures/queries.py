"""Count needs by their definitions, today from the needs themselves, for a past day from their timelines."""

from datetime import timedelta

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Substr

from wanjia.casework.models import Need, Step
from wanjia.casework.rules import visible_needs
from wanjia.indicators.definitions import definition, definitions, percent, shown, state_sets
from wanjia.kernel.calendar import day_start
from wanjia.orgs.areas.queries import Breakdown
from wanjia.orgs.models import Level

from .rules import sees_whole

SETTLED = ("solved", "aid_given")


FACTS = {
    "f_state": ("state", "state_after"),
    "f_reasonable": ("reasonable", "reasonable"),
    "f_outcome": ("outcome", "outcome"),
    "f_confirmed": ("confirmed", "confirmed"),
    "f_due": ("due_on", "due_on"),
    "f_handler": ("handler_id", "handler_id"),
    "f_failed": ("callback_failed", "callback_failed"),
}


def on_day(needs, day):
    """Return `needs` with the facts of the end of `day` as f_… columns; needs recorded later fall out.

    needs: a queryset of Need; day: None for now. The facts come from the last line of each timeline up to that day.
    """
    if day is None:
        return needs.annotate(**{fact: F(now) for fact, (now, _then) in FACTS.items()})
    end = day_start(day + timedelta(days=1))
    last = Step.objects.filter(need=OuterRef("pk"), happened_at__lt=end).order_by("-happened_at", "-id")
    # One join to the last line, and every fact read from that join: the line is looked for once a need, not once a fact.
    past = needs.filter(recorded_at__lt=end).filter(steps=Subquery(last.values("pk")[:1]))
    return past.annotate(**{fact: F(f"steps__{then}") for fact, (_now, then) in FACTS.items()})


def condition(item, day):
    """Return the Q over f_… columns that a definition's `where` asks."""
    asked = Q()
    for fact, wanted in item.where.items():
        asked &= _condition(fact, wanted, day)
    return asked


def _condition(fact, wanted, day):
    settled = Q(f_state__in=state_sets()["reported"], f_outcome__in=SETTLED)
    match fact:
        case "state":
            return Q(f_state__in=state_sets()[wanted] if isinstance(wanted, str) else wanted)
        case "not_state":
            return ~Q(f_state__in=wanted)
        case "not_settled":
            return ~settled
        case "overdue":
            return Q(f_due__lt=day)
        case "unowned":
            return Q(f_handler=None)
        case "ledger_callback":
            return ~Q(ledger_callback="")
        case "callback_failed":
            return Q(f_failed=wanted == "yes")
        case "age":
            youngest, oldest = (day - timedelta(days=days) for days in wanted)
            return Q(recorded_on__lte=youngest, recorded_on__gte=oldest)
        case _:
            return Q(**{f"f_{fact}__in": wanted})


def rows_of(figure_id, needs, day, today):
    """Return the needs that one figure counts: what its link opens."""
    return on_day(needs, day).filter(condition(definition(figure_id), day or today))


def count(needs, day, today, by=None, items=None):
    """Count definitions over `needs` in one query.

    by: None, or a dict of one annotation to group by; items: the definitions asked, all figures when None.
    Returns {id: n}, or {group: {id: n}}.
    """
    facts = on_day(needs, day).order_by()
    items = definitions() if items is None else items
    counts = {key.replace(".", "__"): Count("pk", filter=condition(item, day or today)) for key, item in items.items()}
    if by is None:
        return _named(facts.aggregate(**counts))
    (group,) = by
    return {row.pop(group): _named(row) for row in facts.annotate(**by).values(group).annotate(**counts)}


def _named(row):
    return {key.replace("__", "."): n for key, n in row.items()}


def figures(needs, day, today):
    """Return the figures as rows ready to send: id, names, n, N, shown, percent, rule, meaning, source, as_of."""
    counted = count(needs, day, today)
    return [figure_row(item, counted, day or today) for item in definitions().values()]


def figure_row(item, counted, day):
    """Return one figure as a dict: numerator and denominator first, the percentage only as it is shown."""
    n, total = counted[item.id], counted[item.of] if item.of else None
    return {
        "id": item.id, "zh": item.zh, "en": item.en, "unit": item.unit, "n": n, "N": total, "shown": shown(n, total),
        "percent": percent(n, total, rounding=item.rounding, places=item.places) if item.of else None,
        "rounding": item.rounding or None, "meaning": item.meaning, "source": item.source, "as_of": day.isoformat(),
    }  # fmt: skip


def by_area(needs, day, today, digits):
    """Return {stem of so many digits: {id: n}} in one query: 9 for townships, 12 for villages."""
    return count(needs, day, today, by={"stem": Substr("village_id", 1, digits)})


def lines(needs, day, today, area):
    """Return [(Line, {id: n})] of the areas below `area`, in the order of their codes, zeros too; nothing below a village."""
    digits = {Level.CITY: 6, Level.COUNTY: 9, Level.TOWNSHIP: 12}.get(area.level)
    if digits is None:
        return []
    table, sums = Breakdown(area, day or today), {}
    for stem, row in by_area(needs, day, today, digits).items():
        total = sums.setdefault(table.line_of(stem), dict.fromkeys(row, 0))
        for id_, n in row.items():
            total[id_] += n
    empty = dict.fromkeys(definitions(), 0)
    return [(line, sums.get(line, empty)) for line in table.lines if line in sums or not line.rest]


MONTHLY = ("needs.received", "needs.settled", "needs.confirmed")


def by_month(needs, day, today, months=12):
    """Return [(yyyymm, {id: n})] of the last months in which needs were received, as they stand on `day`, oldest first."""
    items = {id_: definition(id_) for id_ in MONTHLY}
    counted = count(needs, day, today, by={"month": Substr("number", 8, 6)}, items=items)
    return sorted(counted.items())[-months:]


def in_month(needs, month):
    """Keep the needs received in a month (yyyymm)."""
    return needs.filter(number__contains=f"-{month}-")


def in_area(stem):
    """Return all needs whose village lies under an area's stem."""
    return Need.objects.filter(village_id__gte=stem, village_id__lt=str(int(stem) + 1))


def needs_for(actor, area):
    """Return the needs below `area` that the actor's figures count: what the actor sees there.

    Where a post reaches the whole area whatever the line, that is all of it, and the question costs no subqueries.
    """
    if sees_whole(actor, area):
        return in_area(area.stem)
    return visible_needs(actor).filter(village_id__gte=area.stem, village_id__lt=area.span()[1])
