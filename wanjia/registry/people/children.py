"""Which special groups the children of an area belong to today, and why: facts gathered in bulk, decided by policy."""

from django.db.models import Exists, OuterRef, Prefetch, Q

from wanjia.doors.words import in_english, said
from wanjia.policy import special_groups as groups
from wanjia.policy.child_facts import ChildFacts, ParentFacts, Spell
from wanjia.policy.statuses import months_after
from wanjia.policy.visit_form import in_words, unpacked
from wanjia.registry.duties import Duty
from wanjia.sealing.fields import opened

from ..models import Absence, DatedStatus, GroupReview, Membership, Parentage, Person
from .presumed import presumed_parents
from .queries import live_statuses, records_of, sheets_of, statuses_of
from .rules import visible_people

GROUP_AGE = 18
LEFT_BEHIND = ("left_behind_civil", "left_behind_education")


def children_with_facts(people):
    """Prefetch what special groups are derived from: a fixed number of queries, however many children.

    As lists, `held` and `left`: asked as `.statuses.all()` each person costs a query set of its own, which over a county is most of the work.
    """
    parents = Parentage.objects.filter(ended_on=None).select_related("parent").prefetch_related(*_of("parent__"))
    members = Membership.objects.filter(person__merged_into=None).select_related("person").only(
        "household_id", "relation", "from_on", "to_on", "person__sex", "person__birth_on", "person__died_on", "person__home_on"
    )
    members = members.prefetch_related(*_of("person__"))
    homes = Membership.objects.select_related("household").prefetch_related(
        Prefetch("household__statuses", to_attr="held"), Prefetch("household__memberships", members, to_attr="members")
    )
    return people.filter(merged_into=None).prefetch_related(
        *_of(""),
        Prefetch("parents", parents, to_attr="known_parents"),
        Prefetch("memberships", homes, to_attr="homes"),
    )


def _of(path):
    return Prefetch(f"{path}statuses", to_attr="held"), Prefetch(f"{path}absences", to_attr="left")


def facts_of(child, day):
    """Return the ChildFacts of a prefetched child on `day`."""
    homes = [m for m in child.homes if (m.from_on is None or m.from_on <= day) and (m.to_on is None or day < m.to_on)]
    kind = child.hukou_kind or next((m.household.hukou_kind for m in homes if m.household.hukou_kind), "")
    committee = (child.village_id or "")[9:10] in ("2", "3")  # 12-digit codes: 200–399 are villagers' committees
    hukou = False if child.id_absent_reason == "not_registered" else True if child.citizen_last4 else None
    parents = {row.line: (row.parent, bool(row.parent or row.known_name), False) for row in child.known_parents}
    for m in homes:
        others = [one for one in m.household.members if one.person_id != child.pk and (one.to_on is None or day < one.to_on)]
        for line, person in presumed_parents(child, m, others).items():
            parents.setdefault(line, (person, True, True))
    return ChildFacts(
        born_on=child.birth_on,
        has_hukou=hukou,
        rural={"rural": True, "urban": False}.get(kind, True if committee else None),
        rural_presumed=not kind and committee,
        schooling=child.schooling,
        at_home=_at_home(child, day),
        spells=_spells(child.held, day),
        home=tuple(spell for m in homes for spell in _spells(m.household.held, day)),
        **{line: _parent(line, *parents.get(line, (None, False, False)), day) for line in ("father", "mother")},
    )


def _at_home(child, day):
    if any(_spell_of_absence(row).on(day) for row in child.left):
        return False
    said = home_since(child, day)
    return True if said else None


def home_since(person, day):
    """Return the last day up to `day` on which somebody said that a prefetched person is at home, or came back; None: nobody did."""
    said = [row.to_on for row in person.left if row.to_on] + [person.home_on]
    return max((on for on in said if on and on <= day), default=None)


def _parent(line, person, known, presumed, day):
    if person is None:
        return ParentFacts(line, named=known)  # a name says nothing of whereabouts
    spells = _spells(person.held, day)
    if person.died_on and not any(spell.code == "dead" for spell in spells):
        spells += (Spell("condition", "dead", person.died_on),)
    away = tuple(_spell_of_absence(one) for one in person.left if one.for_work)
    return ParentFacts(line, known=True, spells=spells, away=away, presumed=presumed, home_on=home_since(person, day))


def _spells(rows, day):
    return tuple(
        Spell(row.scheme, row.code, row.from_on, row.to_on, row.grade, paper=bool(row.__dict__.get("evidence")))
        for row in live_statuses(rows, day)
    )


def _spell_of_absence(row):
    return Spell("away", row.place, row.from_on, row.to_on)


def groups_of(child, day):
    """Return every Decision about one child on `day`."""
    return groups.decide(facts_of(_loaded(child), day), day)


def _loaded(child):
    return child if hasattr(child, "known_parents") else children_with_facts(Person.objects.filter(pk=child.pk)).get()


def children_in(actor, area, day, *, duty=Duty.SEE_REGISTER):
    """Return visible minors of an area on `day` (and those without a birth date who are at school), ready to decide."""
    first, end = area.span()
    eighteen = months_after(day, -12 * GROUP_AGE)
    minor = Q(birth_on__gt=eighteen) | Q(
        birth_on=None, schooling__in=("kindergarten", "primary", "junior", "senior", "in_school")
    )
    people = visible_people(actor, duty=duty).filter(minor, village_id__gte=first, village_id__lt=end, died_on=None)
    return children_with_facts(people.select_related("village")).order_by("village_id", "pinyin", "pk")


def _with_inputs():
    """The Q of children about whom anything is recorded that a group could rest on; of the others every group is denied."""
    parents = Parentage.objects.filter(child=OuterRef("pk"), ended_on=None)
    said = Q(parent__died_on__isnull=False) | Q(parent__statuses__isnull=False) | Q(parent__absences__isnull=False)
    homes = Membership.objects.filter(person=OuterRef("pk"), household__statuses__isnull=False)
    family = Membership.objects.filter(
        person=OuterRef("pk"), household__memberships__person__in=Absence.objects.filter(to_on=None).values("person")
    )
    own = DatedStatus.objects.filter(person=OuterRef("pk"))
    return Q(Exists(own)) | Q(Exists(parents.filter(said))) | Q(Exists(homes)) | Q(Exists(family)) | Q(schooling="dropped_out")


def special_children(actor, area, day, group="", *, duty=Duty.SEE_REGISTER):
    """Return [(child, decisions that hold, what is to be asked in words, claims)] of an area; of one group when given.

    claims: words of an office's own list that no derivation bears out yet.
    """
    found = []
    for child in children_in(actor, area, day, duty=duty).filter(_with_inputs()):
        facts = facts_of(child, day)
        decisions = groups.decide(facts, day)
        held = [one for one in decisions if one.holds]
        away = _somebody_away(facts, day)
        asked = [one for one in decisions if one.holds is None and (away or one.group not in LEFT_BEHIND)]
        asks = list(dict.fromkeys(said(reason) for one in asked for reason in one.reasons))
        names = {one.zh.split("(")[0].removeprefix("农村") for one in held}
        claims = [
            row.code
            for row in live_statuses(child.held, day)
            if row.scheme == "claimed_group" and row.code not in names
        ]
        asked_left = any(one.group == "left_behind_civil" for one in asked)
        if (held or claims or asked_left) if not group else any(one.group == group for one in held):
            found.append((child, held, asks, claims))
    return found


def _somebody_away(facts, day):
    """Whether one parent is known to be away: then it matters where the other is. Else nearly every child would be asked about."""
    return any(parent.at_home(day) is False for parent in facts.parents)


def group_counts(rows):
    """Count children by group over rows of `special_children`; a child in two groups counts in both."""
    return {group: sum(any(one.group == group for one in held) for _child, held, *_more in rows) for group in groups.GROUPS}


def reviews_due(actor, area, day):
    """Return [(child, due day)] of children whose special groups are due for a review by `day`, longest due first."""
    latest = {}
    rows = special_children(actor, area, day, duty=Duty.KEEP_REGISTER)
    for review in GroupReview.objects.filter(child__in=[row[0] for row in rows]).order_by("on", "recorded_at"):
        latest[review.child_id] = review.next_on
    due = [(child, latest.get(child.pk)) for child, *_more in rows if child.pk not in latest or latest[child.pk] <= day]
    return sorted(due, key=lambda pair: (pair[1] is not None, pair[1] or day))


def birthdays_between(actor, area, first_day, last_day):
    """Return [(child, birthday, age)] of 14th, 16th and 18th birthdays in [first_day, last_day], soonest first."""
    found = []
    for child in children_in(actor, area, first_day, duty=Duty.KEEP_REGISTER):
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
        "reviews": GroupReview.objects.filter(child__in=records_of(child)).select_related("recorded_by"),
        "homes": Membership.objects.filter(person=child).select_related("household__village").order_by("-from_on", "-pk"),
        "notes": [(sheet.visit.done_on, opened(sheet, "answers", lambda text: in_words(unpacked(text), in_english()), None)) for sheet in sheets_of(child)],
    }


def group_tabs(counts):
    """Return [(group, words, n)] of groups for the tabs of a page."""
    return [(group, said(groups.rules()[group]), counts[group]) for group in groups.GROUPS]
