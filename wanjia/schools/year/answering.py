"""To whom an alarm about a school is told, and from which moment on: asked by whatever looks ahead."""

from datetime import datetime, timedelta

from wanjia.kernel.calendar import CHINA
from wanjia.orgs.handing.queries import standing_posts
from wanjia.orgs.roles import Role


def posts_of(roles, day):
    """The posts of these roles that are held on a day, read once for however many schools."""
    return list(standing_posts(day).filter(role__in=roles).select_related("organisation__area", "area").order_by("from_on", "pk"))


def post_of(school, roles, posts):
    """Return the post that is told: of the first role that somebody holds near the school, the one that reaches least; a headmaster answers for his own. None where nobody is."""
    for role in roles:
        near = [one for one in posts if one.role == role and (one.organisation_id == school.unit_id if role == Role.HEADMASTER else school.area_id.startswith(one.reach.stem))]
        if near:
            return max(near, key=lambda one: len(one.reach.stem))
    return None


def person_of(school, roles, posts):
    """Return the key of who is told, None where nobody is."""
    post = post_of(school, roles, posts)
    return post.user_id if post else None


def horizon(day, calendar):
    """Return the first day that a round of `day` does not look at: it looks up to the next working day."""
    return calendar.add(day, 1).on + timedelta(days=1)


def told_from(day, calendar, clock):
    """Return the moment from which what is missing on `day` is told: at a time of the working day before it."""
    before = day - timedelta(days=1)
    while not calendar.works(before):
        before -= timedelta(days=1)
    return datetime.combine(before, clock, CHINA)
