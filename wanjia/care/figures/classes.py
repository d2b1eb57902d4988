"""Sessions of classes, and each child of each session, as figures count them: of the year of a day, up to it."""

from pathlib import Path

from wanjia.reporting.figures.population import Population

from ..children.rules import knows_all
from ..classes import rules
from ..models import Presence, Session
from .days import in_the_year, sessions_on

HERE = Path(__file__).parent

SESSIONS = Population(
    "sessions", HERE / "sessions.toml", Session, rules.visible_sessions, "care_class__area_id", few=("state",), facts={"state": ("state", "")}, as_of=sessions_on,
)  # fmt: skip
PRESENCES = Population(
    "presences", HERE / "presences.toml", Presence, rules.visible_presences, "session__care_class__area_id", few=("state", "by_hand"), as_of=in_the_year("session__"),
    whom="child", circle=knows_all,
)  # fmt: skip
