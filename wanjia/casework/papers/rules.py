"""Which paper a need can have now, who may print it, and why not."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.orgs.models import Level
from wanjia.reporting.figures.rules import sees_whole
from wanjia.reporting.states import PaperKind
from wanjia.verdict import first_refusal

from ..rules import SEES, covers, helps, visible_needs
from ..states import BEFORE_DONE, OPEN, NeedState

S = NeedState
WORKING = (S.ACCEPTED, S.IN_PROGRESS)
SUPERVISED_AFTER = 5  # working days late: 督办函 (rules.md §b.4)
REOPENED_TOO_OFTEN = 3

DESK = (Duty.ASSIGN_NEEDS, Duty.SCREEN_NEEDS)
HANDS = (Duty.ACCEPT_NEEDS, Duty.HANDLE_NEEDS)
OVERSIGHT = (*DESK, OrgsDuty.RECHECK_NEEDS, Duty.CLOSE_NEEDS)


@dataclass(frozen=True)
class Kind:
    """How one paper is made: who prints it, the letter of its numbers, whether it leaves the office, whether a hand fills it."""

    duties: tuple
    mark: str
    leaves: bool = False
    by_hand: bool = False


KINDS = {
    PaperKind.ASSIGNMENT: Kind((*DESK, *HANDS), "诉交"),
    PaperKind.RETURN: Kind((*DESK, *HANDS), "诉退"),
    PaperKind.EXTENSION: Kind((*DESK, *HANDS), "诉延", by_hand=True),
    PaperKind.CONFERENCE: Kind(DESK, "诉商", by_hand=True),
    PaperKind.REMINDER: Kind(OVERSIGHT, "诉催"),
    PaperKind.SUPERVISION: Kind(OVERSIGHT, "诉督"),
    PaperKind.REPLY: Kind((*DESK, *HANDS), "诉复", leaves=True),
    PaperKind.CALLBACK: Kind((Duty.CALL_BACK, Duty.CLOSE_NEEDS, OrgsDuty.RECHECK_NEEDS), "诉访"),
    PaperKind.CLOSING: Kind((Duty.CLOSE_NEEDS, OrgsDuty.RECHECK_NEEDS), "诉销"),
    PaperKind.MONTHLY: Kind((OrgsDuty.SEE_FIGURES,), "诉通", leaves=True),
}


def days_late(need, day, calendar=None):
    """Return the working days that a need is past its date while its unit works on it; 0 when it is not.

    Once reported done, it waits for others: its unit cannot be urged for that.
    """
    if need.state not in BEFORE_DONE or need.due_on is None or need.due_on >= day:
        return 0
    return max((calendar or WorkingCalendar.load()).between(need.due_on, day), 1)


def can_print(actor, need, kind, at, late=None):
    """Decide whether the actor may print this paper of the need, now."""
    if kind not in KINDS or kind == PaperKind.MONTHLY:
        return first_refusal((False, _("没有这种文书。")))
    late = days_late(need, today(at)) if late is None else late
    return first_refusal(
        (actor.has_duty(*KINDS[kind].duties), _("您的岗位不出具这种文书。")),
        (covers(actor, need, duty=KINDS[kind].duties) or helps(actor, need, duty=KINDS[kind].duties), _("这件诉求不在您的辖区,也不在您的单位手里。")),
        _fits(need, kind, late),
    )


def _fits(need, kind, late):
    """Return (whether the paper makes sense for the need as it stands, why not)."""
    match kind:
        case PaperKind.ASSIGNMENT:
            return need.assigned_at is not None and need.state not in (S.RETURNED, S.TRIAGED), _("交办以后才有交办单。")
        case PaperKind.RETURN:
            return need.returns > 0, _("没有退回过,不出退回单。")
        case PaperKind.EXTENSION:
            return need.state in (S.ASSIGNED, S.REOPENED, *WORKING) and not late, _("只有交办以后、时限届满以前才能申请延期。")
        case PaperKind.CONFERENCE:
            return need.state in (S.ADMITTED, S.TRIAGED, S.ASSIGNED, S.RETURNED, S.REOPENED, *WORKING), _("受理以后、报办结以前才会商。")
        case PaperKind.REMINDER:
            return late >= 1, _("没有超期,不需要催办。")
        case PaperKind.SUPERVISION:
            return (late >= SUPERVISED_AFTER or (need.state in OPEN and need.reopenings >= REOPENED_TOO_OFTEN),
                    _("超期满 5 个工作日,或者重新办理 3 次以上,才发督办函。"))  # fmt: skip
        case PaperKind.REPLY:
            ready = need.state in (S.DONE_REPORTED, S.VERIFIED, S.CLOSED, S.DECLINED)
            return ready, _("报办结或判定不予受理以后才能出具答复。")
        case PaperKind.CALLBACK:
            return need.callbacks.exists(), _("还没有回访过。")
        case _:
            return need.state in (S.VERIFIED, S.CLOSED), _("回访以后才填销号审批表。")


def papers_of(actor, need, at):
    """Return [(kind, Verdict)] of the nine papers, in the order of a need's life."""
    late = days_late(need, today(at))
    return [(kind, can_print(actor, need, kind, at, late)) for kind in PaperKind if kind != PaperKind.MONTHLY]


def can_print_monthly(actor, area):
    """Decide whether the actor may print the monthly notice of an area: of the whole area, whatever the line."""
    return first_refusal(
        (actor.has_duty(OrgsDuty.SEE_FIGURES), _("您的岗位没有查看统计的权限。")),
        (area.level in (Level.COUNTY, Level.TOWNSHIP), _("月度通报按县或乡镇印发。")),
        (sees_whole(actor, area), _("只能印发本辖区的通报。")),
    )


def sees_phone(actor, need):
    """Tell whether a paper for this actor bears the requester's phone: those who assign the need or work on it."""
    return covers(actor, need, duty=DESK) or helps(actor, need, duty=SEES)


def printable_needs(actor, *, duty=SEES):
    """Return the needs of which the actor sees papers."""
    return visible_needs(actor, duty=duty)
