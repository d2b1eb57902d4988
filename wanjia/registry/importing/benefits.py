"""Accepted rows of the subsidy workbook → benefits received, one a person, scheme and period.

Whom another place keeps gets nothing by our file: the row is sent back, when it is written and before in the preview.
"""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.orgs.scope import covers, in_reach
from wanjia.registry import bulk
from wanjia.registry.duties import Duty

from ..finding import bearing
from ..models import Benefit, Membership, Person
from ..people import facts as person_facts
from ..workbooks.benefits import SUBSIDIES
from .brought import Import, add


def apply(rows, upload, by, at):
    """Keep a chunk of payments; one that is there already is "same", one of somebody else's people "afar". In the chunk's transaction."""
    people, paid = _known(rows)
    afar, results, strangers, fresh = _afar(people, by), [], [], []
    for row in rows:
        number = row.content["身份证号"]
        if number in afar or (number not in people and row.village_code and not covers(by, row.village_code, duty=Duty.IMPORT)):
            results.append("afar")
            continue
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
    return results, {"benefits_new": len(fresh), "people_new": len(strangers), "benefits_afar": results.count("afar")}


def tell(rows, upload, by, at, memory):
    """Note how many payments and people are new."""
    people, paid = _known(rows)
    memory.setdefault("met", set()).update(str(person.pk) for person in people.values() if person.is_protected)
    afar = _afar(people, by)
    memory.setdefault("afar", set()).update(str(people[number].pk) for number in afar)
    known, theirs = memory.setdefault("people", set()), [row for row in rows if row.content["身份证号"] in afar]
    rows = [row for row in rows if row.content["身份证号"] not in afar]
    new = [row for row in rows if (people.get(row.content["身份证号"], row).pk, row.content["补贴项目"], row.content["所属期间"]) not in paid]
    strangers = {row.content["身份证号"] for row in new} - set(people) - known
    known |= strangers
    add(memory, benefits_new=len(new), benefits_same=len(rows) - len(new), people_new=len(strangers), benefits_afar=len(theirs))


def _known(rows):
    """Return ({number: Person}, {(person, scheme, period) paid already}) of a chunk, in two queries."""
    index = Person._meta.get_field("citizen_index")
    tokens = {token: row.content["身份证号"] for row in rows for token in index.look_for(row.content["身份证号"])}
    found = Person.objects.filter(bearing(tokens)).select_related("merged_into")
    people = {tokens[person.citizen_index]: person.merged_into or person for person in found}
    paid = Benefit.objects.filter(person__in=[person.pk for person in people.values()])
    return people, set(paid.values_list("person_id", "scheme", "period"))


def _afar(people, actor):
    """Return the numbers of those whose record another place keeps. Nobody keeps whom a file brought without a village."""
    found = Person.objects.filter(pk__in=[person.pk for person in people.values()])
    unhoused = found.filter(village=None).exclude(memberships__in=Membership.objects.filter(to_on=None))
    mine = {*found.filter(in_reach(actor, area="village_id", duty=Duty.IMPORT)).values_list("pk", flat=True), *unhoused.values_list("pk", flat=True)}
    return {number for number, person in people.items() if person.pk not in mine}


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


IMPORT = Import(
    SUBSIDIES, _("补贴发放"), apply, tell, called="subsidies", quiet=frozenset({"benefits_same", "benefits_afar"}),
    counts={
        "people_new": _("新增人员"), "benefits_new": _("新增补贴记录"), "benefits_same": _("已有的补贴记录"),
        "benefits_afar": _("由别处保管档案、不写入的补贴行"),
    },
)  # fmt: skip
