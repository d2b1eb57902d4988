"""What is asked about people: who bears a number, what is true of them on a day, which groups a child belongs to and why."""

import re
from datetime import date, datetime
from functools import reduce
from operator import or_

from django.db import connection
from django.db.models import Case, DateField, F, Q, When
from django.utils import timezone
from django.utils.translation import gettext as _

from wanjia.kernel.calendar import today
from wanjia.kernel.privacy import mask_citizen_id
from wanjia.orgs.duties import Duty
from wanjia.orgs.models import Area
from wanjia.orgs.scope import areas, in_reach
from wanjia.policy.identity import fold, judge_phone
from wanjia.policy.statuses import months_after, schemes

from ..models import AT_SCHOOL, DatedStatus, Membership, Parentage, Person, VisitSheet
from ..names import typed_sounds
from ..states import VisitState
from .facts import FACTS
from .rules import visible_people, whose_files


def by_number(citizen_id):
    """Return the person who bears this citizen number, anywhere, following merges; or None."""
    tokens = Person._meta.get_field("citizen_index").look_for(citizen_id or "")
    found = Person.objects.filter(citizen_index__in=tokens).order_by("registered_at").first() if tokens else None
    return standing(found)


def standing(person):
    """Return the record that stands for `person` today: itself, or the one it was merged into."""
    while person is not None and person.merged_into_id:
        person = person.merged_into
    return person


def begins(field, text):
    """Return the Q of rows whose `field` begins with `text`, in the form each database answers from an index."""
    if not text:
        return Q(pk__in=[])
    if connection.vendor == "sqlite":
        return Q(**{f"{field}__gte": text, f"{field}__lt": _after(text)})
    return Q(**{f"{field}__startswith": text})


def _after(text):
    """Return the least text behind every one that begins with `text`. No character lies between U+D7FF and U+E000."""
    last = ord(text[-1])
    if last == 0x10FFFF:
        return _after(text[:-1]) if len(text) > 1 else text + text
    return text[:-1] + chr(0xE000 if last == 0xD7FF else last + 1)


def live_homes(person):
    """Return the live memberships of a person, with the homes' villages and townships."""
    return list(Membership.objects.filter(person=person, to_on=None).select_related("household__village__parent"))


def records_of(person):
    """Return the ids of a person's own record and of those merged into it: history is never rewritten to another id."""
    return [person.pk, *Person.objects.filter(merged_into=person).values_list("pk", flat=True)]


def sheets_of(child):
    """Return what was noted about a child in visits, newest first."""
    done = VisitSheet.objects.filter(child__in=records_of(child), visit__state=VisitState.DONE)
    return done.select_related("visit").order_by("-visit__done_on", "-recorded_at")


def statuses_of(person):
    """Return every status a person ever held, newest first."""
    return DatedStatus.objects.filter(person=person).select_related("recorded_by").order_by("-from_on", "-recorded_at")


def live_statuses(rows, day):
    """Keep the statuses (DatedStatus rows) in force on `day`, also by their scheme's own dates."""
    return [
        row
        for row in rows
        if (row.from_on is None or row.from_on <= day) and (row.to_on is None or day < row.to_on)
        and row.scheme in schemes() and schemes()[row.scheme].in_force(row.code, day)
    ]  # fmt: skip


def statuses_due(actor, area, day, *, duty=Duty.KEEP_REGISTER):
    """Return statuses in force whose own review is due by `day`, in an area within reach, longest due first."""
    first, end = area.span()
    reach = in_reach(actor, area="person__village_id", duty=duty) | in_reach(actor, area="household__village_id", duty=duty)
    there = Q(person__village_id__gte=first, person__village_id__lt=end) | Q(
        household__village_id__gte=first, household__village_id__lt=end
    )
    rows = DatedStatus.objects.filter(reach, there, to_on=None, review_on__lte=day).select_related("person", "household")
    return rows.order_by("review_on", "pk")


def people_found(actor, text):
    """Return visible people that `text` may mean: name, pinyin, initials, last four, whole number, phone."""
    rows = visible_people(actor).filter(merged_into=None).select_related("village__parent")
    # A list sorted by a child's birth would give it away between two neighbours whose births are known.
    rows = rows.annotate(born_shown=Case(When(grown_up(), then=F("birth_on")), output_field=DateField()))
    return rows.filter(meaning(fold(text), children=whose_files(actor))) if text.strip() else rows


LAST_FOUR, NUMBER = re.compile(r"\d{3}[\dX]"), re.compile(r"[\d-]{7,}X?")


def meaning(text, *, children):
    """Return the Q of people that a folded search text may mean.

    children: the Q of people among whom a number or a name may lead to a child: whoever reads initials on a list could spell the name out,
    letter by letter. Initials find everybody. The last four never find a child: beside an age they would leave three numbers to try.
    """
    if LAST_FOUR.fullmatch(text):
        return Q(citizen_last4=text) & grown_up()
    if NUMBER.fullmatch(text):
        meant = Q(phone_index__in=phone_tokens(Person, text)) | Q(citizen_index__in=Person._meta.get_field("citizen_index").look_for(text))
        return meant & (children | grown_up())
    if text.replace("Ü", "V").isascii():
        sounds = typed_sounds(text)
        spelt = reduce(or_, (begins("pinyin", sound) for sound in sounds))
        return spelt & (children | grown_up()) | begins("initials", sounds[0])
    return begins("name", text) & (children | grown_up())


def namesakes(actor, new, home=None):
    """Return the registered people who may be this one: of the same name in the same home, now or before, or born in the same month.

    new: a Person not written yet. Elsewhere only people whom the actor sees anyway are named: the question is no oracle. Grown-ups
    who both have a citizen number are two people; a child is asked about even then, for its number is often another's at first.
    """
    here = Q(memberships__household=home) if home else Q(pk__in=[])
    born = Q(birth_on__year=new.birth_on.year, birth_on__month=new.birth_on.month) if new.birth_on else Q(pk__in=[])
    alike = Person.objects.filter(name=new.name, merged_into=None).exclude(pk=new.pk)
    if not new.is_protected and new.citizen_last4:
        alike = alike.filter(citizen_last4="")
    return alike.filter(here | born & Q(pk__in=visible_people(actor).filter(name=new.name).values("pk"))).select_related("village").distinct()


def grown_up():
    """The Q of people whom no child's file protects: `Person.is_protected` in SQL."""
    return Q(birth_on__lte=months_after(today(timezone.now()), -12 * 18)) | Q(birth_on=None) & ~Q(schooling__in=AT_SCHOOL)


def protected(path=""):
    """The other side of `grown_up`, for rows that reach the person by `path`: a subquery would read every person of the county."""
    born = months_after(today(timezone.now()), -12 * 18)
    return Q(**{f"{path}birth_on__gt": born}) | Q(**{f"{path}birth_on": None, f"{path}schooling__in": AT_SCHOOL})


def phone_tokens(model, text):
    """Return the index values under which a phone number may be stored."""
    number, code = judge_phone(text)
    return model._meta.get_field("phone_index").look_for(number) if code is None or code.startswith("warn.") else []


def home_numbers(people):
    """Return {person id: household} of a page of people: one query."""
    rows = Membership.objects.filter(to_on=None, person__in=[person.pk for person in people]).select_related("household")
    return {row.person_id: row.household for row in rows}


def facts_shown(person):
    """Return [(words, value)] of a person's facts as staff see them; what is sealed only says whether it is there."""
    shown = []
    for name in (*FACTS, "registered_at"):
        field = Person._meta.get_field(name)
        value = person.__dict__[name]
        if field.get_internal_type() == "BinaryField":
            value = "******" if value else ""
        elif field.choices:
            value = getattr(person, f"get_{name}_display")()
        if name == "citizen_id" and person.citizen_last4:
            value = mask_citizen_id(person.citizen_last4)
        if isinstance(value, bool):
            value = _("是") if value else _("否")
        if isinstance(value, date):
            value = (today(value) if isinstance(value, datetime) else value).isoformat()
        if value not in (None, "") and name != "name":
            shown.append((_("建档时间") if name == "registered_at" else field.verbose_name, value))
    return shown


def children_of(person):
    """Return the children whose father or mother a person is."""
    return [row.child for row in Parentage.objects.filter(parent=person, ended_on=None).select_related("child")]


def merges_of(person):
    """Return the live merges into a person's record: each can be taken back."""
    return person.merges_kept.filter(undone_at=None).select_related("gone", "by")


def area_of(actor, code, *, duty):
    """Return the area asked for when it lies where the actor has `duty`, else the widest such area; or None."""
    if code:
        return Area.objects.filter(in_reach(actor, area="code", duty=duty), pk=code).first()
    return next(iter(areas(actor, duty=duty)), None)
