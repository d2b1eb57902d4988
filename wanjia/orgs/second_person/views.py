"""One page: what waits for my second word, and what I was told about posts like mine."""

from django.shortcuts import get_object_or_404

from wanjia.doors import pages
from wanjia.doors.listing import page_of
from wanjia.doors.reading import page

from ..models import Post
from . import commands, queries


@page("me/duties", template="notices")
def duty_notices(request):
    """List what waits and what happened."""
    posts, sleeping = queries.waiting_posts(request.user), queries.sleeping(request.user)
    return {
        "posts": posts, "sleeping": queries.alone(sleeping, posts), "asleep": {person.pk for person in sleeping},
        "page": page_of(request, queries.notices(request.user)),
    }  # fmt: skip


@page("me/duties/posts/<int:post_id>")
def decide_post(request, post_id):
    """Agree to a proposed post, or not: whoever presses twice, or second, is told so by the act itself."""
    post = get_object_or_404(Post, pk__in=queries.posts_to_decide(request.user, post_id))
    return pages.answer(request, commands.decide_post.act, post)
