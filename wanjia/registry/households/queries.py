"""What is asked about homes: their people on any day, what is missing, what is stale, and how to find one."""

import re
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q

from wanjia.kernel.calendar import today
from wanjia.orgs.models import Area
from wanjia.policy.identity import fold
from wanjia.registry.duties import Duty
from wanjia.shapes import Shape

from ..finding import begins, meaning, phone_tokens, protected
from ..memberships import HEAD_FIRST, heads_of
from ..models import Absence, DatedStatus, Household, Membership, Person
from ..people.rules import whose_files
from . import completeness as gaps
from .facts import FACTS
from .rules import visible_households

MOST_HOMES = 20  # that a page offers to choose from
FOUND = 20  # that the search box shows


def members_shown(household, day, now):
    """Return the members on `day` as a page shows them: who is a child now (a day) stands there from the first, for it comes into most homes by
    its birth, and whoever asked day by day would find that.
    """
    return _shown(now)(household.pk, day)


@lru_cache(maxsize=2)
def _shown(now):
    """Return the question of `members_shown`."""
    children = protected("person__", now)

    def shown(household, day):
        there = Q(from_on=None) | Q(from_on__lte=day) | children
        rows = Membership.objects.filter(there, Q(to_on=None) | Q(to_on__gt=day), household=household, person__merged_into=None)
        return rows.select_related("person").order_by(HEAD_FIRST, "person__birth_on", "pk")

    return Shape(shown)


def next_number(village):
    """Return the next free household number of a village: 12-digit code and three digits (four when they are used up)."""
    numbers = Household.objects.filter(begins("number", village.code)).values_list("number", flat=True)
    tails = [int(number[len(village.code) :]) for number in numbers if re.fullmatch(r"\d{3,4}", number[len(village.code) :])]
    return f"{village.code}{max(tails, default=0) + 1:03d}"


def found(actor, text, *, duty=Duty.SEE_REGISTER):
    """Return visible households that `text` may mean: number, phone, last four, name, pinyin or initials of anybody there."""
    text = fold(text.strip())
    if not text:
        return visible_households(actor, duty=duty)
    homes = Q(pk__in=_homes_where(meaning(text, children=whose_files(actor))))
    if text.isdigit():
        homes |= begins("number", text)
        homes |= Q(phone_index__in=phone_tokens(Household, text))
    return visible_households(actor, duty=duty).filter(homes)


def _homes_where(who):
    return Membership.objects.filter(to_on=None, person__in=Person.objects.filter(who, merged_into=None)).values("household")


def to_clear(actor, village_code, day, only=""):
    """Return visible homes of a village, or of the whole reach, that miss something or are stale, worst first: never verified, then oldest.

    only: "missing", "stale", or a gap's name; "" for both.
    """
    homes = visible_households(actor, duty=Duty.KEEP_REGISTER)
    homes = homes.filter(village_id=village_code) if village_code else homes
    if only == "stale":
        homes = gaps.stale(homes, day)
    elif only == "missing":
        homes = gaps.incomplete(homes, day)
    elif only:
        homes = _lacking(homes, only, day)
    else:
        homes = homes.filter(Q(pk__in=gaps.incomplete(homes, day).values("pk")) | Q(pk__in=gaps.stale(homes, day).values("pk")))
    return homes.order_by(F("verified_on").asc(nulls_first=True), "number")


def _lacking(homes, name, day):
    for gap in gaps.home_gaps():
        if gap.name == name:
            return homes.filter(gap.missing)
    for gap in gaps.person_gaps(day):
        if gap.name == name:
            people = Person.objects.filter(gap.missing, merged_into=None, died_on=None)
            return homes.filter(pk__in=Membership.objects.filter(to_on=None, person__in=people).values("household"))
    return homes


def missing_facts(homes, day):
    """Return {household id: [(household or person, [gaps], names for the form)]} of a page of homes: three queries in all."""
    own, theirs, flags_of_homes, flags_of_people = _gaps(day)
    found = {home.pk: [] for home in homes}
    if not found:
        return found
    for home in flags_of_homes(*found):
        if lacks := gaps.missing_of(home, own):
            found[home.pk].append((home, lacks, _for_form(lacks)))
    people = {person.pk: person for person in flags_of_people(*found)}
    for household_id, person_id in LIVING(*found):
        if lacks := gaps.missing_of(people[person_id], theirs) if person_id in people else ():
            found[household_id].append((people[person_id], lacks, _for_form(lacks)))
    return found


def _living(homes):
    return Membership.objects.filter(to_on=None, household__in=homes, person__merged_into=None, person__died_on=None).order_by()


LIVING = Shape(lambda *homes: _living(homes).order_by(HEAD_FIRST, "pk").values_list("household_id", "person_id"))


@lru_cache(maxsize=2)
def _gaps(day):
    """Return (the gaps of a home, those of a member, the question for homes with a yes or no for each, the same for the members of homes)."""
    own, theirs = gaps.home_gaps(), gaps.person_gaps(day)
    of_homes = Shape(lambda *homes: gaps.with_flags(Household.objects.filter(pk__in=homes), own))
    of_people = Shape(lambda *homes: gaps.with_flags(Person.objects.filter(pk__in=_living(homes).values("person")), theirs))
    return own, theirs, of_homes, of_people


def _for_form(lacks):
    """The address's ?only= for these gaps; parents have a form of their own."""
    return ",".join(gap.name for gap in lacks if gap.name not in gaps.PARENTS)


def past_members(household, day):
    """Return the memberships that had ended by `day`."""
    return PAST(household.pk, day)


HELD = Shape(lambda home: DatedStatus.objects.filter(household=home))
PAST = Shape(lambda home, day: Membership.objects.filter(household=home, to_on__lte=day).select_related("person").order_by("-to_on"))


def away_on(household, day):
    """Return {person id: Absence} of the home's people who are away on `day`."""
    return {one.person_id: one for one in AWAY(household.pk, day)}


AWAY = Shape(lambda home, day: Absence.objects.on(day).filter(
    person__in=Membership.objects.on(day).filter(household=home).values("person")).order_by("recorded_at"))  # fmt: skip


def homes_to_join(actor, code, text, *, but, chosen=None):
    """Return [(id, words)] of homes of a village to choose from: by a name, else the first of the village; and the one chosen before."""
    homes = found(actor, text, duty=Duty.KEEP_REGISTER).filter(village_id=code).exclude(pk=but).select_related("village").order_by("number")
    rows = list(homes[:MOST_HOMES])
    if chosen and chosen not in {str(home.pk) for home in rows} and _is_uuid(chosen):
        rows += visible_households(actor, duty=Duty.KEEP_REGISTER).filter(pk=chosen).exclude(pk=but).select_related("village")
    heads = heads_of(rows)
    return [(str(home.pk), " · ".join(filter(None, (heads[home.pk][0] if home.pk in heads else "", home.group_name, home.village.short_name, home.number)))) for home in rows]


def _is_uuid(text):
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def villages_of(actor, *, duty=Duty.SEE_REGISTER):
    """Return [(code, name)] of villages where the actor sees a home under `duty`."""
    # A look for each village, not a walk through every home of the county.
    lived_in = Exists(visible_households(actor, duty=duty).filter(village=OuterRef("pk")))
    return list(Area.objects.filter(lived_in).order_by("pk").values_list("pk", "name"))


def facts_shown(household):
    """Return [(words, value)] of a home's facts as staff see them; what is sealed only says whether it is there."""
    shown = []
    for name in (*FACTS, "registered_at"):
        field = Household._meta.get_field(name)
        value = household.__dict__[name]
        if field.get_internal_type() == "BinaryField":
            value = "******" if value else ""
        elif field.choices:
            value = getattr(household, f"get_{name}_display")()
        if isinstance(value, date):
            value = (today(value) if isinstance(value, datetime) else value).isoformat()
        if value not in (None, ""):
            shown.append((field.verbose_name, value))
    return shown


def matching(actor, text):
    """Return what the search box shows of homes to those who may see the register: {"homes": [(home, head's name, n members)], "more": where
    FOUND homes are not all}; None for nothing."""
    if not actor.has_duty(Duty.SEE_REGISTER):
        return None
    homes = list(found(actor, text).select_related("village__parent").order_by("village_id", "number")[: FOUND + 1])
    more, homes = len(homes) > FOUND, homes[:FOUND]
    heads = heads_of(homes)
    return {"homes": [(home, *heads.get(home.pk, ("", 0))) for home in homes], "more": more} if homes else None
