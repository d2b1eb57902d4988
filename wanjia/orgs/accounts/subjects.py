"""What the acts on accounts and posts are about."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.verdict import NotFound

from ..models import Organisation, Post, User
from ..subjects import locked
from .rules import visible_users


def _take_post(post_id, at):
    """Lock the unit, then the post: two of one unit leave one after the other, and nobody is given anything there meanwhile."""
    post = Post.objects.filter(pk=post_id).first()
    if post is None:
        raise NotFound(_("没有找到。可能不存在,或者不在您的辖区。"))
    Organisation.objects.select_for_update(no_key=True).get(pk=post.organisation_id)
    return locked(Post, "user", "organisation__area")(post_id, at)


def _take_user(user_id, at):
    """Lock the units of somebody's posts, in the order of their keys, then the account."""
    units = Post.objects.filter(user=user_id).values("organisation")
    list(Organisation.objects.select_for_update(no_key=True).filter(pk__in=units).order_by("pk"))
    return locked(User)(user_id, at)

USERS = Subject(
    "user", "orgs.user", "users", seen=visible_users, take=locked(User), page="orgs:user", over=("orgs:users", _("用户与岗位")),
    about=lambda user: user.name, word="person", slash=False,
)  # fmt: skip
POSTS = Subject(
    "post", "orgs.post", "users/<uuid:user_id>/posts", take=_take_post, id="int", slash=False,
    seen=lambda actor, *, duty: Post.objects.filter(user__in=visible_users(actor, duty=duty)).select_related("user"),
    page="orgs:user", over=USERS.over, about=lambda post: post.user.name, of=lambda post: post.user,
)  # fmt: skip
# The same, for the act by which an account is locked: it leaves everything that it holds.
LEAVERS = replace(USERS, take=_take_user)
