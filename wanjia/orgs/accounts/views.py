"""Pages of accounts: the list, the roles, one account with the acts on it."""

from django.shortcuts import render
from django.utils import timezone

from wanjia.doors.asking import form_of
from wanjia.doors.guard import guarded
from wanjia.doors.listing import page_of
from wanjia.doors.pages import of_row
from wanjia.kernel.calendar import today
from wanjia.orgs.duties import Duty
from wanjia.orgs.roles import Role

from ..handing import queries as handing
from . import commands, queries, rules
from .subjects import USERS

SORTS = {"username": ("username",), "name": ("name", "username"), "seen": ("last_login", "username")}


@guarded(Duty.MANAGE_USERS)
def users(request):
    """List the accounts."""
    asked = {"words": request.GET.get("q", "").strip(), "role": request.GET.get("role", ""), "locked": "locked" in request.GET}
    rows = queries.users(request.user, day=today(timezone.now()), **asked)
    page = page_of(request, rows, sorts=SORTS, default="username")
    return render(request, "orgs/accounts/users.html", {"page": page, "roles": Role, **asked})


@guarded(Duty.MANAGE_USERS)
def roles(request):
    """Show what each role may do, and which roles exclude one another."""
    rows, apart = queries.table_of_roles()
    return render(request, "orgs/accounts/roles.html", {"rows": rows, "apart": apart, "roles": list(Role)})


@of_row(USERS, Duty.MANAGE_USERS)
def user(request, person):
    """Show one account: its posts, what it still holds, its history, and the acts on it."""
    forms = {"give": commands.give_post, "reset": commands.reset_password, "lock": commands.lock_user}
    shown = {
        "person": person, "posts": queries.posts_of(person), "held": {pk for pk, leaving in _leavings(person) if handing.held(leaving)},
        "acts": queries.acts_of(person), "verdict": rules.can_keep_user(request.user, person), "today": today(timezone.now()),
        **{name: form_of(command.act)(row=person, actor=request.user) for name, command in forms.items()},
    }  # fmt: skip
    return render(request, "orgs/accounts/user.html", shown)


def _leavings(person):
    """Yield (post, what its end would leave behind) of the posts that still stand."""
    day = today(timezone.now())
    for post in person.posts.not_ended(day).select_related("user", "organisation__area"):
        yield post.pk, handing.leaving_post(post, day)
