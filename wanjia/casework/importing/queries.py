"""Names in a ledger row → rows of the register and units."""

from django.db.models import Q

from wanjia.orgs import scope
from wanjia.orgs.duties import DUTIES, Duty
from wanjia.orgs.models import Organisation, Post, Tier
from wanjia.registry.models import Household, Membership

from ..queries import triage_desk

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
    roles = [role for role, duties in DUTIES.items() if duty in duties]
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


def requester_of(household, name, last4):
    """Return the member of the household who asks, when name and last four digits agree."""
    if household is None or not name:
        return None
    members = Membership.objects.filter(household=household, person__name=name, to_on=None).select_related("person")
    found = [row.person for row in members if not last4 or row.person.citizen_last4 == last4]
    return found[0] if len(found) == 1 else None
