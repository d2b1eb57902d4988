"""Pages of accounts: the list, the roles, one account with the acts on it."""

from wanjia.doors.asking import form_of
from wanjia.doors.listing import block_of, page_of
from wanjia.doors.reading import page
from wanjia.orgs.duties import Duty
from wanjia.orgs.roles import Role

from ..handing import queries as handing
from . import commands, queries, rules
from .subjects import USERS

ACTS_SHOWN = 10
SORTS = {"username": ("username",), "name": ("name", "username"), "seen": ("last_login", "username")}


@page("users", Duty.MANAGE_USERS)
def users(request):
    """List the accounts."""
    asked = {"words": request.GET.get("q", "").strip(), "role": request.GET.get("role", ""), "locked": "locked" in request.GET}
    rows = queries.users(request.user, day=request.day, **asked)
    return {"page": page_of(request, rows, sorts=SORTS, default="username"), "roles": Role, **asked}


@page("users/roles", Duty.MANAGE_USERS)
def roles(request):
    """Show what each role may do, and which roles exclude one another."""
    rows, apart = queries.table_of_roles()
    return {"rows": rows, "apart": apart, "roles": list(Role)}


@page("users/<uuid:user_id>", Duty.MANAGE_USERS, of=USERS)
def user(request, person):
    """Show one account: its posts, what it still holds, its history, and the acts on it."""
    acts = block_of(request, queries.acts_of(person), ACTS_SHOWN, word="acts")
    acts.object_list = queries.told(acts.object_list)
    forms = {"give": commands.give_post, "reset": commands.reset_password, "lock": commands.lock_user}
    return {
        "posts": queries.posts_of(person), "held": {pk for pk, leaving in _leavings(person, request.day) if handing.held(leaving)},
        "acts": acts, "verdict": rules.can_keep_user(request.user, person), "today": request.day,
        **{name: form_of(command.act)(row=person, actor=request.user, day=request.day) for name, command in forms.items()},
    }  # fmt: skip


def _leavings(person, day):
    """Yield (post, what its end would leave behind) of the posts that still stand."""
    for post in person.posts.not_ended(day).select_related("user", "organisation__area"):
        yield post.pk, handing.leaving_post(post, day)
