"""What is asked of wishes: the lists of the staff, what the public may see, whom a wish must not name, which claim a code opens, money in and out."""

from datetime import timedelta
from statistics import median

from django.db.models import Count, Q, Sum

from wanjia.orgs.models import Area, Organisation
from wanjia.orgs.models.units import Tier
from wanjia.policy import wishes as policy
from wanjia.registry.models import Household, Person
from wanjia.registry.names import sounds_of

from ..duties import Duty
from ..models import Wish, WishClaim, WishMiss, WishMoney
from ..wish_states import GRANTED, POOL, MoneyKind, WishKind, WishState
from . import rules

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no letter or digit that two people read differently
LENGTH, SLIP = 5, 8  # of a wish's code, that everybody may know; of a donor's slip
MOST = 200
COUNTY = 6  # digits of a county's code
LEAST_UNIT = 3  # signs of a unit's name: 民政 is a word of any text
FEW_VILLAGES = 3  # of so many a township's list is its own: of fewer, whose a wish is would be guessed at the wall
TABS = {
    "judge": (WishState.COLLECTED,), "pool": POOL, "claimed": (WishState.CLAIMED,), "confirm": (WishState.DELIVERED,), "signed": (WishState.CONFIRMED,),
    "done": (WishState.ARCHIVED, WishState.REJECTED),
}  # fmt: skip
_MEMBERS = Household.objects.filter(memberships__to_on=None)


def names_and_places(child, school=""):
    """Return (names, places) that what is published of a child must not hold: its own, its home's, its classmates'; its school, village, township."""
    own = [child.name, child.name[-2:] if len(child.name) > 2 else ""]
    homes = _MEMBERS.filter(memberships__person=child.pk).values("pk")
    family = Person.objects.filter(memberships__household__in=homes, memberships__to_on=None).values_list("name", flat=True)
    asked = school or child.school_name
    mates = Person.objects.filter(school_name=asked, merged_into=None).values_list("name", flat=True) if asked else ()
    areas = [child.village, child.village.parent] if child.village_id else []
    places = [name for area in areas if area for name in (area.name, area.short_name, _stem(area.short_name))]
    return {name for name in (*own, *family, *mates) if name}, {name for name in (asked, *places) if name}


def told_by(child, school=""):
    """Return (names, places) for words that everybody may read: with those of names_and_places every unit of the county by whatever name, its county, and all of them as they sound."""
    names, places = names_and_places(child, school)
    county = Area.objects.filter(pk=(child.village_id or "")[:COUNTY].ljust(12, "0")).first()
    units = Organisation.objects.filter(area__code__startswith=child.village_id[:COUNTY]).values_list("name", "short_name", "aliases__name") if child.village_id else ()
    known = {name for row in units for name in row if name and len(name) >= LEAST_UNIT}
    places |= known | ({name for name in (county.name, _stem(county.short_name or county.name)) if name} if county else set())
    return names | {sounds_of(name)[0] for name in names}, places | {sounds_of(name)[0] for name in places}


def _stem(name):
    stem = name.rstrip("村乡镇社区街道县市")
    return stem if len(stem) > 1 else ""


def listed(actor, tab="", duty=rules.SEES):
    """The wishes in reach, of one tab or all: what waits longest first."""
    rows = rules.visible_wishes(actor, duty=duty).select_related("child", "area")
    return rows.filter(state__in=TABS[tab]).order_by("made_on", "code") if tab in TABS else rows.order_by("-made_on", "code")


def counts(actor):
    """Return {tab: how many}."""
    n = {tab: Count("pk", filter=Q(state__in=states)) for tab, states in TABS.items()}
    return rules.visible_wishes(actor).order_by().aggregate(**n)


def median_days(rows):
    """Return (median days from said to signed, of how many wishes) of the granted ones among `rows`; (None, 0) where none is."""
    return _median(rows.filter(state__in=GRANTED))


def median_in(area, day):
    """Return the same of the wishes of an area that were granted by the end of a day: of the very wishes that `wishes.granted` counts."""
    return _median(Wish.objects.filter(area_id__gte=area.stem, area_id__lt=area.span()[1], confirmed_on__lte=day).exclude(state=WishState.REJECTED))


def _median(granted):
    days = list(granted.order_by().values_list("days", flat=True))
    return (median(days), len(days)) if days else (None, 0)


def offered(kind="", band=""):
    """What anybody may claim: oldest first. Of each no more than code, age band, kind, thing, size, price is read. Company with a child is offered to no stranger."""
    rows = Wish.objects.filter(state__in=POOL).exclude(kind=WishKind.COMPANY).only("code", "band", "kind", "thing", "size", "cost", "state", "published_on")
    rows = rows.filter(kind=kind) if kind else rows
    return (rows.filter(band=band) if band else rows).order_by("published_on", "code")


def hung_up(actor):
    """What is printed to be hung up: what waits in the whole townships in which the actor sees wishes; of one village's few wishes everybody there would know whose they are. Where they come from fewer than FEW_VILLAGES, the county's hang with them."""
    near = rules.visible_wishes(actor).order_by().values("area__parent")
    rows = offered().filter(area__parent__in=near)
    return rows if rows.order_by().values("area").distinct().count() >= FEW_VILLAGES else offered()


def by_code(code):
    """Return the wish that everybody may see under a code, or None: published, claimed or granted, and no wish for company."""
    shown = Wish.objects.filter(code=canonical(code)).exclude(state__in=(WishState.COLLECTED, WishState.REJECTED))
    return shown.exclude(kind=WishKind.COMPANY).first()


def canonical(code):
    """Return the code as it is kept: upper case, without blanks and dashes."""
    return "".join(sign for sign in code.upper() if sign.isalnum())


def claim_of(code):
    """Return the claim whose slip bears a code, or None."""
    field = WishClaim._meta.get_field("code_index")
    found = WishClaim.objects.filter(code_index__in=field.look_for(canonical(code))).select_related("wish__area__parent")
    return found.order_by("-claimed_at").first()


def claims_under(phone):
    """Return the index values of a telephone."""
    return WishClaim._meta.get_field("phone_index").look_for(phone)


def desk_of(wish):
    """Return the unit to which a donor brings the thing: the township's own, never school or home; None where there is none."""
    codes = [code for code in (wish.area.parent_id, wish.area_id) if code]
    found = {one.area_id: one for one in Organisation.objects.filter(area__in=codes, to_on=None, line="", tier__in=(Tier.TOWNSHIP, Tier.VILLAGE)).order_by("-name")}
    return next((found[code] for code in codes if code in found), None)


def ending(day_from, day_until):
    """The claims that hold a wish whose thing has not come, with their last day in (day_from, day_until]."""
    rows = WishClaim.objects.filter(ended_at=None, wish__state=WishState.CLAIMED, wish__received_at=None, until_on__lte=day_until)
    return rows.filter(until_on__gt=day_from).select_related("wish") if day_from else rows.select_related("wish")


def queue(actor, day):
    """Return {name of the place: how many wait for the actor}: to be judged, reminded, handed over, confirmed, asked again."""
    if not actor.has_duty(*rules.HANDS):
        return {}
    warned = WishClaim.objects.filter(ended_at=None, warned_at__isnull=False).values("wish")
    asked = Q(state=WishState.CLAIMED) & (Q(received_at__isnull=False) | Q(pk__in=warned)) | Q(state=WishState.DELIVERED) & ~Q(delivered_by=actor.id)
    if actor.has_duty(Duty.JUDGE_WISHES):
        asked |= Q(state=WishState.COLLECTED) & ~Q(recorded_by=actor.id)
    asked |= Q(state=WishState.CONFIRMED, confirmed_on__lte=day - timedelta(days=policy.in_force(day).asked_after_days))
    n = rules.visible_wishes(actor, duty=rules.HANDS).filter(asked).order_by()[:MOST].count()
    return {"care:wishes": None if n == MOST else n}


def money_of(wish):
    """The lines of money of a wish, the first first."""
    return WishMoney.objects.filter(claim__wish=wish).select_related("claim").order_by("recorded_at", "pk")


def money_published():
    """Return ({kind: fen} of all money, query set of the wishes for which some was given with `given`, `spent`, `back`): by code alone.

    An account is published once another than who wrote it has looked at it and handed the thing over: one hand alone tells the public nothing.
    """
    looked_at = (WishState.DELIVERED, *GRANTED)
    total = dict(WishMoney.objects.filter(claim__wish__state__in=looked_at).order_by().values_list("kind").annotate(n=Sum("amount")))
    sums = {name: Sum("claims__money__amount", filter=Q(claims__money__kind=kind)) for name, kind in (("given", MoneyKind.GIVEN), ("spent", MoneyKind.SPENT), ("back", MoneyKind.BACK))}
    rows = Wish.objects.filter(state__in=looked_at).annotate(**sums).filter(given__gt=0).only("code", "thing", "state").order_by("-published_on", "code")
    return total, rows


def number_for(month):
    """Return the next receipt number of a month (yyyymm): the caller holds the series."""
    last = WishMoney.objects.filter(number__startswith=f"WX{month}").order_by("-number").values_list("number", flat=True).first()
    return f"WX{month}{int(last[8:] if last else 0) + 1:05d}"


def old_misses(before):
    """The codes that somebody mistyped long ago."""
    return WishMiss.objects.filter(at__lt=before)


def of_child(child):
    """The wishes of a child, the last first."""
    return Wish.objects.filter(child=child).order_by("-made_on", "code")
