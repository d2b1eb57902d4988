"""Which paper a need can have now, who may print it, and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.kernel.calendar import WorkingCalendar, today

from ..rules import SEES, asked_by_a_child, covers, holds
from ..states import BEFORE_DONE, OPEN, Level, NeedState, PaperKind

S = NeedState
WORKING = (S.ACCEPTED, S.IN_PROGRESS)
SUPERVISED_AFTER = 5  # working days late: 督办函 (rules.md §b.4)
REOPENED_TOO_OFTEN = 3

DESK = (Duty.ASSIGN_NEEDS, Duty.SCREEN_NEEDS)


def days_late(need, day, calendar=None):
    """Return the working days that a need is past its date while its unit works on it; 0 when it is not.

    Once reported done, it waits for others: its unit cannot be urged for that.
    """
    if need.state not in BEFORE_DONE or need.due_on is None or need.due_on >= day:
        return 0
    return max((calendar or WorkingCalendar.load()).between(need.due_on, day), 1)


def standing(need, at):
    """Return what the papers of a need go by: how many working days it is late."""
    return days_late(need, today(at))


def in_hand(actor, need, kind):
    """Return (whether the need is the actor's by this paper's duties, why not)."""
    duties = kind.duties
    return covers(actor, need, duty=duties) or holds(actor, need, duty=duties), _("这件诉求不在您的辖区,也不在您的单位手里。")


def fits(need, kind, late):
    """Return (whether the paper makes sense for the need as it stands, why not)."""
    match kind:
        case PaperKind.ASSIGNMENT:
            return need.assigned_at is not None and need.state not in (S.RETURNED, S.TRIAGED), _("交办以后才有交办单。")
        case PaperKind.RETURN:
            return need.returns > 0, _("没有退回过,不出退回单。")
        case PaperKind.EXTENSION:
            return need.asked_in is not None or need.extended_from is not None, _("申请延期以后才有延期审批单。")
        case PaperKind.CONFERENCE:
            return need.state in (S.ADMITTED, S.TRIAGED, S.ASSIGNED, S.RETURNED, S.REOPENED, *WORKING), _("受理以后、报办结以前才会商。")
        case PaperKind.REMINDER:
            return late >= 1 or _climbed(need, Level.URGE), _("没有超期,不需要催办。")
        case PaperKind.SUPERVISION:
            long = late >= SUPERVISED_AFTER or (need.state in OPEN and need.reopenings >= REOPENED_TOO_OFTEN)
            return long or _climbed(need, Level.SUPERVISE), _("超期满 5 个工作日,或者重新办理 3 次以上,才发督办函。")
        case PaperKind.RAISE:
            return _climbed(need, Level.RAISE, Level.RAISE_AGAIN), _("提级以后才有提级办理单。")
        case PaperKind.REPLY:
            ready = need.state in (S.DONE_REPORTED, S.VERIFIED, S.CLOSED, S.DECLINED)
            return ready, _("报办结或判定不予受理以后才能出具答复。")
        case PaperKind.CALLBACK:
            return need.callbacks.exists(), _("还没有回访过。")
        case _:
            return need.state in (S.VERIFIED, S.CLOSED), _("回访以后才填销号审批表。")


def _climbed(need, *levels):
    """Tell whether the clock has climbed one of these rungs with this need, and told somebody."""
    return need.rungs.filter(level__in=levels, passed=False).exists()


def sees_phone(actor, need):
    """Tell whether a paper for this actor bears the requester's phone: those who assign the need or work on it; a child's to nobody."""
    return not asked_by_a_child(need) and (covers(actor, need, duty=DESK) or holds(actor, need, duty=SEES))
