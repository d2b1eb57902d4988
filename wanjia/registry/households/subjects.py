"""What the acts on homes are about: a home, and somebody's membership of it."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.verdict import Refused

from ..memberships import heads_of
from ..models import Membership
from .rules import household_for, visible_households


def _homes_seen(actor, *, duty):
    return visible_households(actor, duty=duty).select_related("village__parent", "verified_by")


def _home(household_id, at, *, by, duty):
    return household_for(by, household_id, duty=duty[0]), at


def headed(home):
    """Return how a home is called: by its head, its number beside; by its number alone where nobody lives."""
    name = heads_of([home]).get(home.pk, ("",))[0]
    return f"{name} · {home.number}" if name else home.number


HOMES = Subject(
    "household", "registry.household", "households", seen=_homes_seen, take=_home, page="registry:household", about=headed,
    look=lambda household_id, *, by, duty: household_for(by, household_id, duty=duty[0]), over=("registry:households", _("家庭户")),
)  # fmt: skip


def _members_seen(actor, *, duty):
    return Membership.objects.filter(to_on=None, household__in=visible_households(actor, duty=duty)).select_related("household", "person")


def _member(membership_id, at):
    member = Membership.objects.select_related("household", "person").filter(pk=membership_id, to_on=None).first()
    if member is None:
        raise Refused(_("这条成员关系不存在或已经终止。"))
    return member, at


MEMBERS = Subject(
    "membership", "registry.membership", "members", seen=_members_seen, take=_member, page="registry:household", id="int", word="member",
    of=lambda member: member.household, about=lambda member: f"{member.person.shown_name} · {headed(member.household)}",
)  # fmt: skip
