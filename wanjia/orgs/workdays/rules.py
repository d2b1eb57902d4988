"""Who may change the working-day table."""

from django.utils.translation import gettext as _

from wanjia.kernel.verdict import first_refusal

from ..duties import Duty


def can_keep_workdays(actor):
    """Decide whether the actor may change the table: it moves every due date of the county."""
    return first_refusal((actor.has_duty(Duty.SET_RULES), _("工作日历由县台账办维护,您可以查看,不能修改。")))
