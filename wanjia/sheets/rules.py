"""Rules that look beyond one cell: contradictions within a row, and rows that say the same or the opposite.

A row rule is called once per row, in order, with the `Draft` of the row; it adds findings. State lives for one sheet.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from wanjia.policy.identity import birth_date_of, canonical_citizen_id, sex_of

from .report import Finding
from .values import bare, span_of, text_of, whole_year

GROWN_UP = 18


@dataclass
class Draft:
    """A row being judged. values: by column name; person: canonical citizen number when it holds."""

    number: int
    values: dict
    findings: list
    person: str | None = None
    upgraded: bool = False
    village: str | None = None

    def find(self, code, column="", detail=""):
        self.findings.append(Finding(self.number, code, column, str(detail)))

    def has(self, code):
        return any(f.code == code for f in self.findings)

    @property
    def sound(self):
        return all(f.code.startswith("warn.") for f in self.findings)


def contradictions(draft, world):
    """Sex and day of birth against the number; a child without number who has a reason; what is blank is filled from it."""
    values = draft.values
    if draft.person:
        sex, born = sex_of(draft.person), birth_date_of(draft.person).isoformat()
        if values.get("性别") not in (None, sex):
            draft.find("id.sex_mismatch", "性别", sex)
        if draft.has("date.no_day"):
            _complete_birth(draft, born)
        elif values.get("出生日期") not in (None, born):
            draft.find("id.birth_mismatch", "出生日期", born)
        values["性别"], values["出生日期"] = values.get("性别") or sex, values.get("出生日期") or born
    elif draft.has("id.missing") and _is_child(values.get("出生日期"), world.today) and (values.get("备注") or "").strip():
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


class identical_row:  # noqa: N801  rules are named in templates as data
    """A row that repeats an earlier one in every known column is imported once."""

    def __init__(self, world, heads):
        self.seen = {}

    def __call__(self, draft):
        if not draft.sound:
            return
        key = hash(tuple(draft.values.values()))
        first = self.seen.setdefault(key, draft.number)
        if first != draft.number:
            draft.findings.insert(0, Finding(draft.number, "warn.dup.identical_row", "", str(first)))


class same_person:  # noqa: N801
    """One number, one row: under another name it is a contradiction, in the old and new form or told twice a double."""

    def __init__(self, world, heads):
        self.seen = {}

    def __call__(self, draft):
        if not draft.person or draft.has("warn.dup.identical_row"):
            return
        name = draft.values.get("姓名")
        first, first_name, upgraded = self.seen.setdefault(draft.person, (draft.number, name, draft.upgraded))
        if first == draft.number:
            return
        other_name = name and first_name and name != first_name and upgraded == draft.upgraded
        draft.find("dup.same_id_other_name" if other_name else "dup.in_file", "身份证号", first)


class household_heads:  # noqa: N801
    """Each household has one head, counting the file as given and the register."""

    def __init__(self, world, heads):
        self.world, self.heads = world, heads

    def __call__(self, draft):
        number = draft.values.get("户编号")
        if not number or draft.has("warn.dup.identical_row"):
            return
        if number in self.world.foreign:
            draft.find("scope.household_not_yours", "户编号", number)
            return
        registered = self.world.households.get(number)
        heads = self.heads.get(number, {})
        if not heads and registered is None:
            draft.find("household.no_head", "与户主关系", number)
        elif draft.values.get("与户主关系") == "户主":
            self._second_head(draft, number, registered, heads)

    def _second_head(self, draft, number, registered, heads):
        """The first head stands, a second one is refused; the same head told twice is the business of `same_person`."""
        if registered is not None:
            # Of a row that is sent back anyway nothing is said: it is written nowhere that its number was tried.
            if draft.sound and registered not in (self.world.person_keys(draft.person) if draft.person else [draft.person]):
                draft.find("household.two_heads", "与户主关系", f"{number} 在册已有户主")
            return
        first = next(iter(heads.values()))
        if draft.number != first and draft.number in heads.values():
            draft.find("household.two_heads", "与户主关系", f"{number} 的户主在第 {first} 行")


class one_payment:  # noqa: N801
    """One person, one scheme, one whole year: paid once. The cap of the scheme is kept."""

    def __init__(self, world, heads):
        self.world, self.paid = world, {}

    def __call__(self, draft):
        values = draft.values
        cap = self.world.caps.get(values.get("补贴项目"))
        if cap is not None and values.get("金额") and Decimal(values["金额"]) > cap:
            draft.find("amount.over_cap", "金额", cap)
        span = span_of(values["所属期间"]) if values.get("所属期间") else None
        if span is None:
            return
        earlier = self.paid.setdefault((draft.person, values.get("补贴项目")), []) if draft.person else []
        clash = next(((s, row) for s, row in earlier if s[0] <= span[1] and span[0] <= s[1]), None)
        if clash:
            draft.find("subsidy.dup_in_file" if clash[0] == span else "subsidy.period_overlap", "所属期间", clash[1])
        elif not whole_year(span) or span[0] > self.world.today:
            draft.find("subsidy.period_format", "所属期间")
        else:
            earlier.append((span, draft.number))


class known_need:  # noqa: N801
    """A row with a number of ours is that need: it is neither doubled nor overwritten. What differs is told cell by cell."""

    def __init__(self, world, numbers):
        self.known = world.known_rows(sorted(numbers)) if numbers else {}

    def __call__(self, draft):
        number = draft.values.get("编号")
        known = self.known.get(number)
        for column, there in (known or {}).items():
            given = draft.values.get(column)
            if given and _plain(given) != _plain(there):
                draft.find("need.changed_elsewhere", column, number)


class looked_up:  # noqa: N801
    """What the register knows or does not know of the row's words: units, homes. Remarks only; the office above says which."""

    def __init__(self, world, given):
        self.look = world.look

    def __call__(self, draft):
        if self.look and draft.village and draft.sound:
            for code, column, detail in self.look(draft.values, draft.village):
                draft.find(code, column, detail)


def _plain(text):
    """A text as it is compared: what a spreadsheet program does to blanks and line ends is no change."""
    return "".join(str(text).split())


RULES = {rule.__name__: rule for rule in (identical_row, same_person, household_heads, one_payment, known_need, looked_up)}


def heads_as_given(sheet, judge_value):
    """{household: {head's number or name: row}} of the whole file, whatever becomes of the rows."""
    heads = {}
    for number, cells, _flags in sheet:
        relation, household = cells.get("与户主关系"), cells.get("户编号")
        if relation is None or household is None or judge_value("与户主关系", relation) != "户主":
            continue
        if household := judge_value("户编号", household):
            person, name = cells.get("身份证号"), cells.get("姓名")
            key = canonical_citizen_id(bare(text_of(person))) if person else judge_value("姓名", name) if name else ""
            heads.setdefault(household, {}).setdefault(key, number)
    return heads


def numbers_as_given(sheet, judge_value):
    """The numbers of ours that a whole file names."""
    return {judge_value("编号", cells["编号"]) for _number, cells, _flags in sheet if cells.get("编号") is not None} - {None, ""}


# What a rule wants to know of the whole file before its first row.
GIVEN = {"household_heads": heads_as_given, "known_need": numbers_as_given}
