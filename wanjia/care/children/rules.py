"""Which children somebody sees in care. A list shows initials and stage of school; a name stands where its reading was journalled (commands)."""

from django.db.models import Exists, OuterRef, Q

from wanjia.orgs import scope
from wanjia.orgs.roles import Role
from wanjia.registry import ties
from wanjia.registry.finding import protected
from wanjia.registry.models import Person

from ..duties import Duty
from ..models import Helper, Pair
from ..vetted import barring


def visible_children(actor, day, *, duty=Duty.SEE_CARE):
    """Return the children whom the actor has to do with: of the whole area for posts near families, of the own school for a school's post,
    and for a helper those whom a live pair names. Nobody merged, nobody dead.
    """
    within = Q(pk__in=[])
    for post in scope.posts(actor, duty=duty):
        reach = scope.reach_of(post)
        here = Q(village_id__gte=reach.first, village_id__lt=reach.end)
        if post.role == Role.SCHOOL_WORKER:
            within |= here & Q(school_name__in=names_of(post.organisation))
        elif ties.with_families(reach):
            within |= here
    if duty in (Duty.SEE_CARE, Duty.ACCOMPANY):
        within |= Q(pk__in=own_pairs(actor, day).values("child"))
    return Person.objects.filter(within & protected(day=day), merged_into=None, died_on=None)


def knows_all(actor, area):
    """Tell whether the actor is of the circle that may see every child of an area, and so every row behind a number about them."""
    first, end = area.span()
    return any(reach.first <= first and end <= reach.end for reach in known_whole(actor))


def known_whole(actor):
    """Return the reaches whose every child the actor may see."""
    held = ((post, scope.reach_of(post)) for post in scope.posts(actor, duty=Duty.SEE_CARE))
    return [reach for post, reach in held if post.role != Role.SCHOOL_WORKER and ties.with_families(reach)]


def own_pairs(actor, day):
    """Return the pairs that stand on `day`, and were not ended since, in which the actor is the helper: a past day opens no child to whoever left it; none without a post that accompanies, none of whoever was barred:
    from that day on nothing is shown of the children, whether or not somebody has handed them over yet.
    """
    if not scope.handles_content(actor, duty=Duty.ACCOMPANY):
        return Pair.objects.none()
    return Pair.objects.on(day).filter(helper__user=actor.id, helper__to_on=None, to_on=None).exclude(helper__in=barred(day))


def barred(day):
    """Return the helpers whom an answer up to `day` bars from minors, however late it came; a query that has run out bars nobody here."""
    return Helper.objects.filter(Exists(barring(OuterRef("pk"), day)))


def names_of(school):
    """Return every name under which the register knows a school; of units loaded with their aliases without another question."""
    return [name for name in (school.name, school.short_name, *(one.name for one in school.aliases.all())) if name]


def records_of(child_id):
    """Return the keys of every record that is this child: the one that stands, and all that were put together into it, by however many steps."""
    top = child_id
    while (above := Person.objects.filter(pk=top).values_list("merged_into", flat=True).first()) is not None:
        top = above
    found, layer = {top}, {top}
    while layer := set(Person.objects.filter(merged_into__in=layer).values_list("pk", flat=True)) - found:
        found |= layer
    return found


def sees_child(actor, child_id, day, *, duty=Duty.SEE_CARE):
    """Tell whether this child is among them."""
    return visible_children(actor, day, duty=duty).filter(pk=child_id).exists()
