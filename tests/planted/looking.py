"""Faults of matters, of what is said and looked at after a closing, of needs that are voiced from away."""

from datetime import timedelta
from unittest.mock import patch

from wanjia.casework import looking
from wanjia.casework.away import rules as away
from wanjia.casework.closing import commands as closing
from wanjia.casework.closing import rules as rechecking
from wanjia.casework.honesty import commands as honesty
from wanjia.casework.matters import commands as matters
from wanjia.casework.matters import rules as tying
from wanjia.casework.slip import commands as slips
from wanjia.casework.slip import rules as slip_rules
from wanjia.casework.states import NeedState
from wanjia.verdict import ALLOWED

from .planting import fault, instead, nothing


@fault("what is put together is pulled to an earlier day")
def matter_pulls_dates():
    true = matters.note_step

    def bent(need, act, **what):
        if act == "group":
            need.due_on, need.due_days = need.due_on - timedelta(days=1), None
        return true(need, act, **what)

    yield patch.object(matters, "note_step", bent)


@fault("needs of two townships are one matter")
def matter_over_townships():
    yield patch.object(tying, "may_decide_on", lambda _actor, _needs: ALLOWED)


@fault("a need stands in two matters")
def in_two_matters():
    yield patch.object(tying, "may_join", lambda _need, _kind: ALLOWED)


@fault("where one is left alone it stays a matter")
def alone_in_a_matter():
    true = matters._leave
    yield patch.object(matters, "_leave", lambda matter, taken, by, reason: true(matter, taken, by, reason) if "只剩" not in str(reason) else None)


@fault("what is reported for all is said to be, and is not")
def reported_for_all_in_vain():
    yield patch.object(matters, "report_done", nothing)


@fault("a closing that falls apart leaves no trace")
def contradiction_forgotten():
    yield patch.object(looking, "contradict", nothing)
    yield patch.object(honesty, "contradict", nothing)
    yield patch.object(slips, "contradict", nothing)


@fault("a late complaint is told to begin anew")
def complaint_too_late():
    yield patch.object(slip_rules, "is_late_complaint", lambda _need, _at: False)


@fault("a complaint is looked at by nobody")
def complaint_unlisted():
    yield patch.object(slips, "put_on_list", nothing)
    yield patch.object(honesty, "put_on_list", nothing)


@fault("a slip complains as often as it likes")
def complains_again():
    yield patch.object(slip_rules, "can_complain", lambda _need: ALLOWED)


@fault("what was found to be so stays on the list")
def looked_at_for_ever():
    yield patch.object(closing, "leave_list", nothing)


@fault("whoever looks chooses what was struck off")
def looks_where_he_likes():
    yield instead(["closing.rules.can_recheck"], lambda actor, need, _at: ALLOWED if need.state == NeedState.CLOSED else rechecking.can_recheck(actor, need))


@fault("those away send one need after the other")
def away_without_end():
    yield patch.object(away, "can_voice", lambda _need, _at: ALLOWED)


@fault("what is voiced from away is nobody's")
def away_without_slip():
    yield patch("wanjia.casework.away.commands.note_step", nothing)
