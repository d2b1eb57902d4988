"""Ways on: from each moment of the search somebody, with the household, can bring the need to an end."""

from datetime import timedelta

from django.db import IntegrityError, transaction

from wanjia.casework.models import Need
from wanjia.casework.states import ENDED
from wanjia.casework.states import NeedState as S
from wanjia.kernel.calendar import today
from wanjia.verdict import Refused

from .collusion import Act
from .collusion_acts import acts_of


def ends(world, everybody, need, at):
    """Tell whether the need can still come to an end when the household and everybody else act: try, undo, and say."""
    way, mark = [], transaction.savepoint()
    try:
        for _turn in range(16):
            now = Need.objects.get(pk=need.pk)
            if now.state in ENDED:
                return True, way
            moved, at = _onward(everybody, now, at, way)
            if not moved:
                break
        return False, way
    finally:
        transaction.savepoint_rollback(mark)


ORDER = ("close", "recheck", "call_back", "withdraw", "report_done", "call_off", "note", "accept", "resume", "assign", "triage", "admit")


def _onward(everybody, need, at, way):
    day = today(at)
    units = sorted({org for user in everybody for org in user.orgs}, key=lambda org: org.name)
    acts = [(name, person.name, words, call) for person in everybody for name, words, call in acts_of(person, need, at, units, [])]
    # The honest road: solved, and rechecks that agree.
    skip = ("解释", "列入计划", "一部分", "没有联系上", "不属实")
    acts = [one for one in acts if one[0] in ORDER and not any(word in one[2] for word in skip)]
    # Each inspector looks once; what is planned is closed when its day has come, and looking again brings that no nearer.
    looked = {act.by for act in way if act.name == "recheck"}
    acts = [one for one in acts if one[0] != "recheck" or one[1] not in looked]
    if need.state == S.TRIAGED or need.state == S.RETURNED:
        acts = [one for one in acts if one[0] == "assign"]
    for name, by, words, call in sorted(acts, key=lambda one: ORDER.index(one[0])):
        try:
            with transaction.atomic():
                call()
        except (Refused, IntegrityError):
            continue
        way.append(Act(name, by, words))
        return True, at + timedelta(hours=1)
    if need.planned_on and need.planned_on > day:
        return True, at + (need.planned_on - day)
    return False, at
