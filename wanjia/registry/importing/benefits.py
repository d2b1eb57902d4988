"""Accepted rows of the subsidy workbook → benefits received, one a person, scheme and period."""

from decimal import Decimal

from django.db.models import Q

from wanjia.kernel import journal

from ..models import Person
from ..people import facts as person_facts
from .models import Benefit


def apply(rows, upload, by, at):
    """Keep a chunk of payments; a payment that is there already is "same". Runs inside the chunk's transaction."""
    index = Person._meta.get_field("citizen_index")
    tokens = {token for row in rows for token in index.look_for(row.content["身份证号"])}
    known = {person.citizen_index: person.merged_into or person for person in
             Person.objects.filter(citizen_index__in=tokens).select_related("merged_into")}  # fmt: skip
    results = []
    for row in rows:
        number = row.content["身份证号"]
        person = next((known[token] for token in index.look_for(number) if token in known), None)
        if person is None:
            person = _new_person(row, at)
            known[person.citizen_index] = person
        results.append(_keep(row, person, upload, at))
    new = [row.number for row, result in zip(rows, results, strict=True) if result == "new"]
    if new:
        journal.record(act="benefit.import", subject=upload, by=by, at=at, rows=len(new))
    return results, {"benefits_new": len(new)}


def _new_person(row, at):
    person = Person(village_id=row.village_code or None, registered_at=at)
    person_facts.assign(person, {"name": row.content["姓名"], "citizen_id": row.content["身份证号"]})
    person.save(force_insert=True)
    return person


def _keep(row, person, upload, at):
    content = row.content
    same = Q(person=person, scheme=content["补贴项目"], period=content["所属期间"])
    if Benefit.objects.filter(same).exists():
        return "same"
    Benefit.objects.create(
        person=person, scheme=content["补贴项目"], period=content["所属期间"], amount_yuan=Decimal(content["金额"]),
        account=content.get("银行账号") or "", source=f"{upload.file_name[:60]}:{row.number}", recorded_at=at,
    )  # fmt: skip
    return "new"
