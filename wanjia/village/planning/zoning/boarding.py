"""The village's sketch as everybody sees it on the board: of the plan in force."""

from .. import queries
from . import drawing


def on_board(village, day, paper):
    """Return the sketch with its zones as HTML, "" where no plan is in force or none is drawn."""
    plan = queries.in_force(village, day)
    return drawing.html(plan, queries.zoned(plan, day), drawing.address(plan), paper=paper) if plan else ""
