"""Who belonged to which home on a day: what the pages of people, of homes and of visits all ask."""

from collections import namedtuple
from datetime import timedelta

from django.db.models import Case, Count, F, IntegerField, Max, Q, When
from django.db.models.functions import Coalesce

from wanjia.kernel.models import Entry
from wanjia.shapes import Shape

from .models import Household, Membership, Somebody

Home = namedtuple("Home", "pk number")

TOGETHER = timedelta(days=31)  # who left a home within so many days before its last member left with him
SINCE_REVIEWED = timedelta(days=366)  # who left longer ago was no longer of it when its aid was last looked at

HEAD = "户主"
HEAD_FIRST = Case(When(relation=HEAD, then=0), default=1, output_field=IntegerField())


def members_on(household, day):
    """Return the memberships of a home in force on `day`, head first, eldest first."""
    rows = Membership.objects.on(day).filter(household=household, person__merged_into=None)
    return rows.select_related("person").order_by(HEAD_FIRST, "person__birth_on", "pk")


def named_on(household, day):
    """Return [(name as lists show it, relation, age or None)] of `members_on`; of a child no age."""
    who = NAMED(household.pk, day)
    return [(one.shown_name, relation, one.shown_age(day)) for relation, one in ((relation, Somebody(*about)) for relation, *about in who)]


NAMED = Shape(lambda home, day: members_on(home, day).select_related(None).values_list("relation", "person__name", "person__birth_on", "person__schooling"))


def lived_in(home):
    """Tell whether somebody alive is a member of a home."""
    return bool(LIVED_IN(home.pk))


LIVED_IN = Shape(lambda home: Membership.objects.filter(
    household=home, to_on=None, person__merged_into=None, person__died_on=None).order_by().values_list("pk", flat=True)[:1])  # fmt: skip


def where_they_went(home):
    """Return the homes in which those live today who were the last to leave a home that is empty now; of one that is lived in, none.

    Somebody who left long before the others has a home of his own, and does not say where the family is.
    """
    return _homes_of(_last_to_leave(home), home)


def where_its_aid_may_go(home):
    """Return the homes between which it is said where the aid of an empty home goes, with `people`, how many of it live in each.

    Those of whoever left with the last; where the last of it died alone, those of whoever left since a year: the aid was reckoned with them.
    """
    gone = _whose_aid_it_was(home)
    return _homes_of(gone, home).annotate(people=Count("memberships", filter=Q(memberships__person__in=gone, memberships__to_on=None), distinct=True))


def living_nowhere(home):
    """Count those of them who live in no home that the register knows: they do not say that it goes to the others."""
    gone = _whose_aid_it_was(home)
    return len(gone - set(Membership.objects.filter(to_on=None, person__in=gone).values_list("person", flat=True)))


def _whose_aid_it_was(home):
    gone = _last_to_leave(home)
    return gone | _written_down_together(home) if gone else _last_to_leave(home, within=SINCE_REVIEWED)


def _written_down_together(home):
    """Return the ids of those alive whose leaving was written down along with the last one's, whatever day was typed: whoever could say that the others had
    left before would choose whose the money is.
    """
    lines = list(Entry.objects.filter(act="household.end_member", subject=home._meta.label_lower, subject_id=str(home.pk)).order_by("at").values_list("at", "detail__person"))
    late = {person for at, person in lines if person and at >= lines[-1][0] - TOGETHER}
    rows = Membership.objects.filter(household=home, person__merged_into=None, person__died_on=None, person__in=late)
    return set(rows.values_list("person", flat=True))


def head_of(home):
    """Return the id of whoever was the last living head of a home, or None."""
    rows = Membership.objects.filter(household=home, relation=HEAD, person__merged_into=None, person__died_on=None)
    return rows.order_by(F("to_on").desc(nulls_first=True), "-pk").values_list("person", flat=True).first()


def _homes_of(people, left):
    return Household.objects.filter(memberships__to_on=None, memberships__person__in=people).exclude(pk=left.pk).distinct().order_by("number")


def _last_to_leave(home, within=TOGETHER):
    """Return the ids of those alive who were the last to leave a home; of one that is lived in, none. Whoever died in it was of it to his last day: a
    daughter who married years before does not follow him.
    """
    rows = Membership.objects.filter(household=home, person__merged_into=None)
    last = None if lived_in(home) else rows.aggregate(on=Max(Coalesce("to_on", "person__died_on")))["on"]
    return set(rows.filter(person__died_on=None, to_on__gte=last - within).values_list("person", flat=True)) if last else set()


def moved_whole(home):
    """Return the one home in which all live who were the last to leave an empty one; None where one of them lives nowhere, or elsewhere, and where
    others live there who were never of it: a mother who moves in with her son's family has not made it hers, and may go home again.
    """
    gone = _last_to_leave(home)
    gone |= _written_down_together(home) if gone else set()
    there = set(Membership.objects.filter(to_on=None, person__in=gone).values_list("person", "household"))
    homes = {one for _person, one in there}
    if len(homes) != 1 or {person for person, _home in there} != gone or _others_in(homes, home):
        return None
    return Household.objects.get(pk=homes.pop())


def _others_in(homes, left):
    """Tell whether somebody lives in one of these homes who never was of the one that was left."""
    ours = Membership.objects.filter(household=left).values("person")
    return Membership.objects.filter(household__in=homes, to_on=None, person__merged_into=None, person__died_on=None).exclude(person__in=ours).exists()


def home_now(home):
    """Return where the people of a home live now: there; else the one home to which all of them went; None where nobody can say.

    A home of which no member was ever written down is itself.
    """
    if home is None or lived_in(home) or not Membership.objects.filter(household=home).exists():
        return home
    found = list(where_they_went(home)[:2])
    return found[0] if len(found) == 1 else None


def homes_of(person, day=None):
    """Return a person's memberships, newest first; on `day` only when given."""
    rows = Membership.objects.on(day) if day else Membership.objects.all()
    return rows.filter(person=person).select_related("household__village__parent").order_by("-from_on", "-pk")


def live_homes(person):
    """Return the live memberships of a person, with the homes' villages and townships."""
    return list(Membership.objects.filter(person=person, to_on=None).select_related("household__village__parent"))


def heads_of(homes):
    """Return {household id: "head's name 等 n 人" parts (name, n)} of a page of homes: one query."""
    found, asked = {}, {home.pk for home in homes}
    for home, *who in HEADS(*asked) if asked else ():
        name, n = found.get(home) or (Somebody(*who).shown_name, 0)
        found[home] = (name, n + 1)
    return found


# Values, not objects: a page of fifty homes counts some two hundred people and names fifty.
HEADS = Shape(lambda *homes: Membership.objects.filter(to_on=None, household__in=homes, person__merged_into=None).order_by(
    HEAD_FIRST, "person__birth_on", "pk").values_list("household_id", "person__name", "person__birth_on", "person__schooling"))  # fmt: skip


def rung_at(homes):
    """Return {household id: row} of homes, the row being whoever bears the telephone: the home itself, else its head, where grown up.

    A household workbook gives the number in its head's row; asking for it again would be asking twice. At most one query.
    """
    found = {home.pk: home for home in homes if home.phone}
    silent = [home.pk for home in homes if home.pk not in found]
    if not silent:
        return found
    heads = Membership.objects.filter(to_on=None, household__in=silent, relation=HEAD, person__merged_into=None, person__died_on=None)
    for head in heads.select_related("person"):
        if head.person.phone and not head.person.is_protected:
            found.setdefault(head.household_id, head.person)
    return found


def home_numbers(people):
    """Return {person id: the home's (pk, number)} of a page of people: one query."""
    asked = [person.pk for person in people]
    return {person: Home(*home) for person, *home in LIVE_HOMES(*asked)} if asked else {}


LIVE_HOMES = Shape(lambda *people: Membership.objects.filter(to_on=None, person__in=people).values_list("person_id", "household_id", "household__number"))
