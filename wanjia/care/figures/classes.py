"""Sessions of classes, and each child of each session, as figures count them: of the year of a day, up to it."""

from datetime import timedelta
from pathlib import Path

from django.db.models import Case, F, Value, When

from wanjia.kernel.calendar import day_start
from wanjia.reporting.figures.population import Population

from ..class_states import SessionState
from ..classes import rules
from ..models import Presence, Session
from .years import in_year

HERE = Path(__file__).parent


def sessions_on(rows, day, today):
    """Return the sessions of the year of `day` (None: now, which is on `today`) up to it; `f_state`: whether each had ended by its end."""
    last = day or today
    open_then = When(closed_at__gte=day_start(last + timedelta(days=1)), then=Value(SessionState.OPEN.value))
    return rows.filter(**in_year("day", last)).annotate(f_state=Case(open_then, default=F("state")))


def presences_on(rows, day, today):
    """Return the children of these sessions, each as the roll of its own day has it."""
    return rows.filter(**in_year("session__day", day or today))


SESSIONS = Population(
    "sessions", HERE / "sessions.toml", Session, rules.visible_sessions, "care_class__area_id", few=("state",), facts={"state": ("state", "")}, as_of=sessions_on,
)  # fmt: skip
PRESENCES = Population(
    "presences", HERE / "presences.toml", Presence, rules.visible_presences, "session__care_class__area_id", few=("state", "by_hand"), as_of=presences_on,
)  # fmt: skip
