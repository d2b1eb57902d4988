"""How the three lines of a pair stand on a day: the one population behind every page, card, list and figure of contacts (ADR 131).

Whatever says of a line that it was kept, is due or late reads these columns. What kept, due and late mean is `policy.contacts.standing`, which a test
holds against them over random days.
"""

from django.db.models import (
    Case,
    CharField,
    DateField,
    F,
    FilteredRelation,
    IntegerField,
    Max,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, Least

from wanjia.policy import contacts

from ..line_states import MET, Line, Pace, Standing
from ..models import LineContact, Paired

LONG_AGO = Value("0001-01-01", output_field=DateField())
COUNTS = Q(reached=True, taken_back_at=None)  # somebody was reached, and nobody took it back
FACTS = ("pace", *Line.values, "met")


def standing(rows, day):
    """Return those of `rows` (of Paired) that stand on `day`, children dead by then or merged left out, with how they stand then: f_pace; f_<line>_on, the last day a
    line was reached, and f_<line>, its Standing; f_met_on and f_met of seeing the child itself.
    """
    rows = rows.on(day).filter(Q(child__died_on=None) | Q(child__died_on__gt=day), child__merged_into=None)
    runs = Q(child__rhythms__from_on__lte=day) & (Q(child__rhythms__to_on=None) | Q(child__rhythms__to_on__gt=day))
    rows = rows.annotate(rhythm=FilteredRelation("child__rhythms", condition=runs))
    rows = rows.annotate(f_pace=Coalesce(F("rhythm__pace"), Value(Pace.PRIORITY.value), output_field=CharField()))
    rows = rows.annotate(**{f"f_{line}_on": _last(day, line=line) for line in Line.values}, f_met_on=_last(day, line=Line.STUDENT, way__in=MET))
    rule = contacts.in_force(day)
    every = {line: {pace: rule.every[pace][line] for pace in Pace.values} for line in Line.values} | {"met": rule.meet}
    return rows.annotate(**{f"f_{name}": _how(f"f_{name}_on", months, day) for name, months in every.items()})


def _last(day, **which):
    found = LineContact.objects.filter(COUNTS, child=OuterRef("child_id"), on__lte=day, **which).order_by().values("child")
    return Subquery(found.annotate(last=Max("on")).values("last"), output_field=DateField())


def _how(last, months, day):
    """How a line stands by its last day: each class of rhythm has its own bounds. The last day is named twice, and each naming is a question to the contacts."""
    bounds = {pace: contacts.bounds(day, n) for pace, n in months.items()}
    first, before = (Case(*(When(f_pace=pace, then=Value(bounds[pace][n])) for pace in bounds), output_field=DateField()) for n in (0, 1))
    return Case(
        When(**{f"{last}__gte": first}, then=Value(Standing.KEPT.value)),
        When(Q(from_on__gte=first) | Q(**{f"{last}__gte": before}), then=Value(Standing.DUE.value)),
        default=Value(Standing.LATE.value), output_field=IntegerField(),
    )  # fmt: skip


def worst_first(rows):
    """Sort pairs with their standing: the worst line first, then the one that was reached longest ago."""
    worst, oldest = Greatest(*(F(f"f_{line}") for line in Line.values)), Least(*(Coalesce(F(f"f_{line}_on"), LONG_AGO) for line in Line.values))
    return rows.annotate(f_worst=worst, f_oldest=oldest).order_by("-f_worst", "f_oldest", "from_on", "pk")


def of_children(children, day):
    """Return the pairs of some children (a query set of people, or ids) with how they stand."""
    among = children.order_by().values("pk") if hasattr(children, "values") else children
    return standing(Paired.objects.filter(child__in=among), day)
