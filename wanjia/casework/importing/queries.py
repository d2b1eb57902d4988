"""Names in a ledger row → rows of the register and units."""

from django.db.models import Q

from wanjia.orgs import scope
from wanjia.orgs.carried import roles_with
from wanjia.orgs.models import Organisation, Post, Tier
from wanjia.registry.duties import Duty
from wanjia.registry.models import Household, Membership
from wanjia.registry.people.rules import visible_people

from ..queries import triage_desk
from .reading import facts_of

COMMITTEE = ("村民委员会", "社区居民委员会", "居民委员会", "村委会", "社区居委会", "居委会")


def unit_named(name, village, day):
    """Return the unit that a row's words name, in the village's county; None when no single unit bears the name."""
    name = (name or "").strip()
    if not name:
        return None
    county = Organisation.objects.on(day).filter(area__code__startswith=village.code[:6])
    named = county.filter(Q(name=name) | Q(short_name=name) | Q(aliases__name=name)).distinct()
    found = list(named[:2])
    if len(found) > 1:
        found = [unit for unit in named if unit.area_id.startswith(village.code[:9])]
    return found[0] if len(found) == 1 else _committee(name, village, county)


def _committee(name, village, county):
    """Return the village's own committee when the words name it, however they are cut."""
    if not name.endswith(COMMITTEE):
        return None
    own = county.filter(tier=Tier.VILLAGE, area=village).first()
    stem = next(name.removesuffix(suffix) for suffix in COMMITTEE if name.endswith(suffix))
    return own if own and stem in (village.short_name.rstrip("村社区"), village.short_name, village.name) else None


def person_named(name, units, day, duty):
    """Return (user, unit) of the one person of that name whose post in one of the units carries `duty` on `day`; (None, None) when none
    or several. Without the duty a name in a workbook makes nobody one who handles or records.
    """
    if not name or not units:
        return None, None
    roles = roles_with(duty)
    posts = Post.objects.on(day).filter(organisation__in=units, role__in=roles, user__name=name, user__is_active=True)
    posts = posts.select_related("user", "organisation")
    found = {post.user_id: post for post in posts}
    if len(found) != 1:
        return None, None
    (post,) = found.values()
    return post.user, post.organisation


def recording_units(village, by, day):
    """Return the units whose people record needs of a village: the importer's own, the township's desk, the village's committee."""
    committee = Organisation.objects.on(day).filter(tier=Tier.VILLAGE, area=village).first()
    return tuple(unit for unit in (scope.unit(by, duty=Duty.IMPORT, code=village.code), triage_desk(village, day), committee) if unit)


def household_of(number, village):
    """Return the household that a row names, if it lies in the row's village."""
    return Household.objects.filter(number=number or "", village__code__startswith=village.code[:12]).first()


def requester_of(household, name, last4, by):
    """Return the member of the household who asks, when name and last four digits agree; among the people whom the importer sees.

    A child is meant by name alone: were its last four compared, ten thousand rows would try them all, and the one that fits would show.
    """
    if household is None or not name:
        return None
    seen = visible_people(by, duty=Duty.IMPORT)
    members = Membership.objects.filter(household=household, person__name=name, person__in=seen, to_on=None).select_related("person")
    found = [row.person for row in members]
    if last4:
        agree = [person for person in found if not person.is_protected and person.citizen_last4 == last4]
        found = agree or [person for person in found if person.is_protected]
    return found[0] if len(found) == 1 else None


def children_named(rows):
    """Return the ids of the children whom ledger rows name as those who ask: by home and name, as `requester_of` meets them. One query."""
    named = {(row.content.get("户编号"), facts_of(row.content)["requester_name"], row.village_code[:12]) for row in rows}
    members = Membership.objects.filter(
        household__number__in={number for number, _name, _village in named if number}, person__name__in={name for _number, name, _village in named}, to_on=None
    ).select_related("person", "household")
    return {
        str(one.person_id) for one in members
        if one.person.is_protected and (one.household.number, one.person.name, one.household.village_id[:12]) in named
    }  # fmt: skip
