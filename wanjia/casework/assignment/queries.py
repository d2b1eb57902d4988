"""Who may answer for a need."""

from wanjia.kernel.calendar import today
from wanjia.orgs.duties import DUTIES, Duty
from wanjia.orgs.models import Post, User

HANDLING_ROLES = [role for role, duties in DUTIES.items() if Duty.HANDLE_NEEDS in duties]


def people_of(unit, at):
    """Return the users of a unit who may answer for a need: one query."""
    posts = Post.objects.on(today(at)).filter(organisation=unit, role__in=HANDLING_ROLES)
    return User.objects.filter(pk__in=posts.values("user"), is_active=True).order_by("name")
