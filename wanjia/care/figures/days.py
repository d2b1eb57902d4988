"""Rows of single days – sessions, children on rolls, elders at meals – as figures count them: of one year, up to a day."""

from django.db.models import Case, CharField, F, Value, When

from ..class_states import SessionState


def in_the_year(path=""):
    """Return as_of of rows whose day lies at `path`: those of the year of the day asked for, up to it (None: now, which is on `today`). Nobody adds up years."""

    def as_of(rows, day, today):
        last = day or today
        return rows.filter(**{f"{path}day__year": last.year, f"{path}day__lte": last})

    return as_of


def sessions_on(rows, day, today):
    """Return the sessions of the year up to a day, each as it stood at the end of that day: one that was closed later was open then (f_state)."""
    still = When(closed_at__date__gt=day or today, then=Value(SessionState.OPEN.value))
    return in_the_year()(rows, day, today).annotate(f_state=Case(still, default=F("state"), output_field=CharField()))
