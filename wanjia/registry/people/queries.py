"""What is asked about people: who bears a number, what is true of them on a day, which groups a child belongs to and why."""

import re

from django.db import connection
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext as _

from wanjia.kernel.privacy import mask_citizen_id
from wanjia.orgs.models import Area
from wanjia.orgs.scope import areas, in_reach
from wanjia.policy import special_groups as groups
from wanjia.policy.identity import fold, judge_phone
from wanjia.policy.statuses import months_after, schemes
from wanjia.policy.visit_form import in_words, unpacked

from ..models import DatedStatus, GroupReview, Membership, Parentage, Person, VisitSheet
from ..states import VisitState
from .facts import FACTS
from .rules import visible_people

GROUP_AGE = 18


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
    if connection.vendor == "sqlite":
        return Q(**{f"{field}__gte": text, f"{field}__lt": text[:-1] + chr(ord(text[-1]) + 1)})
    return Q(**{f"{field}__startswith": text})


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


def children_with_facts(people):
    """Prefetch what special groups are derived from: a fixed number of queries, however many children."""
    parents = Parentage.objects.filter(ended_on=None).select_related("parent").prefetch_related("parent__statuses", "parent__absences")
    homes = Membership.objects.select_related("household").prefetch_related("household__statuses")
    return people.filter(merged_into=None).prefetch_related(
        "statuses", "absences", Prefetch("parents", parents, to_attr="known_parents"), Prefetch("memberships", homes, to_attr="homes")
    )


def facts_of(child, day):
    """Return the ChildFacts of a prefetched child on `day`."""
    homes = [m for m in child.homes if (m.from_on is None or m.from_on <= day) and (m.to_on is None or day < m.to_on)]
    kind = child.hukou_kind or next((m.household.hukou_kind for m in homes if m.household.hukou_kind), "")
    hukou = False if child.id_absent_reason == "not_registered" else True if child.citizen_last4 else None
    parents = {row.line: row for row in child.known_parents}
    return groups.ChildFacts(
        born_on=child.birth_on,
        has_hukou=hukou,
        rural={"rural": True, "urban": False}.get(kind),
        schooling=child.schooling,
        at_home=not any(_spell_of_absence(row).on(day) for row in child.absences.all()),
        spells=_spells(child.statuses.all(), day),
        home=tuple(spell for m in homes for spell in _spells(m.household.statuses.all(), day)),
        **{line: _parent(line, parents.get(line), day) for line in ("father", "mother")},
    )


def _parent(line, row, day):
    if row is None or row.parent is None:
        return groups.ParentFacts(line, known=bool(row and row.known_name))
    spells = _spells(row.parent.statuses.all(), day)
    if row.parent.died_on and not any(spell.code == "dead" for spell in spells):
        spells += (groups.Spell("condition", "dead", row.parent.died_on),)
    away = tuple(_spell_of_absence(one) for one in row.parent.absences.all() if one.for_work)
    return groups.ParentFacts(line, known=True, spells=spells, away=away)


def _spells(rows, day):
    return tuple(
        groups.Spell(row.scheme, row.code, row.from_on, row.to_on, row.grade, paper=bool(row.__dict__.get("evidence")))
        for row in live_statuses(rows, day)
    )


def _spell_of_absence(row):
    return groups.Spell("away", row.place, row.from_on, row.to_on)


def groups_of(child, day):
    """Return every Decision about one child on `day`."""
    return groups.decide(facts_of(_loaded(child), day), day)


def _loaded(child):
    return child if hasattr(child, "known_parents") else children_with_facts(Person.objects.filter(pk=child.pk)).get()


def children_in(actor, area, day):
    """Return visible minors of an area on `day` (and those without a birth date who are at school), ready to decide."""
    first, end = area.span()
    eighteen = months_after(day, -12 * GROUP_AGE)
    minor = Q(birth_on__gt=eighteen) | Q(birth_on=None, schooling__in=("kindergarten", "primary", "junior", "senior", "in_school"))
    people = visible_people(actor).filter(minor, village_id__gte=first, village_id__lt=end, died_on=None)
    return children_with_facts(people.select_related("village")).order_by("village_id", "pinyin", "pk")


def _with_inputs():
    """The Q of children about whom anything is recorded that a group could rest on; of the others every group is denied."""
    parents = Parentage.objects.filter(child=OuterRef("pk"), ended_on=None)
    said = Q(parent__died_on__isnull=False) | Q(parent__statuses__isnull=False) | Q(parent__absences__isnull=False)
    homes = Membership.objects.filter(person=OuterRef("pk"), household__statuses__isnull=False)
    own = DatedStatus.objects.filter(person=OuterRef("pk"))
    return Q(Exists(own)) | Q(Exists(parents.filter(said))) | Q(Exists(homes)) | Q(schooling="dropped_out")


def special_children(actor, area, day, group=""):
    """Return [(child, decisions that hold, decisions undecided, claims)] of an area; of one group when given.

    claims: words of an office's own list that no derivation bears out yet.
    """
    found = []
    for child in children_in(actor, area, day).filter(_with_inputs()):
        decisions = groups.decide(facts_of(child, day), day)
        held = [one for one in decisions if one.holds]
        open_ = [one for one in decisions if one.holds is None]
        names = {one.zh.split("(")[0].removeprefix("农村") for one in held}
        claims = [row.code for row in live_statuses(child.statuses.all(), day) if row.scheme == "claimed_group" and row.code not in names]
        if (held or claims) if not group else any(one.group == group for one in held):
            found.append((child, held, open_, claims))
    return found


def group_counts(rows):
    """Count children by group over rows of `special_children`; a child in two groups counts in both."""
    return {group: sum(any(one.group == group for one in held) for _child, held, *_more in rows) for group in groups.GROUPS}


def reviews_due(actor, area, day):
    """Return [(child, due day)] of children whose special groups are due for a review by `day`, longest due first."""
    latest = {}
    rows = special_children(actor, area, day)
    for review in GroupReview.objects.filter(child__in=[row[0] for row in rows]).order_by("on", "recorded_at"):
        latest[review.child_id] = review.next_on
    due = [(child, latest.get(child.pk)) for child, *_more in rows if child.pk not in latest or latest[child.pk] <= day]
    return sorted(due, key=lambda pair: (pair[1] is not None, pair[1] or day))


def statuses_due(actor, area, day):
    """Return statuses in force whose own review is due by `day`, in an area within reach, longest due first."""
    first, end = area.span()
    reach = in_reach(actor, area="person__village_id") | in_reach(actor, area="household__village_id")
    there = Q(person__village_id__gte=first, person__village_id__lt=end) | Q(household__village_id__gte=first, household__village_id__lt=end)
    rows = DatedStatus.objects.filter(reach, there, to_on=None, review_on__lte=day).select_related("person", "household")
    return rows.order_by("review_on", "pk")


def birthdays_between(actor, area, first_day, last_day):
    """Return [(child, birthday, age)] of 14th, 16th and 18th birthdays in [first_day, last_day], soonest first."""
    found = []
    for child in children_in(actor, area, first_day):
        for on, age in zip(groups.birthdays(child.birth_on), groups.rules()["review"]["birthdays"]):
            if first_day <= on <= last_day:
                found.append((child, on, age))
    return sorted(found, key=lambda row: row[1])


def file_of(child, day):
    """Return everything a child's file page shows; to be read only after its opening was journalled."""
    child = _loaded(child)
    return {
        "child": child,
        "decisions": groups.decide(facts_of(child, day), day),
        "statuses": statuses_of(child),
        "absences": child.absences.select_related("recorded_by").order_by("-from_on"),
        "parents": child.known_parents,
        "care": child.care.select_related("carer").order_by("-from_on"),
        "reviews": GroupReview.objects.filter(child__in=records_of(child)).select_related("recorded_by")[:12],
        "homes": Membership.objects.filter(person=child).select_related("household__village").order_by("-from_on", "-pk"),
        "notes": [(sheet.visit.done_on, in_words(unpacked(sheet.answers))) for sheet in sheets_of(child)[:6]],
    }


def people_found(actor, text):
    """Return visible people that `text` may mean: name, pinyin, initials, last four, whole number, phone."""
    rows = visible_people(actor).filter(merged_into=None).select_related("village__parent")
    return rows.filter(meaning(fold(text))) if text.strip() else rows


def meaning(text):
    """Return the Q of people that a folded search text may mean."""
    if re.fullmatch(r"\d{3}[\dX]", text):
        return Q(citizen_last4=text)
    if re.fullmatch(r"[\d-]{7,}X?", text):
        return Q(phone_index__in=phone_tokens(Person, text)) | Q(citizen_index__in=Person._meta.get_field("citizen_index").look_for(text))
    if text.isascii():
        return begins("initials", text.lower()) | begins("pinyin", text.lower())
    return begins("name", text)


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
        if value not in (None, "") and name != "name":
            shown.append((field.verbose_name, value))
    return shown


def children_of(person):
    """Return the children whose father or mother a person is."""
    return [row.child for row in Parentage.objects.filter(parent=person, ended_on=None).select_related("child")]


def merges_of(person):
    """Return the live merges into a person's record: each can be taken back."""
    return person.merges_kept.filter(undone_at=None).select_related("gone", "by")


def area_of(actor, code):
    """Return the area asked for when it lies within the actor's reach, else the widest area of the reach; or None."""
    if code:
        return Area.objects.filter(in_reach(actor, area="code"), pk=code).first()
    return next(iter(areas(actor)), None)


def group_tabs(counts):
    """Return [(group, words, n)] of groups for the tabs of a page."""
    return [(group, groups.rules()[group]["zh"], counts[group]) for group in groups.GROUPS]
