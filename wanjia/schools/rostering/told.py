"""What is told of the roster of a month in one answer: how many seats are due, held and not, whether each uncovered one has its alarm, and what the referee finds."""

import time

from wanjia.solving.models import Plan
from wanjia.solving.states import PlanState

from ..models import GateAlarm
from ..plan_states import Party
from .commands import draw_roster
from .drawing import schools_of
from .plans import breaches
from .questions import Question
from .rules import starts_at
from .standing import Cover

LOOKS = 0.2  # seconds between two looks at a run


def told(area, first, end, at):
    """Return {"seats", "covered", "uncovered", "alarms", "breaches"} of the roster that stands in an area between two days.

    alarms: of the uncovered seats those that were told before they began, or will be: the clock looks every three minutes. breaches: rules that the roster breaks by the referee
    (planning.rostering.check), and guards whom their own calendar keeps away.
    """
    schools = schools_of(area, first, end)
    cover = Cover(schools, first, end)
    raised = {(str(one.place), one.party, one.n, one.day, one.from_at) for one in GateAlarm.objects.filter(school__in=schools, day__gte=first, day__lt=end) if one.raised_at < starts_at(one)}
    alarmed = sum(gap.seat.key in raised or starts_at(gap.seat) > at for gap in cover.gaps)
    return {
        "seats": len(cover.seats), "covered": len(cover.seats) - len(cover.gaps), "uncovered": len(cover.gaps), "alarms": alarmed, "breaches": len(broken(cover, at)),
    }  # fmt: skip


def broken(cover, at):
    """Return the sentences of the rules that the duties of a Cover break: the referee over each version whole, part by part."""
    found, seen = [], set()
    for duty in cover.duties.values():
        part = (duty.plan_id, duty.party, duty.school_id if duty.party != Party.POLICE else None)
        if part not in seen:
            seen.add(part)
            question = Question(duty.plan, duty.school, duty.party, at)
            found += [one.zh for one in breaches(question.posed.problem, question.whole)]
    return found


def draw(area, month, *, by, at):
    """Have a version of a month worked, as the page does, and wait for it; return (the Plan, its numbers with the seconds from asking to stored). Nothing is put in force."""
    began = time.perf_counter()
    plan = Plan.objects.get(pk=draw_roster(area=area, month=month, by=by, at=at).pk)
    while plan.state in (PlanState.ASKED, PlanState.RUNNING):
        time.sleep(LOOKS)
        plan.refresh_from_db()
    return plan, {"state": plan.state, **plan.words, "whole_seconds": round(time.perf_counter() - began, 2), "gap": plan.gap, "fault": plan.fault}
