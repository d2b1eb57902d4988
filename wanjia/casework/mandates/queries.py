"""Needs counted by tag."""

from django.db.models import Count

from wanjia.doors.words import said_or_as_written
from wanjia.policy.mandates import mandates
from wanjia.reporting.figures.counting import condition

from ..rules import visible_needs

SHOWN = ("needs.received", "needs.reasonable", "needs.confirmed", "needs.open", "needs.overdue")


def by_mandate(actor, day):
    """Return [(code, words, [n])] of the visible needs, for the figures of SHOWN: each tag in the order of the file, what is written otherwise, then none.

    The figures are the dashboard's, by their own definitions; a need has one tag at most, so each column sums to the whole. One question.
    """
    asked = {f"n{at}": condition(id_, day) for at, id_ in enumerate(SHOWN)}
    counted = {name: Count("pk", filter=when) if when else Count("pk") for name, when in asked.items()}
    rows = {row["basis"]: [row[name] for name in asked] for row in visible_needs(actor).order_by().values("basis").annotate(**counted)}
    order = [*mandates(), *sorted(code for code in rows if code and code not in mandates()), ""]
    return [(code, said_or_as_written(code, mandates()), rows.get(code, [0] * len(SHOWN))) for code in order]
