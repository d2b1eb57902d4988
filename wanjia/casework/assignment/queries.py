"""Who may answer for a need."""

from django.utils.translation import gettext as _

from wanjia.kernel.calendar import today
from wanjia.orgs.duties import Duty, roles_with
from wanjia.orgs.models import Post, User

from ..models import Need
from ..states import OPEN

HANDLING_ROLES = roles_with(Duty.HANDLE_NEEDS)


def people_of(unit, at):
    """Return the users of a unit who may answer for a need: one query."""
    posts = Post.objects.on(today(at)).filter(organisation=unit, role__in=HANDLING_ROLES)
    return User.objects.filter(pk__in=posts.values("user"), is_active=True).order_by("name")


def still_held_by(user):
    """Return what the person still answers for, to be handed over before the post ends: [(words, how many, '')]."""
    return [(_("在办诉求"), Need.objects.filter(handler=user, state__in=OPEN).count(), "")]
