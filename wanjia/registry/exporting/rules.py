"""Who may take homes out of the register, and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import day_start, today
from wanjia.kernel.models import Entry
from wanjia.kernel.verdict import first_refusal
from wanjia.orgs.duties import Duty

SHORTEST_REASON = 4
MOST_HOMES = 20_000
# Homes a day that one person, and one unit's people together, may take out: with what is sealed, and without. Slicing does not help.
A_DAY = {True: 500, False: 5_000}


def taken(actor, at, numbers):
    """Count the homes that left on the day of `at`: by the actor, or by the actor's unit if that is more."""
    lines = Entry.objects.filter(act="household.export", at__gte=day_start(today(at)), at__lte=at)
    rows = [line for line in lines.values("by_id", "by_org", "detail") if line["detail"].get("numbers") == numbers]
    alike = ("by_id", actor.id), ("by_org", actor.org_name)
    return max(sum(line["detail"].get("homes", 0) for line in rows if who and line[key] == who) for key, who in alike)


def can_export(actor, reason, homes, numbers, already=0):
    """Decide whether the actor may export this many homes; numbers: with citizen numbers, phones and special groups.

    already: how many homes have left today in the same way.
    """
    return first_refusal(
        (actor.has_duty(Duty.EXPORT), _("您的岗位没有导出权限。需要数据时,请台账员或台账办导出。")),
        (not numbers or actor.has_duty(Duty.REVEAL), _("您的岗位不能导出身份证号和电话。请不勾选“带身份证号”,或请有权限的同事导出。")),
        (len(reason.strip()) >= SHORTEST_REASON, _("请写明导出做什么用(至少 4 个字),会记入日志。")),
        (homes > 0, _("按这个范围没有家庭户可以导出。")),
        (
            already + homes <= A_DAY[numbers],
            _("每人、每单位一天最多导出 %(n)s 户(今天已导出 %(m)s 户),分开导也一起算。请缩小范围,或改天再导。") % {"n": A_DAY[numbers], "m": already},
        ),
        (homes <= MOST_HOMES, _("一次最多导出 %(n)s 户,请按乡镇或按村分开导。") % {"n": MOST_HOMES}),
    )
