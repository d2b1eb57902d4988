"""Who sees which school, who may say when its bells ring; and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.orgs.models import Line
from wanjia.orgs.roles import Role
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..models import Bell, Gate, School, SchoolDay, Term

OWN_SCHOOL = (Role.SCHOOL_WORKER, Role.HEADMASTER)  # posts that reach the school of their unit, and no other
NO_DUTY = _("您的岗位没有登记学校和校历的权限。")
ELSEWHERE = _("这所学校不由您管。")
OVER = _("这所学校已经停办。")
ENDED = _("这一条已经停用。")


def visible_schools(actor, *, duty=Duty.SEE_SCHOOLS):
    """Schools of the area of the posts that carry `duty`; for a school's own post, that school."""
    own = [post.organisation_id for post in scope.posts(actor, duty=duty) if post.role in OWN_SCHOOL]
    return School.objects.filter(scope.in_reach(actor, duty=duty, but=OWN_SCHOOL)) | School.objects.filter(unit__in=own)
