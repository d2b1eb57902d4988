"""What waits for a second person: a post that was asked for, an account whose posts sleep."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject

from ..models import Post, User
from ..subjects import locked
from .queries import sleeping

NOTICES = ("orgs:duty_notices", _("岗位确认与提醒"))
ASKED_POSTS = Subject(
    "post", "orgs.post", "me/duties/posts", seen=None, take=locked(Post, "user", "organisation__area"), page="", over=NOTICES, about=lambda post: f"{post.user.name}({post.user.username})",
    id="int", slash=False,
)  # fmt: skip
SLEEPING = Subject(
    "user", "orgs.user", "me/duties/users", take=locked(User), page="", over=NOTICES, about=lambda user: f"{user.name}({user.username})", word="person",
    seen=lambda actor, *, duty: User.objects.filter(pk__in=[user.pk for user in sleeping(actor)]), slash=False,
)  # fmt: skip
