"""Every act on a need as a button: where it leads, and whether it is legal for this actor now, with the reason if not."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.orgs.duties import Duty
from wanjia.orgs.models import Tier

from ..assignment.rules import can_accept, can_assign, can_hand_to, can_return
from ..callback.rules import can_call_back, can_check_withdrawal
from ..closing.rules import can_close, can_recheck, can_reopen, can_resume, is_drawn
from ..handling.rules import can_ask_withdrawal, can_note, can_report_done
from ..rules import SEES, covers, holds
from ..screening.rules import can_appeal, can_screen
from ..slip.rules import can_issue
from ..states import NeedState as S
from ..triage.rules import can_triage


@dataclass(frozen=True)
class Act:
    """One button: the name of its address, its words, and its rule (actor, need, at) → Verdict."""

    name: str
    words: str
    rule: callable
    aside: bool = False


def _timeless(rule):
    return lambda actor, need, at: rule(actor, need)


# In the order of a need's life; `aside` acts stand behind the others, since they turn back or end it early.
ACTS = [
    Act("screen", _("判定是否合理"), _timeless(can_screen)),
    Act("triage_one", _("研判"), _timeless(can_triage)),
    Act("assign", _("交办"), _timeless(can_assign)),
    Act("accept", _("签收"), _timeless(can_accept)),
    Act("note", _("写办理记录"), _timeless(can_note)),
    Act("evidence", _("添加佐证"), _timeless(can_note)),
    Act("report_done", _("报办结"), _timeless(can_report_done)),
    Act("check_withdrawal", _("问清要不要撤回"), _timeless(can_check_withdrawal)),
    Act("call_back", _("回访"), _timeless(can_call_back)),
    Act("recheck", _("抽查"), _timeless(can_recheck)),
    Act("close", _("销号"), can_close),
    Act("resume", _("计划到期,继续办理"), can_resume),
    Act("slip", _("打印小条"), _timeless(can_issue), aside=True),
    Act("hand_to", _("换责任人"), _timeless(can_hand_to), aside=True),
    Act("return", _("退回"), _timeless(can_return), aside=True),
    Act("ask_withdrawal", _("申请撤回"), _timeless(can_ask_withdrawal), aside=True),
    Act("reopen", _("重新办理"), can_reopen, aside=True),
    Act("appeal", _("申请复核"), _timeless(can_appeal), aside=True),
]


def legal_and_not(actor, need, at):
    """Return ([acts legal now], [(act, reason)] of the others). A fixed number of queries."""
    judged = [(act, act.rule(actor, need, at)) for act in ACTS]
    return [act for act, verdict in judged if verdict], [(act, verdict.reason) for act, verdict in judged if not verdict]


NEXT = [
    # (states, duty, act, words)
    ((S.REGISTERED,), Duty.SCREEN_NEEDS, "screen", _("判定")),
    ((S.ADMITTED,), Duty.TRIAGE_NEEDS, "triage_one", _("研判")),
    ((S.TRIAGED, S.RETURNED), Duty.ASSIGN_NEEDS, "assign", _("交办")),
    ((S.ASSIGNED, S.REOPENED), Duty.ACCEPT_NEEDS, "accept", _("签收")),
    ((S.ACCEPTED, S.IN_PROGRESS), Duty.HANDLE_NEEDS, "need", _("办理")),
    ((S.DONE_REPORTED,), Duty.CALL_BACK, "call_back", _("回访")),
]


def next_act(actor, need):
    """Return (address name, words) of the one button a list shows for this need: the next legal act, else a look.

    Asks nothing of the database; the act's own page says the last word.
    """
    mine = holds(actor, need, duty=SEES)
    if need.state == S.VERIFIED:
        return _last_acts(actor, need)
    if need.withdrawal_asked_at and covers(actor, need, duty=Duty.CALL_BACK) and not mine:
        return "check_withdrawal", _("问清要不要撤回")
    for states, duty, name, words in NEXT:
        own = holds if name in ("accept", "need") else covers
        if need.state in states and own(actor, need, duty=duty) and not (name == "call_back" and mine):
            return name, words
    return "need", _("查看")


def _last_acts(actor, need):
    closes = covers(actor, need, duty=Duty.CLOSE_NEEDS)
    if covers(actor, need, duty=Duty.RECHECK_NEEDS) and is_drawn(need) and not closes:
        return "recheck", _("抽查")
    if closes and need.handler_id != actor.pk:
        return "close", _("销号")
    return "need", _("查看")


def closed_by(actor):
    """Return the Q of the needs that the actor's posts strike off as their daily work: a county's unit the county's, others the rest."""
    daily = Q(pk__in=[])
    for reach in scope.reaches(actor, duty=Duty.CLOSE_NEEDS):
        tiers = [Tier.COUNTY] if reach.unit.tier == Tier.COUNTY else [Tier.VILLAGE, Tier.TOWNSHIP]
        daily |= Q(tier__in=tiers, village_id__gte=reach.first, village_id__lt=reach.end)
    return daily
