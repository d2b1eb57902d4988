"""What the acts on accounts and posts are about."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject

from ..models import Post, User
from ..subjects import locked
from .rules import visible_users

USERS = Subject(
    "user", "orgs.user", "users", seen=visible_users, take=locked(User), page="orgs:user", over=("orgs:users", _("用户与岗位")),
    about=lambda user: user.name, word="person", slash=False,
)  # fmt: skip
POSTS = Subject(
    "post", "orgs.post", "users/<uuid:user_id>/posts", take=locked(Post, "user", "organisation__area"), id="int", slash=False,
    seen=lambda actor, *, duty: Post.objects.filter(user__in=visible_users(actor, duty=duty)).select_related("user"),
    page="orgs:user", over=USERS.over, about=lambda post: post.user.name, of=lambda post: post.user,
)  # fmt: skip
