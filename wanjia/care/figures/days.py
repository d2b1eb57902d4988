"""Rows of single days – sessions, children on rolls, elders at meals – as figures count them: of one year, up to a day."""

from django.db.models import BooleanField, Case, CharField, F, Q, Value, When

from ..class_states import UNHELD, Eaten, Here, SessionState


def in_the_year(path=""):
    """Return as_of of rows whose day lies at `path`: those of the year of the day asked for, up to it (None: now, which is on `today`). Nobody adds up years."""

    def as_of(rows, day, today):
        last = day or today
        return rows.filter(**{f"{path}day__year": last.year, f"{path}day__lte": last})

    return as_of


def sessions_on(rows, day, today):
    """Return the sessions of the year up to a day, each as it stood at the end of that day: one that was closed later was open then, whose roll was called later was not called (f_state)."""
    last = day or today
    silent = When(Q(opened_at__date__gt=last) | Q(state__in=UNHELD), then=Value(SessionState.UNCALLED.value))
    return _stood(in_the_year()(rows, day, today), silent, When(closed_at__date__gt=last, then=Value(SessionState.OPEN.value)))


def presences_on(rows, day, today):
    """Return the children of these sessions, each as it stood then: one who was noted as there later was still expected, one handed over later was not (f_by_hand)."""
    last = day or today
    there = _stood(in_the_year("session__")(rows, day, today), When(arrived_at__date__gt=last, then=Value(Here.EXPECTED.value)))
    return there.annotate(f_by_hand=Case(When(fetched_at__date__gt=last, then=Value(False)), default=F("by_hand"), output_field=BooleanField()))


def servings_on(rows, day, today):
    """Return the elders at meals of the year up to a day, each as it stood then: one who was missed by then, and marked otherwise later, was missed."""
    last = day or today
    return _stood(in_the_year("meal__")(rows, day, today), When(missed_at__date__lte=last, marked_at__date__gt=last, then=Value(Eaten.MISSED.value)))


def _stood(rows, *whens):
    return rows.annotate(f_state=Case(*whens, default=F("state"), output_field=CharField()))
