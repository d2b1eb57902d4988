"""Who marks the day at which gate; and why not."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..guarding.rules import answers
from ..rostering.rules import starts_at

NO_DUTY = _("您的岗位没有登记护学到岗的权限。")
ELSEWHERE = _("这所学校的护学岗不由您登记。")
EARLY = timedelta(hours=1)  # before a duty begins, its leader may mark


def _near(actor, school):
    return (actor.has_duty(Duty.MARK_GATES), NO_DUTY), (answers(actor, school.area_id, school.unit_id, duty=Duty.MARK_GATES), ELSEWHERE)


def can_mark(actor, gate_duty, at):
    """May the actor mark whether somebody came: the post's leader, on the day, of the roster that stands; nobody marks himself."""
    guard = gate_duty.guard
    return first_refusal(
        *_near(actor, gate_duty.school), (gate_duty.plan.standing.exists(), _("这一版排班已经不用了。")), (guard is not None, _("这一岗没有排到人。")),
        (guard is None or guard.user_id is None or guard.user_id != actor.id, _("自己的到岗由带班的人登记。")), (at >= starts_at(gate_duty) - EARLY, _("还没到这一岗的时间。")),
        (gate_duty.day >= today(at) - timedelta(days=1), _("到岗当天或者第二天登记。")),
    )  # fmt: skip


def can_report(actor, school):
    """May the actor write down what happened at a gate, or that somebody gave a talk."""
    return first_refusal(*_near(actor, school))
