"""What is asked about homes: their people on any day, what is missing, what is stale, and how to find one."""

import re

from django.db.models import Case, IntegerField, Q, When

from wanjia.policy.identity import fold, judge_phone

from ..models import Household, Membership, Person
from ..people.queries import begins
from .rules import visible_households

HEAD_FIRST = Case(When(relation="户主", then=0), default=1, output_field=IntegerField())


def members_on(household, day):
    """Return the memberships of a home in force on `day`, head first, eldest first."""
    rows = Membership.objects.on(day).filter(household=household, person__merged_into=None)
    return rows.select_related("person").order_by(HEAD_FIRST, "person__birth_on", "pk")


def homes_of(person, day=None):
    """Return a person's memberships, newest first; on `day` only when given."""
    rows = Membership.objects.on(day) if day else Membership.objects.all()
    return rows.filter(person=person).select_related("household__village__parent").order_by("-from_on", "-pk")


def next_number(village):
    """Return the next free household number of a village: 12-digit code and three digits (four when they are used up)."""
    numbers = Household.objects.filter(begins("number", village.code)).values_list("number", flat=True)
    tails = [int(number[len(village.code):]) for number in numbers if re.fullmatch(r"\d{3,4}", number[len(village.code):])]
    return f"{village.code}{max(tails, default=0) + 1:03d}"


def found(actor, text):
    """Return visible households that `text` may mean: number, phone, last four, name, pinyin or initials of anybody there."""
    text = fold(text.strip())
    if not text:
        return visible_households(actor)
    homes = Q(pk__in=_homes_where(_person_meaning(text)))
    if text.isdigit():
        homes |= begins("number", text)
        homes |= Q(phone_index__in=_tokens(Household, text))
    return visible_households(actor).filter(homes)


def _person_meaning(text):
    """Return the Q of people that a search text may mean."""
    if re.fullmatch(r"\d{3}[\dX]", text):
        return Q(citizen_last4=text)
    if re.fullmatch(r"[\d-]{7,}X?", text):
        return Q(phone_index__in=_tokens(Person, text)) | Q(citizen_index__in=Person._meta.get_field("citizen_index").look_for(text))
    if text.isascii():
        return begins("initials", text.lower()) | begins("pinyin", text.lower())
    return begins("name", text)


def _tokens(model, text):
    number, code = judge_phone(text)
    return model._meta.get_field("phone_index").look_for(number) if code is None or code.startswith("warn.") else []


def _homes_where(who):
    return Membership.objects.filter(to_on=None, person__in=Person.objects.filter(who, merged_into=None)).values("household")
