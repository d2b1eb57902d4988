"""What stands of pairs on the page of a helper: the children, each with the way to somebody else; who leaves hands over first."""

from ..duties import Duty
from . import queries, rules

MOST = 20


def of_helper(request, helper):
    """Return the pairs of a helper that the reader sees, and how many there are; None for whoever sees no pairs."""
    if not request.user.has_duty(*rules.SEES):
        return None
    seen = queries.listed(request.user, request.day).filter(helper=helper)
    return {"pairs": list(seen[:MOST]), "all": helper.pairs.filter(to_on=None).count(), "draws": request.user.has_duty(Duty.DRAW_PAIRS), "here": request.get_full_path()}
