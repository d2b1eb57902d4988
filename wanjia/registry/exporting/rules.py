"""Who may take homes out of the register, and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.verdict import first_refusal
from wanjia.orgs.duties import Duty

SHORTEST_REASON = 4
MOST_HOMES = 20_000


def can_export(actor, reason, homes, numbers):
    """Decide whether the actor may export this many homes; numbers: with citizen numbers, phones and special groups."""
    return first_refusal(
        (actor.has_duty(Duty.EXPORT), _("您的岗位没有导出权限。需要数据时,请台账员或台账办导出。")),
        (not numbers or actor.has_duty(Duty.REVEAL), _("您的岗位不能导出身份证号和电话。请不勾选“带身份证号”,或请有权限的同事导出。")),
        (len(reason.strip()) >= SHORTEST_REASON, _("请写明导出做什么用(至少 4 个字),会记入日志。")),
        (homes > 0, _("按这个范围没有家庭户可以导出。")),
        (homes <= MOST_HOMES, _("一次最多导出 %(n)s 户,请按乡镇或按村分开导。") % {"n": MOST_HOMES}),
    )
