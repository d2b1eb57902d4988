"""Who proposes, agrees to and marks a leader's day; and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..guarding.rules import answers
from ..models import LeaderDay
from ..year.rules import visible_schools

NO_DUTY = _("您的岗位没有安排领导带班的权限。")
NO_MARK = _("您的岗位没有登记领导带班的权限。")
ELSEWHERE = _("这所学校不在您的范围。")


def visible_leader_days(actor, *, duty=Duty.SEE_SCHOOLS):
    """Leaders' days at schools in reach."""
    return LeaderDay.objects.filter(school__in=visible_schools(actor, duty=duty))


def proposes(actor, _row=None):
    """May the actor have leaders' days proposed; for which area, the act judges."""
    return first_refusal((actor.has_duty(Duty.DRAW_ROSTER), NO_DUTY))


def _near(actor, one, duty):
    return answers(actor, one.school.area_id, one.school.unit_id, duty=duty), ELSEWHERE


def can_agree(actor, leader_day, at):
    """May the actor agree to a day that is still to come, by this leader or another."""
    return first_refusal(
        (actor.has_duty(Duty.DRAW_ROSTER), NO_DUTY), _near(actor, leader_day, Duty.DRAW_ROSTER), (leader_day.agreed_at is None, _("这一天已经定了。")),
        (leader_day.day >= today(at), _("这一天已经过去了。")),
    )  # fmt: skip


def can_hold(actor, leader_day, at):
    """May the actor say whether the leader came: on the day or after."""
    return first_refusal(
        (actor.has_duty(Duty.MARK_GATES), NO_MARK), _near(actor, leader_day, Duty.MARK_GATES), (leader_day.agreed_at is not None, _("这一天还没有定。")),
        (leader_day.day <= today(at), _("还没到这一天。")),
    )  # fmt: skip
