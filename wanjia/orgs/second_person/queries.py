"""What waits for me as the second person, and what I was told."""

from django.db.models import Q
from django.utils import timezone

from wanjia.kernel.calendar import today
from wanjia.orgs.carried import PROTECTIVE
from wanjia.shapes import Shape

from ..models import IN_HANDS, DutyNotice, Post, User
from . import rules

UNSEEN = Shape(lambda reader: DutyNotice.objects.filter(reader=reader, seen_at=None))


def concerned(actor):
    """Tell whether the actor holds a protective post: whoever does not is asked nothing."""
    return any(post.role in PROTECTIVE for post in actor.live_posts)


def unseen(actor):
    """Return what the actor was told and has not seen: asked once a request, for the frame's two notices."""
    if not hasattr(actor, "kept_unseen"):
        actor.kept_unseen = UNSEEN(actor.pk)
    return actor.kept_unseen


def about_me(actor, told):
    """List what administrators have done with the actor's own account: one line for each who and what, with every time it was done.

    A slip printed three times is one thing to read, but none of its times goes unsaid: one of them may be nobody's wish.
    """
    lines = {}
    for one in told:
        if one.about_id == actor.pk and one.change in IN_HANDS:
            line = lines.setdefault((one.by_name, one.change), {"by_name": one.by_name, "what": one.get_change_display(), "times": []})
            line["times"].append(one.at)
    return list(lines.values())


def posts_to_come(actor):
    """List the actor's posts that open nothing yet: they wait for a second person, or sleep with the account."""
    live = {post.pk for post in actor.live_posts}
    day = today(timezone.now())
    posts = actor.posts.not_ended(day).filter(declined=False, from_on__lte=day).select_related("organisation__area", "area")
    return [post for post in posts if post.pk not in live]


def asked(actor):
    """Count what waits for the actor's own word."""
    if not concerned(actor):
        return 0
    posts = waiting_posts(actor)
    return len(posts) + len(alone(sleeping(actor), posts))


def told(actor):
    """Count the changes of posts that the actor has not seen or is asked to confirm."""
    return len(unseen(actor)) + asked(actor)


def alone(people, posts):
    """Leave out the sleeping accounts of whom a waiting post is asked about anyway: agreeing to it says that the account is in their hands."""
    named = {post.user_id for post in posts}
    return [person for person in people if person.pk not in named]


def notices(actor):
    """Return what the actor was told, newest first."""
    return DutyNotice.objects.filter(reader=actor.pk).select_related("about", "area")


def waiting_posts(actor):
    """List the proposed posts on which the actor may give the second word."""
    return _mine(actor, Post.objects.filter(waiting=True, declined=False))


def posts_to_decide(actor, post_id):
    """Return the ids of [this post] when it is or was for the actor to decide: whoever presses twice, or second, is told so by the act itself.

    A post that never was and one that is none of the actor's business look alike: an empty list.
    """
    return [post.pk for post in _mine(actor, Post.objects.filter(Q(waiting=True) | ~Q(confirmed_at=None), pk=post_id))]


def _mine(actor, posts):
    rows = posts.not_ended(today(timezone.now())).select_related("user", "organisation__area", "area", "proposed_by")
    now = timezone.now()
    return [post for post in rows if rules.can_decide(actor, post, now)]


def sleeping(actor):
    """List the accounts whose posts sleep and which the actor may wake."""
    now, found = timezone.now(), []
    for user in User.objects.exclude(asleep_since=None).select_related("asleep_by"):
        if rules.sleeping_posts(user, today(now)) and rules.can_wake(actor, user, now):
            found.append(user)
    return found
