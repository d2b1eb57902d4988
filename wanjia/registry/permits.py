"""By what leave somebody reads a child's file (未成年人网络保护条例 36): the post that carries the duty, or an approval that is in force.

The one place that says so, below the rooms that open files. The post itself was given by two people and says place and time; what goes
beyond it is a row of FileAccess (ADR 112).
"""

from django.db.models import Q

from wanjia.orgs.carried import DUTIES, roles_with
from wanjia.orgs.models import STEM_DIGITS, Post
from wanjia.orgs.roles import Role
from wanjia.orgs.scope import posts
from wanjia.registry.duties import Duty

from . import ties
from .models import FileAccess, Membership, Person

VILLAGE_DIGITS = 12


def opens_by(post):
    """Tell whether this post opens children's files: it carries the duty, and its unit's line has to do with families."""
    return Duty.OPEN_CHILD_FILES in DUTIES[post.role] and post.organisation.line in ties.FAMILY_LINES


def opening(actor):
    """List the actor's posts that open children's files."""
    return [post for post in posts(actor, duty=Duty.OPEN_CHILD_FILES) if opens_by(post)]


def post_for(actor, village):
    """Return the actor's post by which the files of a village open: the nearest; or None."""
    held = [post for post in opening(actor) if village and post.reach.covers(village)]
    return max(held, key=lambda post: len(post.reach.stem), default=None)


def access_for(actor, child, at):
    """Return the leave by which the actor reads this child's file at a moment, the one that lasts longest; or None."""
    here = _about(child) & Q(by=actor.id)
    return FileAccess.objects.in_force(at).filter(here).order_by("-until_at").select_related("decided_by", "area").first()


def _about(child):
    """The Q of leaves that are of this child: itself, under an older record, by its home, by its place or school."""
    homes = Membership.objects.filter(person=child, to_on=None).values("household")
    code = child.village_id or ""
    above = {code[:digits].ljust(VILLAGE_DIGITS, "0") for digits in STEM_DIGITS.values() if digits <= VILLAGE_DIGITS} | {code}
    listed = Q(child=None, household=None, area__in=above) & Q(school__in={"", child.school_name})
    return Q(child=child) | Q(child__merged_into=child) | Q(household__in=homes) | listed


def children_of(access):
    """Return the children whose files a leave opens today, by village and name; a grown-up of the home is none of them."""
    people = Person.objects.filter(merged_into=None, died_on=None).select_related("village")
    if access.child_id:
        child = access.child.merged_into_id or access.child_id
        return [one for one in people.filter(pk=child) if one.is_protected]
    if access.household_id:
        living = Membership.objects.filter(household=access.household_id, to_on=None).values("person")
        return [one for one in people.filter(pk__in=living).order_by("pinyin", "pk") if one.is_protected]
    first, end = access.area.span()
    listed = people.filter(village_id__gte=first, village_id__lt=end)
    listed = listed.filter(school_name=access.school) if access.school else listed
    return [one for one in listed.order_by("village_id", "pinyin", "pk") if one.is_protected]


def owners(code, day):
    """Return the posts that answer for the children's files of a place: of the nearest reach, the village's or township's own."""
    held = Post.objects.on(day).filter(role__in=roles_with(Duty.OPEN_CHILD_FILES), user__is_active=True, organisation__line="")
    return _nearest([post for post in held.select_related("user", "organisation__area", "area") if post.reach.covers(code)])


def supervisors(code, day):
    """Return the posts that approve and review at a place. The county's leaders hear of it once it is overdue, or where nobody else is."""
    held = Post.objects.on(day).filter(role__in=roles_with(Duty.APPROVE_ACCESS), user__is_active=True)
    found = [post for post in held.select_related("user", "organisation__area", "area") if post.reach.covers(code)]
    return [post for post in found if post.role != Role.LEADER] or found


def _nearest(held):
    most = max((len(post.reach.stem) for post in held), default=0)
    return [post for post in held if len(post.reach.stem) == most]
