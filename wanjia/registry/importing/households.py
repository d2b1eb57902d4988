"""Accepted rows of the household workbook → homes and members, through the command that keeps many rows."""

from datetime import date
from re import split

from django.utils.translation import gettext_lazy as _

from ..households import namesakes
from ..households.commands import keep_rows
from ..households.keeping import plan_rows
from ..models import Absence, DatedStatus, Household, IdAbsent, Membership, Person, Schooling
from ..workbooks.homes import HOUSEHOLDS
from ..workbooks.kinds import HEAD
from .brought import Import, add

PERSON = {"姓名": "name", "身份证号": "citizen_id", "性别": "sex", "民族": "ethnicity", "与户主关系": "relation",
          "手机号": "phone", "务工情况": "work", "外出务工地": "away_to"}  # fmt: skip
HOME = {"村民小组": "group_name", "年家庭收入(元)": "income_yuan", "备注": "note"}
SCHOOL_WORDS = {str(label): value for value, label in Schooling.choices} | {
    "在校": Schooling.IN_SCHOOL, "在读": Schooling.IN_SCHOOL, "失学": Schooling.DROPPED_OUT, "不在校": Schooling.OUT,
}  # fmt: skip
ABSENT_WORDS = {str(label): value for value, label in IdAbsent.choices} | {"未上户": IdAbsent.NOT_REGISTERED, "没上户": IdAbsent.NOT_REGISTERED}
NOTE_CHARS = 500
HIDDEN = {"pinyin", "initials", "citizen_index", "citizen_last4", "phone_index"}  # follow from what is named
STRONGER = {"same": 0, "changed": 1, "new": 2}


def apply(rows, upload, by, at):
    """Keep a chunk of rows; the answer for each is "kept", or "same" when nothing of the chunk was new."""
    counts = keep_rows(rows=homes_of(rows), source=upload.file_name[:60], by=by, at=at)
    word = "same" if not any(counts[key] for key in counts if key.endswith(("new", "changed"))) else "kept"
    return [word] * len(rows), counts


def tell(rows, upload, by, at, memory):
    """Note what `apply` would write: homes counted once however their rows are scattered, and each change by name."""
    homes = homes_of(rows)
    plan = plan_rows(homes, actor=by, at=at, source=upload.file_name[:60])
    memory.setdefault("afar", set()).update(person for _place, person in plan.elsewhere)
    seen = memory.setdefault("homes", {})
    for home, outcome in zip(homes, plan.outcomes, strict=True):
        seen[home["number"]] = max(outcome, seen.get(home["number"], "same"), key=STRONGER.get)
    add(memory, **{name: n for name, n in plan.counts.items() if not name.startswith("households_")})
    memory["counts"] |= {f"households_{outcome}": sum(known == outcome for known in seen.values()) for outcome in STRONGER}
    if len(memory.setdefault("changes", [])) < NOTE_CHARS:
        memory["changes"] += changes_of(plan)
    memory.setdefault("namesakes", []).extend(namesakes.of_plan(plan))
    memory.setdefault("met", set()).update(plan.met)
    for person, births in plan.tried.items():
        memory.setdefault("tried", {}).setdefault(person, set()).update(births)


def changes_of(plan):
    """List [whose, [words of what changes]] of the rows that are there already; new homes are only counted."""
    afar = {person for _place, person in plan.elsewhere}
    listed = [[_whose(row, afar), _words(type(row), names)] for row, names in plan.changed.values() if not isinstance(row, Membership)]
    listed += [[_whose(row.person, afar), ["与户主关系"]] for row, _names in plan.changed.values() if isinstance(row, Membership)]
    fresh = {home.pk for home in plan.new[Household]}
    listed += [[f"{row.household.number} {_whose(row.person, afar)}", ["新成员"]] for row in plan.new[Membership] if row.household_id not in fresh]
    newcomers = {person.pk for person in plan.new[Person]}
    for model, words in ((DatedStatus, "特殊群体类型"), (Absence, "外出务工地")):
        listed += [[_whose(row.person, afar), [words]] for row in plan.new[model] if row.person_id not in newcomers]
    return listed


def _whose(row, afar):
    """Say whose row it is as a list says it: a child by initials; somebody met by number alone and kept elsewhere by no name."""
    if not isinstance(row, Person):
        return str(row)
    return "由别处保管档案的人" if str(row.pk) in afar else row.shown_name


def _words(model, names):
    return [str(model._meta.get_field(name).verbose_name) for name in dict.fromkeys(names) if name not in HIDDEN]


def homes_of(rows):
    """Return accepted rows as `keep_rows` wants them, one entry a home, wherever its rows stand in the sheet."""
    together = {}
    for row in rows:
        together.setdefault(row.content["户编号"], []).append(row)
    return [_home(number, members) for number, members in together.items()]


def _home(number, members):
    """A home's own facts are those of its head's row, else of the first row that gives them."""
    first = min(members, key=lambda row: row.content.get("与户主关系") != HEAD)
    home = {"number": number, "village": first.village_code, "members": [_member(row) for row in members]}
    for column, name in HOME.items():
        given = first.content.get(column)
        if not given and name != "note":
            given = next((row.content[column] for row in members if row.content.get(column)), None)
        if given:
            home[name] = int(float(given)) if name == "income_yuan" else given[:NOTE_CHARS]
    return home


def _member(row):
    content = row.content
    member = {name: content[column] for column, name in PERSON.items() if content.get(column)}
    if content.get("出生日期"):
        member["birth_on"] = date.fromisoformat(content["出生日期"])
    if content.get("在校状态") in SCHOOL_WORDS:
        member["schooling"] = SCHOOL_WORDS[content["在校状态"]]
    if content.get("月收入"):
        member["monthly_income"] = int(float(content["月收入"]))
    if content.get("特殊群体类型"):
        member["claims"] = [words.strip() for words in split("[、,,;;]", content["特殊群体类型"]) if words.strip()]
    if not content.get("身份证号"):
        member["id_absent_reason"] = next((value for words, value in ABSENT_WORDS.items() if words in content.get("备注", "")), None)
    return member


IMPORT = Import(
    HOUSEHOLDS, _("家庭与成员"), apply, tell, together="户编号", called="households", quiet=frozenset({"households_same", "two_homes", "elsewhere"}),
    counts={
        "households_new": _("新建户"), "households_changed": _("更新户"), "households_same": _("没有变化的户"), "people_new": _("新增人员"),
        "people_changed": _("更新人员"), "memberships_new": _("新增成员关系"), "statuses_new": _("新增特殊群体标记"),
        "absences_new": _("新增外出记录"), "two_homes": _("同时在另一户的人"), "elsewhere": _("由别处保管档案的人"),
    },
)  # fmt: skip
