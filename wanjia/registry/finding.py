"""How somebody is found: whom a number means, what a search text may mean, and of whom none of it may tell because a file protects them."""

import re
from functools import reduce
from operator import or_

from django.db import connection
from django.db.models import Q, Value
from django.db.models.lookups import GreaterThanOrEqual, LessThan
from django.utils import timezone

from wanjia.kernel.calendar import today
from wanjia.policy.identity import judge_phone
from wanjia.policy.statuses import months_after

from .models import CHILDS_STAGES, Person
from .models.texts import Given
from .names import typed_sounds


def by_number(citizen_id):
    """Return the person who bears this citizen number, anywhere, following merges; or None."""
    tokens = Person._meta.get_field("citizen_index").look_for(citizen_id or "")
    found = Person.objects.filter(bearing(tokens)).order_by("registered_at").first() if tokens else None
    return standing(found)


def bearing(tokens):
    """The Q of people who bear a number of which these are the index values, merged records too: each side by an index of its own, which SQLite
    knows again only where the whole condition stands beside the value."""
    return Q(citizen_index__in=tokens, merged_into=None) | Q(citizen_index__in=tokens, merged_into__isnull=False)


def standing(person):
    """Return the record that stands for `person` today: itself, or the one it was merged into."""
    while person is not None and person.merged_into_id:
        person = person.merged_into
    return person


LAST_FOUR, NUMBER = re.compile(r"\d{3}[\dX]"), re.compile(r"[\d-]{7,}X?")


def meaning(text, *, children):
    """Return the Q of people that a folded search text may mean.

    children: the Q of people among whom a number or a name may lead to a child: whoever reads initials on a list could spell the name out,
    letter by letter. Initials find everybody. The last four never find a child: beside an age they would leave three numbers to try.
    """
    if LAST_FOUR.fullmatch(text):
        return Q(citizen_last4=text) & grown_up()
    if NUMBER.fullmatch(text):
        meant = Q(phone_index__in=phone_tokens(Person, text)) | bearing(Person._meta.get_field("citizen_index").look_for(text))
        return meant & (children | grown_up())
    if in_letters(text):
        sounds = typed_sounds(text)
        spelt = reduce(or_, (begins("pinyin", sound) for sound in sounds))
        return spelt & (children | grown_up()) | begins("initials", sounds[0])
    named = begins("name", text) | begins_given(text) if len(text) > 1 else begins("name", text)
    return named & (children | grown_up())


def in_letters(text):
    """Tell whether a folded search text is spelt in Latin letters: by pinyin or initials."""
    return text.replace("Ü", "V").isascii()


def phone_tokens(model, text):
    """Return the index values under which a phone number may be stored."""
    number, code = judge_phone(text)
    return model._meta.get_field("phone_index").look_for(number) if code is None or code.startswith("warn.") else []


def begins(field, text):
    """Return the Q of rows whose `field` begins with `text`, in the form each database answers from an index."""
    if not text:
        return Q(pk__in=[])
    if connection.vendor == "sqlite":
        return Q(**{f"{field}__gte": text, f"{field}__lt": _after(text)})
    return Q(**{f"{field}__startswith": text})


def begins_given(text):
    """Return the Q of people whose given name begins with `text`: 小明 finds 王小明."""
    given = Given("name")
    return Q(GreaterThanOrEqual(given, Value(text))) & Q(LessThan(given, Value(_after(text))))


def _after(text):
    """Return the least text behind every one that begins with `text`. No character lies between U+D7FF and U+E000."""
    last = ord(text[-1])
    if last == 0x10FFFF:
        return _after(text[:-1]) if len(text) > 1 else text + text
    return text[:-1] + chr(0xE000 if last == 0xD7FF else last + 1)


def grown_up():
    """The Q of people whom no child's file protects: `Person.is_protected` in SQL."""
    return Q(birth_on__lte=months_after(today(timezone.now()), -12 * 18)) | Q(birth_on=None) & ~Q(schooling__in=CHILDS_STAGES)


def protected(path="", day=None):
    """The other side of `grown_up`, for rows that reach the person by `path`: a subquery would read every person of the county. day: today's, from
    whoever has it.
    """
    born = months_after(day or today(timezone.now()), -12 * 18)
    return Q(**{f"{path}birth_on__gt": born}) | Q(**{f"{path}birth_on": None, f"{path}schooling__in": CHILDS_STAGES})
