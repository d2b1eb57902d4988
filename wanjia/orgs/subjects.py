"""What the acts of accounts, posts, areas, units, sponsorship and the working-day table are about."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.verdict import NotFound

from . import scope
from .accounts.rules import visible_users
from .models import Area, AreaAlias, DayChange, Organisation, Post, Sponsorship, User
from .second_person.queries import sleeping
from .units.rules import visible_organisations

# Why no program does these acts.
NO_PROGRAM = "accounts and duties: a second person and a screen, never a stolen program (ADR 53)"
ONES_OWN = "one's own account, at a screen, beside the second factor"
SELDOM = "areas, units and calendar: set a few times a year, each with a preview on its page"


def _locked(model, *related):
    """Return what locks one row of a model for an act. Who only refers to the row meanwhile need not wait."""

    def take(pk, at):
        row = model.objects.select_for_update(of=("self",), no_key=True).select_related(*related).filter(pk=pk).first()
        if row is None:
            raise NotFound(_("没有找到。可能不存在,或者不在您的辖区。"))
        return row, at

    return take


def _account(user):
    return user.name


USERS = Subject(
    "user", "orgs.user", "users", seen=visible_users, take=_locked(User), page="orgs:user", over=("orgs:users", _("用户与岗位")),
    about=_account, word="person", slash=False,
)  # fmt: skip
POSTS = Subject(
    "post", "orgs.post", "users/<uuid:user_id>/posts", take=_locked(Post, "user", "organisation__area"), id="int", slash=False,
    seen=lambda actor, *, duty: Post.objects.filter(user__in=visible_users(actor, duty=duty)).select_related("user"),
    page="orgs:user", over=USERS.over, about=lambda post: post.user.name, of=lambda post: post.user,
)  # fmt: skip
# One's own account: its acts take no row, the actor is the row.
ME = Subject("me", "orgs.user", "me", seen=None, take=None, page="", over=("orgs:profile", _("我的账号")), slash=False)
# What waits for a second person: a post that was asked for, an account whose posts sleep.
_NOTICES = ("orgs:duty_notices", _("岗位确认与提醒"))
ASKED_POSTS = Subject(
    "post", "orgs.post", "me/duties/posts", seen=None, take=POSTS.take, page="", over=_NOTICES, about=lambda post: f"{post.user.name}({post.user.username})",
    id="int", slash=False,
)  # fmt: skip
SLEEPING = Subject(
    "user", "orgs.user", "me/duties/users", take=_locked(User), page="", over=_NOTICES, about=lambda user: f"{user.name}({user.username})", word="person",
    seen=lambda actor, *, duty: User.objects.filter(pk__in=[user.pk for user in sleeping(actor)]), slash=False,
)  # fmt: skip
AREAS = Subject(
    "area", "orgs.area", "areas", take=_locked(Area), page="orgs:area", over=("orgs:areas", _("行政区划")), id="str", slash=False,
    seen=lambda actor, *, duty: Area.objects.filter(scope.in_place(actor, duty=duty, area="code")).select_related("parent"),
)  # fmt: skip
AREA_NAMES = Subject(
    "alias", "orgs.areaalias", "areas/<str:area_id>/aliases", take=_locked(AreaAlias, "area"), id="int", of=lambda alias: alias.area, page="orgs:area",
    seen=lambda actor, *, duty: AreaAlias.objects.filter(scope.in_place(actor, duty=duty)), over=AREAS.over, slash=False,
)  # fmt: skip
UNITS = Subject(
    "unit", "orgs.organisation", "units", take=_locked(Organisation, "area"), page="orgs:unit", over=("orgs:units", _("单位")), slash=False,
    seen=lambda actor, *, duty: visible_organisations(actor, duty=duty).select_related("area", "parent"), about=lambda unit: unit.name,
)  # fmt: skip
BONDS = Subject(
    "bond", "orgs.sponsorship", "sponsorships", take=_locked(Sponsorship, "organisation__area", "area"), page="", over=("orgs:sponsorships", _("挂联")),
    seen=lambda actor, *, duty: Sponsorship.objects.filter(scope.in_place(actor, duty=duty)), id="int", slash=False,
)  # fmt: skip
_CALENDAR = ("orgs:calendar", _("工作日历"))
DAYS = Subject("day", "kernel.calendarday", "calendar", seen=None, take=None, page="", over=_CALENDAR, slash=False)
CHANGES = Subject(
    "change", "orgs.daychange", "calendar/changes", seen=lambda _actor, *, duty: DayChange.objects.all(), take=_locked(DayChange), page="",
    over=_CALENDAR, slash=False,
)  # fmt: skip
