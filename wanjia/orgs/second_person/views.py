"""One page: what waits for my second word, and what I was told about posts like mine."""

from django.shortcuts import get_object_or_404, render

from wanjia.doors import pages
from wanjia.doors.guard import guarded
from wanjia.doors.listing import page_of

from ..models import Post
from . import commands, queries


@guarded()
def duty_notices(request):
    """List what waits and what happened."""
    posts, sleeping = queries.waiting_posts(request.user), queries.sleeping(request.user)
    shown = {
        "posts": posts, "sleeping": queries.alone(sleeping, posts), "asleep": {person.pk for person in sleeping},
        "page": page_of(request, queries.notices(request.user)),
    }  # fmt: skip
    return render(request, "orgs/second_person/notices.html", shown)


@guarded()
def decide_post(request, post_id):
    """Agree to a proposed post, or not: whoever presses twice, or second, is told so by the act itself."""
    post = get_object_or_404(Post, pk__in=queries.posts_to_decide(request.user, post_id))
    return pages.answer(request, commands.decide_post.act, post)
