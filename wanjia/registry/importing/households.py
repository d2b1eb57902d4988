"""Accepted rows of the household workbook → homes and members, through the command that keeps many rows."""

from datetime import date
from itertools import groupby

from ..households.commands import keep_rows
from ..models import Schooling

PERSON = {"姓名": "name", "身份证号": "citizen_id", "性别": "sex", "民族": "ethnicity", "与户主关系": "relation",
          "手机号": "phone", "务工情况": "work", "外出务工地": "away_to"}  # fmt: skip
SCHOOL_WORDS = {str(label): value for value, label in Schooling.choices} | {
    "在校": Schooling.IN_SCHOOL, "在读": Schooling.IN_SCHOOL, "失学": Schooling.DROPPED_OUT, "不在校": Schooling.OUT,
}  # fmt: skip


def apply(rows, upload, by, at):
    """Keep a chunk of rows; returns "new", "changed" or "same" for each row, by its home."""
    homes = [_home(number, list(members)) for number, members in groupby(rows, key=lambda row: row.content["户编号"])]
    counts = keep_rows(rows=homes, source=upload.file_name[:60], by=by, at=at)
    word = "same" if not any(counts[key] for key in counts if key.endswith(("new", "changed"))) else "kept"
    return [word] * len(rows), counts


def _home(number, members):
    first = members[0]
    home = {"number": number, "village": first.village_code, "members": [_member(row) for row in members]}
    for column, name in (("村民小组", "group_name"), ("年家庭收入(元)", "income_yuan")):
        given = next((row.content[column] for row in members if row.content.get(column)), None)
        if given:
            home[name] = int(float(given)) if name == "income_yuan" else given
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
        member["claims"] = [content["特殊群体类型"]]
    return member
