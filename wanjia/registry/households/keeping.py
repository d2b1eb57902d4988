"""Many homes at once: what a batch of rows would change, worked out before anything is written.

A handful of queries for the whole batch; nothing here writes, that is for the command `keep_rows`.
"""

from collections import Counter
from dataclasses import dataclass, field
from uuid import UUID

from wanjia.kernel.calendar import today
from wanjia.orgs.scope import covers
from wanjia.policy import statuses
from wanjia.registry import bulk

from ..finding import bearing
from ..models import Absence, DatedStatus, Household, Membership, Person
from ..people import facts as person_facts
from ..row_keys import ordered_key
from . import facts as home_facts
from .rules import ROWS

BATCH = 5000  # values in one IN (…): far below SQLite's limit of 32,766 and PostgreSQL's 65,535
CLAIM = "claimed_group"
JOURNAL_HOMES = 200


@dataclass
class Plan:
    """What is to be written, and the verdict on each row.

    outcomes: per row "new", "changed" or "same". elsewhere: (row number, person id) of members whose record another township
    keeps: they are linked, their facts are left alone. two_homes: the same of members who also live in another home. met: the ids of
    children whom the file met, by number or by name and birth: who tries either with a file is written as who types one. tried: the
    births of new children under the name of a registered one, {its id: {births}}.
    """

    at: object
    actor: object
    source: str
    outcomes: list = field(default_factory=list)
    village_codes: set = field(default_factory=set)
    new: dict = field(default_factory=lambda: {model: [] for model in (Household, Person, Membership, DatedStatus, Absence)})
    changed: dict = field(default_factory=dict)
    elsewhere: list = field(default_factory=list)
    two_homes: list = field(default_factory=list)
    met: set = field(default_factory=set)
    tried: dict = field(default_factory=dict)
    touched: dict = field(default_factory=dict)

    @property
    def counts(self):
        """Return JSON counts: homes by outcome, people and memberships written, statuses, absences, two_homes, elsewhere."""
        homes = Counter(self.outcomes)
        return {
            "households_new": homes["new"], "households_changed": homes["changed"], "households_same": homes["same"],
            "people_new": len(self.new[Person]), "people_changed": sum(isinstance(row, Person) for row, _ in self.changed.values()),
            "memberships_new": len(self.new[Membership]), "statuses_new": len(self.new[DatedStatus]),
            "absences_new": len(self.new[Absence]), "two_homes": len(self.two_homes), "elsewhere": len(self.elsewhere),
        }  # fmt: skip

    @property
    def writes(self):
        """Tell whether there is anything to write."""
        return bool(self.changed) or any(self.new.values())

    @property
    def subject(self):
        """The first home touched: the journal line's subject."""
        return next(iter(self.touched.values()))[0]

    @property
    def common_area(self):
        """The longest code that all touched villages begin with, as far as it names a township or more."""
        codes = sorted({home.village_id for home, _ in self.touched.values()})
        return next((codes[0][:n] for n in (12, 9, 6, 4) if all(code[:n] == codes[0][:n] for code in codes)), "")

    def journal_homes(self):
        """Return {number: "new" or names of what changed} of the first homes; the rest is in the counts."""
        return {home.number: what for home, what in list(self.touched.values())[:JOURNAL_HOMES]}

    def met_before(self):
        """Return the ids of those who stood in the register before and of whom something changed: their facts, their home, where they are."""
        fresh = {row.pk for row in self.new[Person]}
        changed = {row.pk for row, _names in self.changed.values() if isinstance(row, Person)}
        return (changed | {row.person_id for model in (Membership, Absence) for row in self.new[model]}) - fresh

    def change(self, row, names):
        """Note that these columns of a stored row are to be saved; a new row is saved whole anyway."""
        if names and not row._state.adding:
            known = self.changed.setdefault((type(row), row.pk), (row, []))
            known[1].extend(names)
        return bool(names)


def plan_rows(rows, *, actor, at, source=""):
    """Work out what `keep_rows` would do with these rows (shape: see there). Reads only; some eight queries a batch."""
    plan = Plan(at=at, actor=actor, source=source[:60])
    known = _Known(rows)
    for place, row in enumerate(rows):
        plan.outcomes.append(_plan_home(plan, known, place, row))
    return plan


class _Known:
    """What the register already holds about the rows of one batch."""

    def __init__(self, rows):
        index = Person._meta.get_field("citizen_index")
        numbers = {
            m["citizen_id"]: index.look_for(m["citizen_id"]) for row in rows for m in row["members"] if m.get("citizen_id")
        }
        self.homes = {h.number: h for h in among(Household.objects.all(), "number", [row["number"] for row in rows])}
        tokens = [token for tokens in numbers.values() for token in tokens]
        by_index = {p.citizen_index: p for start in range(0, len(tokens), BATCH) for p in Person.objects.filter(bearing(tokens[start : start + BATCH]))}
        self.people = {}
        for number, tokens in numbers.items():
            person = next((by_index[token] for token in tokens if token in by_index), None)
            if person is not None:
                self.people[number] = person.merged_into or person
        self.members, self.homes_of = {}, {}
        self._fill_members({person.pk: person for person in self.people.values()})
        ids = {m.person_id for ms in self.members.values() for m in ms} | {p.pk for p in self.people.values()}
        claims = DatedStatus.objects.filter(scheme=CLAIM, to_on=None).values_list("person_id", "code")
        self.claims = set(among(claims, "person_id", ids))
        self.away = set(among(Absence.objects.filter(to_on=None).values_list("person_id", "place"), "person_id", ids))

    def _fill_members(self, loaded):
        """Read the members of these homes and the homes of these people; each person is one object."""
        live = Membership.objects.filter(to_on=None)
        for member in among(live.select_related("person"), "household_id", [home.pk for home in self.homes.values()]):
            member.person = loaded.setdefault(member.person_id, member.person)
            self.members.setdefault(member.household_id, []).append(member)
        people = [person.pk for person in self.people.values()]
        for person, home in among(live.values_list("person_id", "household_id"), "person_id", people):
            self.homes_of.setdefault(person, set()).add(home)


def among(rows, column, values):
    """Yield the rows whose column is one of the values, so many at a time as both databases take."""
    values = list(values)
    for start in range(0, len(values), BATCH):
        yield from rows.filter(**{f"{column}__in": values[start : start + BATCH]})


def _plan_home(plan, known, place, row):
    given = _given(row, home_facts.FACTS)
    if row.get("verified_on"):
        given["verified_on"] = row["verified_on"]
    home, fresh = known.homes.get(row["number"]), False
    if home is None:
        home, fresh = bulk.fresh(Household, number=row["number"], village_id=row["village"], registered_at=plan.at), True
        known.homes[row["number"]] = home
        plan.new[Household].append(home)
    plan.village_codes |= {row["village"], home.village_id}
    if not fresh and given.get("verified_on") and home.verified_on and given["verified_on"] < home.verified_on:
        del given["verified_on"]
    names = home_facts.assign(home, given)
    if home.village_id != row["village"]:
        home.village_id = row["village"]
        names.append("village")
    touched = plan.change(home, names)
    for member in row["members"]:
        touched |= _plan_member(plan, known, place, home, member)
    if fresh or touched:
        plan.touched.setdefault(home.pk, (home, "new" if fresh else names or ["members"]))
    return "new" if fresh else "changed" if touched else "same"


def _plan_member(plan, known, place, home, row):
    """Plan one member; tells whether anything is to be written."""
    members = known.members.setdefault(home.pk, [])
    person, fresh = _whom(known, members, row), False
    if person is None:
        person, fresh = bulk.fresh(Person, village_id=home.village_id, registered_at=plan.at), True
        plan.new[Person].append(person)
        if row.get("citizen_id"):
            known.people[row["citizen_id"]] = person
    facts = _given(row, person_facts.FACTS)
    if not fresh and person.is_protected:
        plan.met.add(str(person.pk))
    if not fresh and not (person.village_id and covers(plan.actor, person.village_id, duty=ROWS)):
        plan.elsewhere.append((place, str(person.pk)))
        facts = {}
    if fresh and not facts.get("citizen_id"):
        facts.setdefault("id_absent_reason", "to_follow")
    touched = plan.change(person, person_facts.assign(person, facts)) or fresh
    if fresh and person.birth_on and not person.is_protected:
        person.pk = ordered_key()
    touched |= _plan_membership(plan, known, place, home, person, row)
    return _plan_circumstances(plan, known, person, row) or touched


def _whom(known, members, row):
    """Return who this row means: by number anywhere; else by name and birth date, or name alone, among this home's members."""
    if row.get("citizen_id") in known.people:
        return known.people[row["citizen_id"]]
    same_name = [m.person for m in members if m.person.name == row["name"]]
    if row.get("citizen_id"):
        same_name = [p for p in same_name if not p.citizen_last4]
    born = row.get("birth_on")
    fits = [p for p in same_name if not born or not p.birth_on or p.birth_on == born]
    return fits[0] if len(fits) == 1 else None


def _plan_membership(plan, known, place, home, person, row):
    members = known.members[home.pk]
    mine = next((m for m in members if m.person_id == person.pk), None)
    if mine is None:
        elsewhere = known.homes_of.setdefault(person.pk, set())
        if elsewhere:
            plan.two_homes.append((place, str(person.pk)))
        elsewhere.add(home.pk)
        mine = bulk.fresh(Membership, household=home, person=person, relation=row["relation"])
        members.append(mine)
        plan.new[Membership].append(mine)
        return True
    if row.get("relation") and mine.relation != row["relation"]:
        mine.relation = row["relation"]
        return plan.change(mine, ["relation"])
    return False


def _plan_circumstances(plan, known, person, row):
    touched = False
    for words in row.get("claims", ()):
        code = words[:30]
        if (person.pk, code) not in known.claims:
            known.claims.add((person.pk, code))
            plan.new[DatedStatus].append(_claim(plan, person, code))
            touched = True
    place = (row.get("away_to") or "")[:80]
    if place and (person.pk, place) not in known.away:
        known.away.add((person.pk, place))
        plan.new[Absence].append(
            Absence(person=person, place=place, source=plan.source, recorded_at=plan.at, recorded_by_id=_id(plan.actor))
        )
        touched = True
    return touched


def _claim(plan, person, code):
    day = today(plan.at)
    version = statuses.scheme(CLAIM).version_on(day)
    return DatedStatus(
        person=person, scheme=CLAIM, scheme_version=version.name, code=code, source=plan.source, review_on=version.review_after(day),
        recorded_at=plan.at, recorded_by_id=_id(plan.actor),
    )  # fmt: skip


def _id(actor) -> UUID | None:
    return actor.id


def _given(row, names):
    """Return the facts that the row really gives: a missing, empty or None value says nothing."""
    return {name: row[name] for name in names if row.get(name) not in (None, "")}
