"""Count needs by their definitions, today from the needs themselves, for a past day from their timelines."""

from datetime import timedelta

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Substr

from wanjia.casework.models import Need, Step
from wanjia.indicators.definitions import definitions, percent, shown, state_sets
from wanjia.kernel.calendar import day_start

SETTLED = ("solved", "aid_given")
TOWNSHIP_DIGITS = 9


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
    past = needs.filter(recorded_at__lt=end).annotate(f_step=Subquery(last.values("pk")[:1]))
    step = Step.objects.filter(pk=OuterRef("f_step"))
    return past.annotate(**{fact: Subquery(step.values(then)[:1]) for fact, (_now, then) in FACTS.items()})


def condition(definition, day):
    """Return the Q over f_… columns that a definition's `where` asks."""
    asked = Q()
    for fact, wanted in definition.where.items():
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
            return Q(f_failed=True)
        case _:
            return Q(**{f"f_{fact}__in": wanted})


def rows_of(figure_id, needs, day, today):
    """Return the needs that one figure counts: what its link opens."""
    return on_day(needs, day).filter(condition(definitions()[figure_id], day or today))


def count(needs, day, today, by=None):
    """Count every definition over `needs` in one query.

    by: None, or a dict of one annotation to group by. Returns {id: n}, or {group: {id: n}}.
    """
    facts = on_day(needs, day).order_by()
    counts = {key.replace(".", "__"): Count("pk", filter=condition(item, day or today)) for key, item in definitions().items()}
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


def by_township(needs, day, today):
    """Return {9-digit township stem: {id: n}} in one query."""
    return count(needs, day, today, by={"township": Substr("village_id", 1, TOWNSHIP_DIGITS)})


def by_month(needs, months=12):
    """Return [(yyyy-mm, received, settled, confirmed)] of the last months that have needs, oldest first."""
    rows = (
        needs.order_by().annotate(month=Substr("number", 8, 6)).values("month").annotate(
            received=Count("pk"),
            settled=Count("pk", filter=Q(state__in=state_sets()["reported"], outcome__in=SETTLED)),
            confirmed=Count("pk", filter=Q(state__in=state_sets()["reported"], confirmed="solved")),
        ).order_by("-month")[:months]
    )  # fmt: skip
    return [
        (f"{row['month'][:4]}-{row['month'][4:]}", row["received"], row["settled"], row["confirmed"]) for row in reversed(rows)
    ]


def in_area(stem):
    """Return all needs whose village lies under an area's stem."""
    return Need.objects.filter(village_id__gte=stem, village_id__lt=str(int(stem) + 1))
