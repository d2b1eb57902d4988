"""Who sees rosters, who may draw, put in force, change and exchange; and why not."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import CHINA
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..guard_states import SwapState
from ..guarding.rules import answers, keeps_guard, visible_guards
from ..models import DutySwap, GateAlarm, GateDuty, GuardAbsence
from ..year.rules import visible_schools

SEES = (Duty.SEE_SCHOOLS,)
NO_DUTY = _("您的岗位没有排护学岗的权限。")
NO_EDIT = _("您的岗位没有调整护学岗排班的权限。")
NO_ABSENCE = _("您的岗位没有登记护学人员请假的权限。")
ELSEWHERE = _("这个岗不在您管的学校。")
OUT_OF_REACH = _("这个地方不在您的辖区。")
OLD = _("这一版排班已经不用了。")
NOT_MINE = _("这个人不由您登记。")
BEGUN = _("这一岗已经开始,不能再换。")
ENDED = _("这一岗已经结束,不能再改。")


def visible_duties(actor, *, duty=Duty.SEE_SCHOOLS):
    """The duties of schools in reach, of the versions that stand; of others too for whoever draws."""
    rows = GateDuty.objects.filter(school__in=visible_schools(actor, duty=duty))
    return rows if actor.has_duty(Duty.DRAW_ROSTER) else rows.filter(plan__standing__isnull=False)


def visible_swaps(actor, *, duty=Duty.SEE_SCHOOLS):
    """Exchanges of duties of schools in reach."""
    seen = visible_schools(actor, duty=duty)
    return DutySwap.objects.filter(Q(one__school__in=seen) | Q(other__school__in=seen))


def visible_absences(actor, *, duty=Duty.SEE_SCHOOLS):
    """When guards in reach cannot come."""
    return GuardAbsence.objects.filter(guard__in=visible_guards(actor, duty=duty))


def visible_alarms(actor, *, duty=Duty.SEE_SCHOOLS):
    """What was told of schools in reach."""
    return GateAlarm.objects.filter(school__in=visible_schools(actor, duty=duty))


def starts_at(row):
    """Return the moment at which a duty begins."""
    return datetime.combine(row.day, row.from_at, CHINA)


def is_over(row, at):
    """Decide whether a duty has ended: nobody can be sent any more."""
    return at >= datetime.combine(row.day, row.to_at, CHINA)


def can_draw(actor, _row=None):
    """May the actor have rosters drawn; for which area, the act judges."""
    return first_refusal((actor.has_duty(Duty.DRAW_ROSTER), NO_DUTY))


def _edits(actor, row):
    near = answers(actor, row.school.area_id, row.school.unit_id, duty=Duty.EDIT_ROSTER)
    return (actor.has_duty(Duty.EDIT_ROSTER), NO_EDIT), (near, ELSEWHERE), (row.plan.standing.exists(), OLD)


def can_edit(actor, gate_duty, at):
    """May the actor change who takes a duty: of the roster that stands, until it ends: whoever did not come is stood in for."""
    return first_refusal(*_edits(actor, gate_duty), (not is_over(gate_duty, at), ENDED))


def can_swap(actor, gate_duty, at):
    """May the actor ask that two guards exchange duties."""
    waits = DutySwap.objects.filter(one=gate_duty, state=SwapState.ASKED).exists()
    return first_refusal(
        *_edits(actor, gate_duty), (at < starts_at(gate_duty), BEGUN), (gate_duty.guard_id is not None, _("这一岗没有排到人,不用换。")), (not waits, _("这一岗已经有一个换岗在等批准。")),
    )


def can_decide(actor, swap, at):
    """May the actor approve an exchange: not whoever asked for it, and before either duty begins."""
    return first_refusal(
        *_edits(actor, swap.one), (swap.state == SwapState.ASKED, _("这个换岗已经有结果了。")), (swap.asked_by_id != actor.id, _("自己提的换岗,由别人批准。")),
        (not is_one_person(actor, swap.asked_by_id, at), SAME_PERSON),
        (at < min(starts_at(swap.one), starts_at(swap.other)), BEGUN),
    )


def _tells(actor, guard):
    return (actor.has_duty(Duty.KEEP_GUARDS), NO_ABSENCE), (keeps_guard(actor, guard), NOT_MINE)


def can_tell_away(actor, guard):
    """May the actor write down that a guard cannot come."""
    return first_refusal(*_tells(actor, guard), (guard.to_on is None, _("这个人已经退出护学。")))


def can_take_back(actor, absence, at):
    """May the actor say that a guard comes after all."""
    return first_refusal(*_tells(actor, absence.guard), (absence.taken_back_at is None and at < absence.until_at, _("这次请假已经过去或者销假了。")))


def can_mend(actor, absence, at):
    """May the actor mend what an absence left open."""
    return first_refusal(
        (actor.has_duty(Duty.EDIT_ROSTER), NO_EDIT), (keeps_guard(actor, absence.guard, duty=Duty.EDIT_ROSTER), NOT_MINE),
        (any(starts_at(one) > at for one in absence.lost.filter(plan__standing__isnull=False, guard=None)), _("这次请假没有留下还没开始的空岗。")),
    )


def is_clock(by):
    """Decide whether the clock does it: what is uncovered is looked for by nobody's hand."""
    return first_refusal((by is CLOCK, _("空岗由系统按时看,不由人代看。")))
