"""What apps put on the public board of a village: a line each, and nothing that not everybody may read (村务公开)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Posted:
    """One line of the board. on: the day it is about; until: the last day somebody may object to it; href: a public page with more, which asks for no account."""

    said: str
    on: date
    until: date | None = None
    href: str = ""


@dataclass(frozen=True)
class Section:
    """What one part of the house puts on the board (BOARD). id: its name in addresses; title: lazily translated; rank: its order on the page.

    lines(village, day, limit, group_name) returns at most so many Posted lines, newest first, of one village (orgs.Area), only what everybody may read;
    group_name "" is the whole village, else a villagers' group (小组) of it: what is of the whole village stands on every group's board.
    drawn(village, day, paper) returns a picture to stand over the lines, as safe HTML, "" for none; on paper nothing is fetched, it stands in the sheet.
    """

    id: str
    title: str
    rank: int
    lines: Callable
    drawn: Callable | None = None
