"""Bring a need to any state by its real commands: the road that tests start from."""

from datetime import date

from ..assignment.commands import accept_need, assign_need, return_need
from ..callback.commands import call_back, withdraw_need
from ..closing.commands import close_need, recheck_need
from ..closing.rules import is_drawn
from ..handling.commands import add_note, ask_withdrawal, report_done
from ..models import Need
from ..screening.commands import admit_need, decline_need
from ..slip.commands import issue_slip
from ..states import NeedState as S
from ..triage.commands import triage_need
from .factories import later

DONE = {
    "outcome": "solved", "outcome_text": "已办理低保,下月起发放", "answered_on": date(2026, 11, 6), "answered_way": "face",
    "no_evidence_reason": "审批表在民政系统内,未导出",
}  # fmt: skip


def bring(world, state, **facts):
    """Return a need of the Wang home that stands in `state`."""
    need = world.need(**facts)
    if state == S.REGISTERED:
        return need
    if state == S.DECLINED:
        return decline_need(need_id=need.pk, decline_ground="already_has", decision_reason="已享受同类补助,不重复发放",
                            told_on=later().date(), told_way="face", by=world.clerk, at=later(hours=1))  # fmt: skip
    if state == S.WITHDRAWN:
        return withdraw(world, need)
    return _onward(world, need, state)


def need(world, state, **facts):
    """Bring a need to `state`; return the keyword that names it in an act."""
    return {"need_id": bring(world, state, **facts).pk}


def _onward(world, need, state):
    key = {"need_id": need.pk}
    acts = [
        (S.ADMITTED, lambda: admit_need(**key, by=world.clerk, at=later(hours=1))),
        (S.TRIAGED, lambda: triage_need(**key, urgency="ordinary", difficulty="medium", by=world.clerk, at=later(hours=2))),
        (S.ASSIGNED, lambda: assign_need(**key, holder=world.civil, by=world.clerk, at=later(hours=3))),
        (S.ACCEPTED, lambda: accept_need(**key, by=world.handler, at=later(days=1))),
        (S.IN_PROGRESS, lambda: add_note(**key, words="已到户核实情况", by=world.handler, at=later(days=2))),
        (S.DONE_REPORTED, lambda: report_done(**key, **DONE, by=world.handler, at=later(days=4))),
    ]
    for reached, act in acts:
        act()
        if reached == state:
            return Need.objects.get(pk=need.pk)
        if reached == S.ASSIGNED and state == S.RETURNED:
            return return_need(**key, reason="按职责分工应由教育体育局办理", rule="县级部门权责清单", by=world.handler, at=later(hours=5))
    word = "unsolved" if state == S.REOPENED else "solved"
    call_back(**key, way="phone", reached=True, word=word, by=world.caller, at=later(days=5))
    if state == S.CLOSED:
        close(world, need)
    return Need.objects.get(pk=need.pk)


def reported_with_slip(world, by=None, **facts):
    """Return (need, code) of a need reported done whose slip `by` (the village worker) printed when it was recorded."""
    need = world.need(**facts)
    code = issue_slip(need_id=need.pk, by=by or world.visitor, at=later()).code
    return _onward(world, need, S.DONE_REPORTED), code


def withdraw(world, need, at=None):
    """Somebody enters that the household takes its need back; the callback officer asks it, and it does."""
    at = at or later(hours=1)
    ask_withdrawal(need_id=need.pk, words="家里自己解决了", by=world.visitor, at=at)
    return withdraw_need(need_id=need.pk, way="phone", words="是我自己要撤的", by=world.caller, at=at)


def close(world, need, at=None):
    """Recheck if drawn, then strike off."""
    need = Need.objects.get(pk=need.pk)
    at = at or later(days=6)
    if is_drawn(need):
        recheck_need(need_id=need.pk, agrees=True, words="电话核实属实", by=world.inspector, at=at)
    return close_need(need_id=need.pk, by=world.clerk, at=at)
