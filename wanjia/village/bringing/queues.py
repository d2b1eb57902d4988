"""What waits for somebody in the rooms of the village, in one question: the desk asks it on every page."""

from django.db.models import Count, Value

from ..agenda import queries as agenda
from ..appraisal import queries as appraisal
from ..branch import queries as branch
from ..branch_duties import queries as branch_duties
from ..bylaws import queries as bylaws
from ..calls import queries as calls
from ..cleanups import queries as cleanups
from ..crafts import queries as crafts
from ..deciding import queries as deciding
from ..dividends import queries as dividends
from ..duties import Duty
from ..fees import queries as fees
from ..improving import queries as improving
from ..income import queries as income
from ..levies import queries as levies
from ..mediation import queries as mediation
from ..meetings import queries as meetings
from ..planning import queries as planning
from ..pledges import queries as pledges
from ..points import queries as points
from ..points.appeals import queries as appeals
from ..problems import queries as problems
from ..proposing import queries as proposals
from ..recruiting import queries as recruiting
from ..reviewing import queries as reviewing
from ..shop import queries as shop
from ..steps import queries as steps
from ..stories import queries as stories
from ..ventures import queries as ventures


def _asked(actor, day):
    """Return [(name of the place, rows that wait there)]; a place may stand twice."""
    found = []
    if actor.has_duty(Duty.KEEP_MEETINGS):
        found += [("village:meetings", meetings.waiting(actor, day)), ("village:items", agenda.waiting(actor))]
        found += [("village:public_notices", deciding.unanswered(actor)), ("village:public_notices", deciding.to_file(actor))]
    if actor.has_duty(Duty.FILE_DECISIONS):
        found += [("village:filings", deciding.filings_waiting(actor)), ("village:public_notices", deciding.left_to_township(actor))]
    if actor.has_duty(Duty.KEEP_MEETINGS, Duty.FILE_DECISIONS):
        found += [("village:calls", calls.waiting(actor, day)), ("village:proposals", proposals.waiting(actor, day)), ("village:step_matters", steps.to_accept(actor)), ("village:problems", problems.to_close(actor))]
    if actor.has_duty(Duty.FILE_DECISIONS):
        found.append(("village:bylaws", bylaws.to_check(actor)))
    if actor.has_duty(Duty.REVIEW_POINTS):
        found += [("village:points", points.to_review(actor)), ("village:point_appeals", appeals.waiting(actor, day)), ("village:shop", shop.to_check(actor))]
    if actor.has_duty(Duty.MEDIATE):
        found.append(("village:mediations", mediation.waiting(actor, day)))
    if actor.has_duty(Duty.KEEP_APPRAISAL):
        found.append(("village:shortcomings", improving.to_look_at(actor, day)))
    if actor.has_duty(Duty.REVIEW_APPRAISAL):
        found += [("village:appraisals", appraisal.to_list(actor)), ("village:strict_notices", improving.to_review(actor)), ("village:stories", stories.to_show(actor))]
    if actor.has_duty(Duty.HEAR_TIPS):
        found.append(("village:tips", stories.waiting_tips(actor)))
    if actor.has_duty(Duty.REVIEW_FEES):
        found += [("village:fees", rows) for rows in fees.to_review(actor)]
    if actor.has_duty(Duty.KEEP_CLEANUPS):
        found.append(("village:cleanups", cleanups.waiting(actor, day)))
    if actor.has_duty(Duty.KEEP_BRANCH):
        found += [("village:branch", branch.to_check(actor)), ("village:branch", branch.waiting(actor, day))]
        found += [("village:branch_duties", branch_duties.to_decide(actor)), ("village:pledges", pledges.waiting(actor, day)), ("village:reviews", reviewing.waiting(actor))]
    if actor.has_duty(Duty.KEEP_RECRUITS):
        found.append(("village:recruiting", recruiting.waiting(actor)))
    if actor.has_duty(Duty.REVIEW_MONEY):
        found += [("village:money", income.to_review(actor)), ("village:collective_deals", income.deals_to_check(actor)), ("village:dividends", dividends.to_adopt(actor))]
    if actor.has_duty(Duty.KEEP_MONEY):
        found.append(("village:collective_deals", income.overdue(actor, day)))
    if actor.has_duty(Duty.REVIEW_PLANS):
        found += [("village:plans", planning.to_review(actor)), ("village:village_assets", planning.assets_to_check(actor))]
    if actor.has_duty(Duty.REVIEW_CRAFTS):
        found += [("village:crafts", crafts.to_show(actor)), ("village:ventures", ventures.to_show(actor))]
    if actor.has_duty(Duty.KEEP_CRAFTS):
        found.append(("village:craft_bookings", crafts.waiting(actor, day)))
    found += [("village:levies", rows) for rows in levies.waiting(actor, day)]
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
