"""By what leave somebody reads a child's file (未成年人网络保护条例 36): the post that carries the duty, or an approval that is in force.

The one place that says so, below the rooms that open files. The post itself was given by two people and says place and time; what goes
beyond it is a row of FileAccess (ADR 112).
"""

from wanjia.kernel.models import Entry
from wanjia.orgs.carried import DUTIES, roles_with
from wanjia.orgs.models import Post
from wanjia.orgs.roles import Role
from wanjia.orgs.scope import posts, reach_of
from wanjia.registry.duties import Duty

from . import ties
from .finding import protected, standing
from .models import Membership, Person

MOVES, OTHER_CARE = ("household.add_member", "household.end_member"), "care.entrust"


def opens_by(post):
    """Tell whether this post opens children's files: it carries the duty, and has to do with families of itself; no line but theirs, though it looks over a whole area."""
    line = post.organisation.line
    return Duty.OPEN_CHILD_FILES in DUTIES[post.role] and (not line or line in ties.FAMILY_LINES) and ties.with_families(reach_of(post))


def opening(actor):
    """List the actor's posts that open children's files."""
    return [post for post in posts(actor, duty=Duty.OPEN_CHILD_FILES) if opens_by(post)]


def post_for(actor, village):
    """Return the actor's post by which the files of a village open: the nearest; or None."""
    held = [post for post in opening(actor) if village and post.reach.covers(village)]
    return max(held, key=lambda post: len(post.reach.stem), default=None)


def children_of(access):
    """Return the children whose files a leave opens today, by village and name; a grown-up of the home is none of them.

    One that has moved to another home, or come into other care, since it was asked is none of them either: what was approved was another life.
    """
    people = Person.objects.filter(protected(), merged_into=None, died_on=None).select_related("village").order_by("village_id", "pinyin", "pk")
    if access.child_id:
        return _as_they_were(people.filter(pk=standing(access.child).pk), access)
    if access.household_id:
        return _as_they_were(people.filter(pk__in=Membership.objects.filter(household=access.household_id, to_on=None).values("person")), access)
    first, end = access.area.span()
    listed = people.filter(village_id__gte=first, village_id__lt=end)
    return list(listed.filter(school_name=access.school) if access.school else listed)


def _as_they_were(people, access):
    """Keep those of a few children who neither moved nor came into other care since it was asked: by the order of the journal, for the day of a move is typed."""
    found = list(people)
    keys = [str(one.pk) for one in found]
    asked = Entry.objects.filter(subject=access._meta.label_lower, subject_id=str(access.pk)).order_by("seq").values_list("seq", flat=True).first()
    lines = Entry.objects.filter(seq__gt=asked) if asked else Entry.objects.filter(at__gt=access.asked_at)
    moved = set(lines.filter(act__in=MOVES, detail__person__in=keys).values_list("detail__person", flat=True))
    moved |= set(lines.filter(act=OTHER_CARE, subject_id__in=keys).values_list("subject_id", flat=True))
    return [one for one in found if str(one.pk) not in moved]


def owners(code, day):
    """Return the posts that answer for the children's files of a place: of the nearest reach, the village's or township's own."""
    held = Post.objects.on(day).filter(role__in=roles_with(Duty.OPEN_CHILD_FILES), user__is_active=True, organisation__line="")
    return _nearest([post for post in held.select_related("user", "organisation__area", "area") if post.reach.covers(code) and opens_by(post)])


def supervisors(code, day):
    """Return the posts that approve and review at a place. The county's leaders hear of it once it is overdue, or where nobody else is."""
    held = Post.objects.on(day).filter(role__in=roles_with(Duty.APPROVE_ACCESS), user__is_active=True)
    found = [post for post in held.select_related("user", "organisation__area", "area") if post.reach.covers(code)]
    return [post for post in found if post.role != Role.LEADER] or found


def _nearest(held):
    most = max((len(post.reach.stem) for post in held), default=0)
    return [post for post in held if len(post.reach.stem) == most]
