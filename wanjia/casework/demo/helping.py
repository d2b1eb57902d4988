"""What the units of the demo county do for one another's needs: a few are asked for a part, most do it in time, one sends it back with its rule.

It throws dice of its own, so that the county's other days come out as they did.
"""

import random
from datetime import timedelta

from ..models import SubTask
from ..queries import last_day_to_help
from ..states import NeedState as S
from ..states import TaskState
from ..together.commands import (
    ask_unit,
    call_help_off,
    give_help_again,
    note_consultation,
    report_help,
    send_help_back,
    take_help,
)
from ..together.queries import helpers_for

ASKED = ("核实这家人的实际情况,把结果写给主办单位", "把能给的政策和要交的材料列出来", "到现场看一次,说清要多少工、多少料", "查一下这家今年领过哪些补助")
DONE = ("已经核实,情况属实,结果交给主办单位了", "政策和材料清单已经给主办单位", "看过了,要两个工、三方沙石,单子给主办单位了", "查过了,今年没有领过同类补助")
RULE = {"reason": "这件事应由主管部门自己核实", "rule": "单位“三定”规定第三条"}


def help_each_other(county, *, waiting=False):
    """One day of it. waiting: the last evening, which leaves something to each side."""
    kept, county.dice = county.dice, random.Random(f"{county.code} {county.day} help")
    try:
        _do_parts(county)
        _ask(county, waiting=waiting)
    finally:
        county.dice = kept


def _do_parts(county):
    for task in _standing(county):
        helper, lead = county.hands.worker(task.unit), county.hands.worker(task.need.holder)
        if task.state == TaskState.ASKED:
            back = county.chance(0.07) and task.agreed_id is None and task.asked_at.date() == county.day
            if back:
                county.do(send_help_back, 15, task_id=task.pk, by=helper, **RULE)
            elif county.chance(0.8):
                county.do(take_help, 15, task_id=task.pk, by=helper)
        elif task.state == TaskState.TAKEN and not _forgotten(task) and (county.chance(0.45) or task.due_on <= county.day):
            county.do(report_help, 16, task_id=task.pk, by=helper, words=county.dice.choice(DONE))
        elif task.state == TaskState.SENT_BACK and task.need.state in (S.ACCEPTED, S.IN_PROGRESS):
            _decide(county, task, lead)


def _decide(county, task, lead):
    others = [unit for unit in helpers_for(task.need, lead, county.day) if unit.pk != task.unit_id and not _taking_part(task.need, unit)]
    if others and county.chance(0.5):
        due = last_day_to_help(task.need, county.day)
        county.do(give_help_again, 16, task_id=task.pk, by=lead, unit=county.dice.choice(others), due_on=due)
    else:
        county.do(call_help_off, 16, task_id=task.pk, by=lead, reason="主办单位自己核实了")


def _ask(county, *, waiting):
    """Of what is in progress and not easy, a few are asked of one other unit; on the last evening one of each kind is left."""
    left = 3 if waiting else 1
    for need in county.standing(S.IN_PROGRESS):
        fresh = need.due_on > county.day + timedelta(days=2) and not need.tasks.exists()
        if not left or not fresh or not (waiting or county.chance(0.15)):
            continue
        lead, others = county.hands.worker(need.holder), helpers_for(need, None, county.day)
        if lead is None or not others:
            continue
        unit, left = county.dice.choice(others), left - 1
        due = min(need.due_on, county.calendar.add(county.day, 4).on)
        if not left if waiting else county.chance(0.3):
            agreed = {"unit1": unit, "words1": county.dice.choice(ASKED), "due1": due}
            words = "分头核实,由主办单位一并答复诉求人"
            county.do(note_consultation, 16, need_id=need.pk, by=lead, on=county.day, units=[unit], words=words, **agreed)
        else:
            made = county.do(ask_unit, 16, need_id=need.pk, by=lead, unit=unit, words=county.dice.choice(ASKED), due_on=due)
            if waiting and left == 2 and made:
                county.do(send_help_back, 17, task_id=made.pk, by=county.hands.worker(unit), **RULE)


def _forgotten(task):
    return random.Random(f"{task.need.number} help").random() < 0.15


def _taking_part(need, unit):
    return need.supports.filter(organisation=unit).exists()


def _standing(county):
    found = SubTask.objects.filter(need__village__code__startswith=county.code, state__in=(TaskState.ASKED, TaskState.TAKEN, TaskState.SENT_BACK))
    return list(found.select_related("need__holder", "need__village", "unit").order_by("need__number", "asked_at"))
