"""What the register holds of the people and homes of a file: asked part by part, or read whole once where it is little beside the file."""

from dataclasses import dataclass, field

from django.db import connection

from wanjia.registry.finding import standing as standing_record
from wanjia.registry.models import Household, Person
from wanjia.registry.workbooks.kinds import HEAD
from wanjia.sealing import keys

from ..models import Worker

BATCH = {"sqlite": 20_000, "postgresql": 100_000}  # values in one question
# On PostgreSQL keys are looked up one by one (OFFSET 0 keeps it so): for ten thousand of them the planner would read the whole table of people.
PEOPLE = "SELECT p.citizen_index, p.id, p.merged_into_id, w.line_digest FROM registry_person p LEFT JOIN labour_worker w ON w.person_id = p.id WHERE p.merged_into_id IS {} AND p.citizen_index "
ONE_BY_ONE = (
    "SELECT p.citizen_index, p.id, p.merged_into_id, w.line_digest FROM unnest(%s::text[]) AS k(token) "
    "CROSS JOIN LATERAL (SELECT * FROM registry_person WHERE citizen_index = k.token COLLATE \"C\" AND merged_into_id IS {} OFFSET 0) p "
    "LEFT JOIN LATERAL (SELECT line_digest FROM labour_worker WHERE person_id = p.id OFFSET 0) w ON true"
)
HOMES = "SELECT h.number, h.id, h.village_id FROM registry_household h WHERE h.number "
HEADS = {
    "sqlite": "SELECT m.household_id, p.citizen_index FROM registry_membership m JOIN registry_person p ON p.id = m.person_id "
    f"WHERE m.relation = '{HEAD}' AND m.to_on IS NULL AND m.household_id ",
    "postgresql": "SELECT m.household_id, p.citizen_index FROM registry_membership m "
    "CROSS JOIN LATERAL (SELECT citizen_index FROM registry_person WHERE id = m.person_id OFFSET 0) p "
    f"WHERE m.relation = '{HEAD}' AND m.to_on IS NULL AND m.household_id ",
}


@dataclass
class Register:
    """mode: "empty", "whole" (people and homes were read into memory) or "ask". people: {index: (key, digest of the line)}; homes: {number: (key,
    village, head's index, "" for a head without a number, None for no head)}."""

    mode: str = "ask"
    people: dict = field(default_factory=dict)
    homes: dict = field(default_factory=dict)

    def people_of(self, tokens):
        """Return {index: (key of the record that stands, digest of its line or None)} of those of these indexes that are borne."""
        return self.people if self.mode != "ask" else _people(tokens)

    def homes_of(self, numbers, heads=True):
        """Return {number: (key, village, head's index)} of those of these homes that stand. heads: whether the head matters, who is asked for through all members."""
        return self.homes if self.mode != "ask" else _homes(numbers, heads)


def look(rows):
    """Return the Register for a file of so many rows: what is little beside it is read whole, so that it can be met without an index."""
    people, homes = Person.objects.exclude(citizen_index=None).count(), Household.objects.count()
    if not people and not homes:
        return Register("empty")
    if (people + homes) * 10 <= rows:
        return Register("whole", _people(None), _homes(None))
    return Register()


def rotating():
    """Tell whether numbers still stand under an index key that is no longer the current one: a load would not meet them."""
    ring = keys.ring()
    if sum(name.startswith("i") for name in ring["keys"]) == 1:
        return False
    return Person.objects.exclude(citizen_index=None).exclude(citizen_index__startswith=f"{ring['index']}:").exists()


def _people(tokens):
    found, merged = {}, {}
    key = Person._meta.pk.to_python
    # Along the two partial indexes over numbers: one question for all would find neither, and read every person.
    rows = [row for merged in ("NULL", "NOT NULL") for row in _asked(PEOPLE.format(merged), tokens, ONE_BY_ONE.format(merged))]
    for token, person, into, digest in rows:
        if into is None:
            found[token] = (key(person), digest and bytes(digest))
        else:
            merged[token] = key(person)
    for token in merged.keys() - found.keys():
        record = standing_record(Person.objects.get(pk=merged[token]))
        digest = Worker.objects.filter(pk=record.pk).values_list("line_digest", flat=True).first()
        found[token] = (record.pk, digest and bytes(digest))
    return found


def _homes(numbers, heads=True):
    key = Household._meta.pk.to_python
    found, numbered = {}, {}
    for number, home, village in _asked(HOMES, numbers):
        found[number], numbered[home] = (key(home), village, None), number
    for home, index in _asked(HEADS[connection.vendor], None if numbers is None else list(numbered)) if heads else ():
        if home in numbered:
            found[numbered[home]] = (*found[numbered[home]][:2], index or "")
    return found


def _asked(sql, wanted, one_by_one=""):
    """Return the rows of a question that ends in a column. wanted: its values; None for all. one_by_one: the same question of a list, for PostgreSQL."""
    rows = []
    with connection.cursor() as cursor:
        if wanted is None:
            cursor.execute(sql + "IS NOT NULL")
            return cursor.fetchall()
        step = BATCH[connection.vendor]
        for at in range(0, len(wanted), step):
            some = wanted[at : at + step]
            if connection.vendor == "postgresql":
                cursor.execute(one_by_one or sql + "= ANY(%s)", [some])
            else:
                cursor.execute(sql + f"IN ({','.join(['%s'] * len(some))})", some)
            rows += cursor.fetchall()
    return rows
