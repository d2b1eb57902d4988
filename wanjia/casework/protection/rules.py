"""Who may report (everybody who works here) and who may read (the named protection officer alone)."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.orgs.carried import roles_with
from wanjia.orgs.duties import Duty
from wanjia.orgs.models import Post, User
from wanjia.verdict import NotFound, first_refusal

from ..models import ProtectionReport

AT_ONCE = timedelta(hours=2)


def visible_reports(actor):
    """Return the sealed reports the actor may open: a protection officer's area, never one that names a unit in which the
    actor stood at any time since.
    """
    since = Q(to_on=None) | Q(to_on__gte=OuterRef("discovered_at__date"))
    own = Exists(Post.objects.filter(since, user=actor.id, organisation=OuterRef("suspects_unit")))
    return ProtectionReport.objects.filter(scope.in_reach(actor, area="area_id", duty=Duty.PROTECT_CHILDREN)).exclude(own)


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
