"""Who may report (everybody who works here) and who may read (the named protection officer alone)."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.carried import roles_with
from wanjia.orgs.duties import Duty
from wanjia.orgs.models import Level, Post, User
from wanjia.policy import access as policy
from wanjia.verdict import NotFound, first_refusal

from ..models import LateReason, ProtectionReport


def at_once(discovered_at):
    """Return how long after its discovery a report is not late yet: hours of the clock, day and night, as the policy of that day has it."""
    return policy.in_force(today(discovered_at)).at_once


def is_late(report, at):
    """Tell whether no authority had a report in time: by the moment at which one received it, or by now."""
    return (report.reported_at or at) - report.discovered_at > at_once(report.discovered_at)


def overseen(actor):
    """Return the reports of the counties whose journal the actor reads, for counts alone; never one that names a unit of his.

    Whoever reads that of a township or village would be told by his own reach where the child is.
    """
    wide, within = (Level.COUNTY, Level.CITY), Q(pk__in=[])
    for area in (one for one in scope.areas(actor, duty=Duty.READ_JOURNAL) if one.level in wide):
        first, end = area.span()
        within |= Q(area_id__gte=first, area_id__lt=end)
    return ProtectionReport.objects.filter(within).exclude(_own(actor))


def can_explain(actor, report, at):
    """Decide whether the actor may say why a report was late: its officer, once."""
    return first_refusal(
        (visible_reports(actor).filter(pk=report.pk).exists(), _("只有未成年人保护专员可以说明。")),
        (is_late(report, at), _("这份报告没有迟,不用说明。")),
        (not LateReason.objects.filter(report=report).exists(), _("迟报原因已经说明过了。")),
    )


def visible_reports(actor):
    """Return the sealed reports the actor may open: a protection officer's area, never one that names a unit in which the
    actor stood at any time since.
    """
    return ProtectionReport.objects.filter(scope.in_reach(actor, area="area_id", duty=Duty.PROTECT_CHILDREN)).exclude(_own(actor))


def _own(actor):
    """The reports that name a unit in which the actor stood at any time since."""
    since = Q(to_on=None) | Q(to_on__gte=OuterRef("discovered_at__date"))
    return Exists(Post.objects.filter(since, user=actor.id, organisation=OuterRef("suspects_unit")))


def has_reader(report, day):
    """Tell whether an officer of the place may open this report: nobody may when all of them stood in the unit that it names."""
    officers = Post.objects.on(day).filter(role__in=roles_with(Duty.PROTECT_CHILDREN), user__is_active=True).values("user")
    return any(visible_reports(officer).filter(pk=report.pk).exists() for officer in User.objects.filter(pk__in=officers))


def can_report(actor, area):
    """Decide whether the actor may report: every staff member must be able to, wherever the child is (art. 11)."""
    return first_refusal(
        (bool(actor.live_posts), _("请先让管理员给您的账号登记岗位;情况紧急请直接拨打 110。")),
        (area is not None, _("请选择孩子所在的村(社区)或乡镇。")),
    )


def can_follow_up(actor, report):
    """Decide whether the actor may write what was done next."""
    return first_refusal((visible_reports(actor).filter(pk=report.pk).exists(), _("只有未成年人保护专员可以跟进。")))


def can_open(actor, report):
    """Decide whether the actor may open this sealed report."""
    return first_refusal((visible_reports(actor).filter(pk=report.pk).exists(), _("只有未成年人保护专员可以打开。"), NotFound))
