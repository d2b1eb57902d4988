"""Who prepares the yearly audit, and of which year."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.orgs.duties import Duty
from wanjia.orgs.models import Level
from wanjia.verdict import first_refusal

FIRST_YEAR = 2020


def audited(actor):
    """Return the county that the actor audits: where he reads the journal of the whole county; or None."""
    return next((area for area in scope.areas(actor, duty=Duty.READ_JOURNAL) if area.level == Level.COUNTY), None)


def can_publish(actor):
    """Decide whether the actor may publish the yearly audit of his county."""
    return first_refusal(
        (actor.has_duty(Duty.READ_JOURNAL), _("审计报告由查看操作日志的岗位出具。")),
        (audited(actor) is not None, _("审计报告按县出具,您的岗位不在县一级。")),
    )


def is_a_year(year, day):
    """Decide whether a year may be reported on: this one, up to today, or an earlier one."""
    return first_refusal((FIRST_YEAR <= year <= day.year, _("请选今年或以前的年度。")))
