"""Rules of the register that look beyond one cell: a row against its own number, rows about one person, the heads of homes, villages.

Which sheet asks which, its template says. Each adds findings to the row's draft; state lives for one sheet.
"""

from dataclasses import replace
from datetime import date

from wanjia.policy.identity import birth_date_of, canonical_citizen_id, sex_of
from wanjia.sheets.report import Finding, clean
from wanjia.sheets.rules import Rule
from wanjia.sheets.values import bare, text_of

from . import sentences
from .kinds import HEAD

GROWN_UP = 18


class InItsVillage(Rule):
    """The village that a row names is one of the uploader's; the row belongs to it from then on. Where no village is known, none is asked."""

    sentences = sentences.VILLAGES

    def __init__(self, world, given):
        super().__init__(world, given)
        self.asks = bool(world.villages or world.elsewhere)

    def __call__(self, draft):
        text = draft.values.get("村(社区)")
        if not text or not self.asks:
            return
        village, mine, own_spelling = self.world.resolve(text, draft.values.get("乡镇(街道)") or "")
        if village is None:
            draft.find("village.unknown", "村(社区)", text)
        elif not mine:
            draft.find("scope.village_not_yours", "村(社区)", village.name)
        else:
            draft.values["村(社区)"], draft.place = village.name, village.code
            if not own_spelling:
                draft.findings.append(Finding(draft.number, "warn.village.normalised", "村(社区)", village.name, clean(text, 60)))


class Contradictions(Rule):
    """Sex and day of birth against the number; a child without number who has a reason; what is blank is filled from it."""

    sentences = sentences.IDS | sentences.BIRTHS

    def __call__(self, draft):
        values, person = draft.values, draft.known.get("person")
        if person:
            sex, born = sex_of(person), birth_date_of(person).isoformat()
            if values.get("性别") not in (None, sex):
                draft.find("id.sex_mismatch", "性别", sex)
            if draft.has("date.no_day"):
                _complete_birth(draft, born)
            elif values.get("出生日期") not in (None, born):
                draft.find("id.birth_mismatch", "出生日期", born)
            values["性别"], values["出生日期"] = values.get("性别") or sex, values.get("出生日期") or born
        elif draft.has("id.missing") and _is_child(values.get("出生日期"), self.world.today) and (values.get("备注") or "").strip():
            draft.findings[:] = [
                Finding(f.row, "warn.id.absent_child", f.column) if f.code == "id.missing" else f for f in draft.findings
            ]


def _complete_birth(draft, born):
    """A month or a year of birth that agrees with the number is completed from it; alone it is no birth date."""
    given = draft.values.get("出生日期") or ""
    agrees = any(born.startswith(part) for part in given.split("/"))
    code = "warn.date.from_number" if agrees else "id.birth_mismatch"
    draft.findings[:] = [replace(f, code=code, detail=born) if f.code == "date.no_day" and f.column == "出生日期" else f for f in draft.findings]
    draft.values["出生日期"] = born


def _is_child(born, today):
    if not born or len(born) < 10:
        return False
    born = date.fromisoformat(born)
    return born <= today and (today.year - born.year - ((today.month, today.day) < (born.month, born.day))) < GROWN_UP


class SamePerson(Rule):
    """One number, one row: under another name it is a contradiction, in the old and new form or told twice a double."""

    sentences = sentences.DOUBLES

    def __init__(self, world, given):
        super().__init__(world, given)
        self.seen = {}

    def __call__(self, draft):
        person = draft.known.get("person")
        if not person or draft.has("warn.dup.identical_row"):
            return
        name, is_upgraded = draft.values.get("姓名"), draft.known["upgraded"]
        first, first_name, upgraded = self.seen.setdefault(person, (draft.number, name, is_upgraded))
        if first == draft.number:
            return
        other_name = name and first_name and name != first_name and upgraded == is_upgraded
        draft.find("dup.same_id_other_name" if other_name else "dup.in_file", "身份证号", first)


def heads_as_given(sheet, judge_value):
    """Return {household: {head's number or name: row}} of the whole file, whatever becomes of the rows."""
    heads = {}
    for number, cells, _flags in sheet:
        relation, household = cells.get("与户主关系"), cells.get("户编号")
        if relation is None or household is None or judge_value("与户主关系", relation) != HEAD:
            continue
        if household := judge_value("户编号", household):
            person, name = cells.get("身份证号"), cells.get("姓名")
            key = canonical_citizen_id(bare(text_of(person))) if person else judge_value("姓名", name) if name else ""
            heads.setdefault(household, {}).setdefault(key, number)
    return heads


class HouseholdHeads(Rule):
    """Each household has one head, counting the file as given and the register."""

    sentences = sentences.HOMES
    ahead = staticmethod(heads_as_given)

    def __call__(self, draft):
        number = draft.values.get("户编号")
        if not number or draft.has("warn.dup.identical_row"):
            return
        if number in self.world.foreign:
            draft.find("scope.household_not_yours", "户编号", number)
            return
        registered = self.world.households.get(number)
        heads = self.given.get(number, {})
        if not heads and registered is None:
            draft.find("household.no_head", "与户主关系", number)
        elif draft.values.get("与户主关系") == HEAD:
            self._second_head(draft, number, registered, heads)

    def _second_head(self, draft, number, registered, heads):
        """The first head stands, a second one is refused; the same head told twice is the business of `same_person`."""
        if registered is not None:
            # Of a row that is sent back anyway nothing is said: it is written nowhere that its number was tried.
            person = draft.known.get("person")
            if draft.sound and registered not in (self.world.person_keys(person) if person else [person]):
                draft.find("household.two_heads", "与户主关系", f"{number} 在册已有户主")
            return
        first = next(iter(heads.values()))
        if draft.number != first and draft.number in heads.values():
            draft.find("household.two_heads", "与户主关系", f"{number} 的户主在第 {first} 行")


class AsSaid(Rule):
    """A row against what is registered: whatever `look` of its Import says of it."""

    def __call__(self, draft):
        if self.world.look and draft.sound:
            for code, column, detail in self.world.look(draft.values, draft.place):
                draft.find(code, column, detail)
