"""What is asked of reviews: how far each is, what waits for another hand. Always in the order of the roll, never by grade."""

from datetime import date

from django.db.models import Count, Q

from wanjia.sealing.fields import opened

from ..review_states import Grade, ReviewedState
from . import rules

TALLIED = (Grade.EXCELLENT, Grade.QUALIFIED, Grade.BASIC, Grade.FAILED)
COUNTED, PROPOSED = ReviewedState.COUNTED, ReviewedState.PROPOSED


def sealed_tally(votes):
    """Return how the numbers of a tally are kept under the seal."""
    return ",".join(map(str, votes))


def tally(one):
    """Return [(words of the grade, how many sheets)] of a member, nothing where nobody counted or it was erased."""
    numbers = opened(one, "tally", lambda kept: [int(n) for n in kept.split(",") if n], [])
    return [(grade.label, n) for grade, n in zip(TALLIED, numbers)]


def grade_words(one):
    """Return the grade in words; nothing where there is none."""
    return opened(one, "grade", lambda kept: Grade(kept).label if kept else "", one.grade)


def mend_day(one):
    """Return until when somebody is to mend, None where nobody asks it."""
    return opened(one, "mend_by", lambda kept: date.fromisoformat(kept) if kept else None, None)


def set_aside(one):
    """Return the grades of a member that were set aside, the last first, each with its words and its term."""
    rows = list(one.set_aside.select_related("proposed_in").order_by("-set_aside_at", "pk"))
    for row in rows:
        row.shown, row.term = grade_words(row), mend_day(row)
    return rows


def listed(rows):
    """Give reviews how many members they are about, and how many of these were told."""
    return rows.select_related("activity__body").annotate(n=Count("rows"), told=Count("rows", filter=Q(rows__state=ReviewedState.TOLD)))


def waiting(actor):
    """The rows that wait for the actor as the second hand: a count or a grade that another wrote, and that is not about him."""
    count = Q(state=COUNTED) & ~Q(counted_by_id=actor.id) & ~Q(review__ballots_by_id=actor.id)
    rows = rules.visible_reviewed(actor).filter(count | (Q(state=PROPOSED) & ~Q(proposed_by_id=actor.id)))
    return rows.exclude(member__person__name=actor.name)
