"""Accepted rows of the subsidy workbook → benefits received, one a person, scheme and period."""

from decimal import Decimal

from wanjia.kernel import journal
from wanjia.registry import bulk

from ..models import Person
from ..people import facts as person_facts
from .appliers import add
from .models import Benefit


def apply(rows, upload, by, at):
    """Keep a chunk of payments; a payment that is there already is "same". Runs inside the chunk's transaction."""
    people, paid = _known(rows)
    results, strangers, fresh = [], [], []
    for row in rows:
        number = row.content["身份证号"]
        if number not in people:
            people[number] = _new_person(row, at)
            strangers.append(people[number])
        key = (people[number].pk, row.content["补贴项目"], row.content["所属期间"])
        results.append("same" if key in paid else "new")
        if key not in paid:
            paid.add(key)
            fresh.append(_benefit(row, people[number], upload, at))
    bulk.insert(Person, strangers)
    bulk.insert(Benefit, fresh)
    if fresh:
        journal.record(act="benefit.import", subject=upload, by=by, at=at, rows=len(fresh), people=len(strangers))
    return results, {"benefits_new": len(fresh), "people_new": len(strangers)}


def tell(rows, upload, by, at, memory):
    """Note how many payments and people are new."""
    people, paid = _known(rows)
    memory.setdefault("met", set()).update(str(person.pk) for person in people.values() if person.is_protected)
    known = memory.setdefault("people", set())
    new = [row for row in rows if (people.get(row.content["身份证号"], row).pk, row.content["补贴项目"], row.content["所属期间"]) not in paid]
    strangers = {row.content["身份证号"] for row in new} - set(people) - known
    known |= strangers
    add(memory, benefits_new=len(new), benefits_same=len(rows) - len(new), people_new=len(strangers))


def _known(rows):
    """Return ({number: Person}, {(person, scheme, period) paid already}) of a chunk, in two queries."""
    index = Person._meta.get_field("citizen_index")
    tokens = {token: row.content["身份证号"] for row in rows for token in index.look_for(row.content["身份证号"])}
    found = Person.objects.filter(citizen_index__in=tokens).select_related("merged_into")
    people = {tokens[person.citizen_index]: person.merged_into or person for person in found}
    paid = Benefit.objects.filter(person__in=[person.pk for person in people.values()])
    return people, set(paid.values_list("person_id", "scheme", "period"))


def _new_person(row, at):
    person = Person(village_id=row.village_code or None, registered_at=at)
    person_facts.assign(person, {"name": row.content["姓名"], "citizen_id": row.content["身份证号"]})
    return person


def _benefit(row, person, upload, at):
    content = row.content
    return Benefit(
        person=person, scheme=content["补贴项目"], period=content["所属期间"], amount_yuan=Decimal(content["金额"]),
        account=content.get("银行账号") or "", source=f"{upload.file_name[:60]}:{row.number}", recorded_at=at,
    )  # fmt: skip
