"""Who may answer for a need."""

from wanjia.casework.duties import Duty
from wanjia.orgs.carried import roles_with
from wanjia.orgs.models import Organisation, Post, User
from wanjia.orgs.scope import units

from ..queries import holders_for

HANDLING_ROLES = roles_with(Duty.HANDLE_NEEDS)


def people_of(unit, day):
    """Return the users of a unit who may answer for a need: one query."""
    posts = Post.objects.on(day).filter(organisation=unit, role__in=HANDLING_ROLES)
    return User.objects.filter(pk__in=posts.values("user"), is_active=True).order_by("name")


def offered(need, _actor, day):
    """Return the units that the need may be handed to; none before it is graded."""
    return holders_for(need, day) if need.urgency else []


def living(_need, _actor, day):
    """Return every living unit: what a call may name; the rule says why one may not hold the need."""
    return Organisation.objects.on(day)


def others(need, actor, day):
    """Return who else of the need's unit may answer for it: before it is signed for the actor signs himself."""
    return people_of(need.holder, day).exclude(pk=need.handler_id or actor.pk) if need.holder_id else User.objects.none()


def name_of(row):
    """Return what a unit or a person is called in a list."""
    return row.name


def named_colleagues(_need, actor, _day):
    """Return the users of the actor's own units: whom a call may name; the rule says who may not answer."""
    return User.objects.filter(posts__organisation__in=units(actor, duty=Duty.ACCEPT_NEEDS), is_active=True).distinct()
