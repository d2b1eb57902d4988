"""The one button that a list shows for a need: where it leads, for this actor, now."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.orgs.models import Tier

from ..assignment.rules import is_arbitrated
from ..clock.rules import WORKING, decides, is_planned, told
from ..closing.rules import is_drawn
from ..models import Recheck
from ..rules import SEES, covers, holds
from ..states import NeedState as S

NEXT = [
    # (states, duty, act, words)
    ((S.REGISTERED,), Duty.SCREEN_NEEDS, "screen", _("判定")),
    ((S.ADMITTED,), Duty.TRIAGE_NEEDS, "triage_one", _("研判")),
    ((S.TRIAGED, S.RETURNED), Duty.ASSIGN_NEEDS, "assign", _("交办")),
    ((S.ASSIGNED, S.REOPENED), Duty.ACCEPT_NEEDS, "accept", _("签收")),
    ((S.ACCEPTED, S.IN_PROGRESS), Duty.HANDLE_NEEDS, "need", _("办理")),
    ((S.DONE_REPORTED,), Duty.CALL_BACK, "call_back", _("回访")),
]
# Where a row leads that is no page of its need: what a session settles is begun on the list of sessions.
LISTS = ("sessions",)


def next_act(actor, need):
    """Return (address name, words) of the one button a list shows for this need: the next legal act, else a look.

    Asks nothing of the database; the act's own page says the last word.
    """
    mine = holds(actor, need, duty=SEES)
    if need.asked_for and not mine and decides(actor, need):
        return "decide_clock", _("审批")
    if need.state == S.VERIFIED:
        return _last_acts(actor, need)
    if need.state == S.CLOSED and need.recheck_for and not mine and covers(actor, need, duty=OrgsDuty.RECHECK_NEEDS):
        return "recheck", _("抽查")
    if need.withdrawal_asked_at and covers(actor, need, duty=Duty.CALL_BACK) and not mine:
        return "check_withdrawal", _("问清要不要撤回")
    waits = (need.contested_at and not mine) or (is_arbitrated(need) and need.state in (S.TRIAGED, S.RETURNED))
    if waits and covers(actor, need, duty=Duty.HOLD_SESSIONS):
        return "sessions", _("会商")
    if need.state in WORKING and not told(need) and holds(actor, need, duty=Duty.HANDLE_NEEDS):
        return "tell_extension", _("告知延期")
    for states, duty, name, words in NEXT:
        own = holds if name in ("accept", "need") else covers
        if need.state in states and own(actor, need, duty=duty) and not (name == "call_back" and mine):
            return name, words
    return "need", _("查看")


def _last_acts(actor, need):
    closes, day = covers(actor, need, duty=Duty.CLOSE_NEEDS), today(timezone.now())
    if is_planned(need) and need.planned_on is not None:  # it waits for its own day; then it goes back to work, or is struck off
        if need.planned_on > day:
            return "need", _("看计划")
        if holds(actor, need, duty=Duty.HANDLE_NEEDS):
            return "resume", _("继续办理")
    if covers(actor, need, duty=OrgsDuty.RECHECK_NEEDS) and is_drawn(need) and not closes:
        return "recheck", _("抽查")
    if closes and need.handler_id != actor.pk:
        return "close", _("销号")
    return "need", _("查看")


def closed_by(actor):
    """Return the Q of the needs that the actor's posts strike off as their daily work: a county's unit the county's, others the rest."""
    daily = Q(pk__in=[])
    for reach in scope.reaches(actor, duty=Duty.CLOSE_NEEDS):
        here = Q(village_id__gte=reach.first, village_id__lt=reach.end)
        if reach.unit.tier == Tier.COUNTY:  # and what the township itself looked at again: another unit strikes off
            daily |= here & (Q(tier=Tier.COUNTY) | _looked_at(by_org__tier=Tier.TOWNSHIP))
        else:
            daily |= here & Q(tier__in=[Tier.VILLAGE, Tier.TOWNSHIP]) & ~_looked_at(by_org=reach.unit.pk)
    return daily


def _looked_at(**by):
    """The recheck of what was reported last came from such a unit."""
    return Exists(Recheck.objects.filter(need=OuterRef("pk"), round=OuterRef("reopenings"), at__gte=OuterRef("done_at"), reached=True, **by))
