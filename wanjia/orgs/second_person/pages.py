"""What the pages of the second word carry along, say and lead to."""

from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from . import queries


def asleep_since(post, actor, _day):
    """When the account of a post fell asleep, where agreeing to the post wakes it; else nothing was shown."""
    asked = post is not None and post.user in queries.sleeping(actor)
    return post.user.asleep_since.isoformat() if asked else ""


def decided(post):
    """What became of a post that was asked for."""
    return _("已退回,岗位不生效。") if post.declined else _("已确认,岗位生效。")


def to_notices(_request, _row, _seen):
    """Back to what one was told."""
    return redirect("orgs:duty_notices")
