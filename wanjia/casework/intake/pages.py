"""The page that ends a visit, at the door: what was voiced stands on the ledger, with number, promise and the slip's QR code."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.shortcuts import render

from wanjia.casework.duties import Duty
from wanjia.doors.asking import form_of
from wanjia.doors.listing import block_of
from wanjia.kernel.acts import ACTS
from wanjia.registry.memberships import heads_of
from wanjia.registry.owed.queries import words_to_go
from wanjia.registry.visits.queries import next_for
from wanjia.verdict import Refused

from ..promise import promise_of
from ..slip.commands import issue_slip
from ..slip.pages import ticket
from ..slip.rules import can_issue
from . import queries, rules

SAY_MORE = "registry.add_finding"
SHOWN, LOOKED_BACK = 8, timedelta(days=92)  # rows on a desk, and how long what was voiced is asked after


def begun(request):
    """What the form of a need begins with: its channel; of a benefit that may be owed (?benefit=) the words, and whose need it is (?person=)."""
    asked, channel = request.GET.get("benefit", ""), {"channel": request.GET.get("channel", "visit")}
    words = words_to_go(asked)
    if words is None:
        return channel
    whose = {"requester": request.GET["person"]} if "person" in request.GET else {}
    return {**channel, **whose, "summary": words[1], "category": words[2], "involves_child": asked == "child"}


@dataclass(frozen=True)
class Voiced:
    """One difficulty that was voiced: what became of it, and what can be done about it where the family stands."""

    finding: Any
    need: Any
    promise: Any
    correction: Any = None  # the form that puts it right, for whoever may
    ticket: dict | None = None  # the slip with its code, in the one answer that may show it
    may_slip: bool = False
    same: tuple = ()  # open needs that it may repeat


def at_the_door(request, visit, _answer=None):
    """Return the page that ends a visit, in answer to the act that wrote it down; None for whoever may not write needs down.

    Each fresh need is given its slip in the same answer: its code may be shown this once. Where nobody looks at the answer (a
    script sends what waited for a signal) no code is made, for it would be lost.
    """
    if not request.user.has_duty(Duty.RECORD_NEEDS):
        return None
    looked_at = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    shown = findings(request, visit, issue=looked_at)
    act = ACTS["casework.take_findings"]
    form = form_of(act)(row=visit, actor=request.user, day=request.day)
    answer = render(request, act.template, {"visit": visit, "form": form, "act": act, "row": visit, **shown})
    answer["Cache-Control"] = "no-store"
    return answer


def findings(request, visit, issue=False):
    """What the page shows: each difficulty, what else can be said, and where the visitor goes next."""
    day, user = request.day, request.user
    voiced = [_voiced(request, visit, finding, need, day, issue) for finding, need in queries.findings_of(visit)]
    more = ACTS[SAY_MORE]
    after = next_for(user, day)
    heads = heads_of([home for home in (visit.household, after and after.household) if home])
    return {
        "voiced": voiced, "taken": sum(one.need is not None for one in voiced), "printed": any(one.ticket for one in voiced),
        "more": form_of(more)(row=visit, actor=user, day=request.day) if more.verdict(user, visit, request.at) else None,
        "head": heads.get(visit.household_id, ("",))[0], "after": after, "after_head": after and heads.get(after.household_id, ("",))[0],
    }  # fmt: skip


def _voiced(request, visit, finding, need, day, issue):
    user = request.user
    if need is None:
        return Voiced(finding, None, None, same=tuple(queries.same_as(finding, visit, user)))
    may_slip = bool(can_issue(user, need))
    slip = _fresh_slip(request, need) if issue and may_slip else None
    correction = form_of(ACTS["casework.correct_need"])(row=need, actor=user, day=request.day, auto_id=f"id_%s_{need.pk}") if rules.can_correct(user, need) else None
    return Voiced(finding, need, promise_of(need, day), correction, slip and ticket(request, slip), may_slip)


def _fresh_slip(request, need):
    """Return a slip of a need that never had one, made now; one that the family holds already stays in force."""
    if need.slips.exists():
        return None
    try:
        return issue_slip(need_id=need.pk, by=request.user, at=request.at)
    except Refused:  # somebody of the desk was quicker: the need stands, its slip is printed from its own page
        return None


def after_visit(request, visit):
    """What a visit's own page says of what was voiced: how much waits, how much stands on the ledger; None for whoever writes no needs down."""
    if not request.user.has_duty(Duty.RECORD_NEEDS):
        return None
    found = queries.findings_of(visit)
    return {"visit": visit, "needs": [need for _finding, need in found if need], "waiting": any(need is None for _finding, need in found)}


def held_back(request, _about):
    """What a desk says of what was voiced in its reader's visits and stands on no ledger yet; None for nothing, and for who writes no needs down."""
    found = queries.held_back(request.user, request.at - LOOKED_BACK) if request.user.has_duty(Duty.RECORD_NEEDS) else ()
    return {"voiced": block_of(request, found, SHOWN, word="voiced"), "n": len(found)} if found else None
