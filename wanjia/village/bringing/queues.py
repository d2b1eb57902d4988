"""What waits for somebody in the rooms of the village, in one question: the desk asks it on every page."""

from django.db.models import Count, Value

from ..agenda import queries as agenda
from ..deciding import queries as deciding
from ..dividends import queries as dividends
from ..duties import Duty
from ..income import queries as income
from ..meetings import queries as meetings
from ..planning import queries as planning
from ..points import queries as points
from ..shop import queries as shop


def _asked(actor, day):
    """Return [(name of the place, rows that wait there)]; a place may stand twice."""
    found = []
    if actor.has_duty(Duty.KEEP_MEETINGS):
        found += [("village:meetings", meetings.waiting(actor, day)), ("village:items", agenda.waiting(actor))]
        found += [("village:public_notices", deciding.unanswered(actor)), ("village:public_notices", deciding.to_file(actor))]
    if actor.has_duty(Duty.FILE_DECISIONS):
        found.append(("village:filings", deciding.filings_waiting(actor)))
    if actor.has_duty(Duty.REVIEW_POINTS):
        found += [("village:points", points.to_review(actor)), ("village:shop", shop.to_check(actor))]
    if actor.has_duty(Duty.REVIEW_MONEY):
        found += [("village:money", income.to_review(actor)), ("village:collective_deals", income.deals_to_check(actor)), ("village:dividends", dividends.to_adopt(actor))]
    if actor.has_duty(Duty.KEEP_MONEY):
        found.append(("village:collective_deals", income.overdue(actor, day)))
    if actor.has_duty(Duty.REVIEW_PLANS):
        found += [("village:plans", planning.to_review(actor)), ("village:village_assets", planning.assets_to_check(actor))]
    return found


def queue(actor, day):
    """Return {name of the place: how many wait for the actor}."""
    asked = _asked(actor, day)
    if not asked:
        return {}
    counted = [rows.order_by().values(waits=Value(name)).annotate(n=Count("pk")).values_list("waits", "n") for name, rows in asked]
    found = dict.fromkeys((name for name, _rows in asked), 0)
    for name, n in counted[0].union(*counted[1:], all=True):
        found[name] += n
    return found


QUEUES = [queue]
