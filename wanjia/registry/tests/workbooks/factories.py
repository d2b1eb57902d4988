"""A small world, small files, and nothing surprising in them."""

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import xlsxwriter

from wanjia.policy.identity import check_char
from wanjia.registry.workbooks.benefits import SUBSIDIES
from wanjia.registry.workbooks.homes import HOUSEHOLDS
from wanjia.registry.workbooks.world import Village, World
from wanjia.sheets.judge import judge
from wanjia.sheets.reading import Rejection, read_file

HOSTILE = Path(__file__).parent / "hostile"
CONTRACT = json.loads((HOSTILE / "expected.json").read_text(encoding="utf-8"))
COLUMNS = CONTRACT["world"]["columns"]
TEMPLATES = {one.name: one for one in (HOUSEHOLDS, SUBSIDIES)}


def contract_world(**changes):
    """The world of the contract: a worker of 细沙乡, six villages of hers, two elsewhere."""
    world = CONTRACT["world"]
    facts = {
        "today": date.fromisoformat(world["today"]),
        "villages": tuple(Village(n, n, "细沙乡") for n in world["villages_in_scope"]),
        "elsewhere": tuple(Village(n, n, t) for n, t in zip(world["villages_elsewhere"], ("码口镇", "马楠苗族彝族乡"), strict=True)),
        "households": dict.fromkeys(world["existing_households"], ""),
    }
    return World(**(facts | changes))


def citizen_id(region="530625", born="19900221", sequence=362):
    """A well-formed number of nobody."""
    body = f"{region}{born}{sequence:03d}"
    return body + check_char(body)


def person(**changes):
    """One good row as a dict by column name."""
    row = {
        "户编号": "XS00001", "姓名": "黄娟英", "身份证号": citizen_id(), "性别": "女", "出生日期": "1990-02-21", "与户主关系": "户主",
        "村(社区)": "阳堡村", "手机号": "13808916193", "外出务工地": "", "月收入": "3500", "备注": "",
    }  # fmt: skip
    return row | changes


def csv_of(rows, columns=COLUMNS, delimiter=","):
    """Bytes of a UTF-8 CSV without quotes."""
    return "\r\n".join(delimiter.join(line) for line in [columns, *([r[c] for c in columns] for r in rows)]).encode()


def xlsx_of(rows, columns=COLUMNS, sheets=("Sheet1",), prepare=None):
    """Bytes of a workbook; values keep their types. prepare(book, first page) may add to it."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    for number, name in enumerate(sheets):
        page = book.add_worksheet(name)
        lines = [columns, *([r[c] for c in columns] for r in rows)] if number == 0 else [["说明"], ["请照表填写"]]
        for row, line in enumerate(lines):
            for column, value in enumerate(line):
                page.write(row, column, value)
        if number == 0 and prepare:
            prepare(book, page)
    book.close()
    return buffer.getvalue()


def repack(data, changes=(), add=()):
    """The zip again, with parts changed ({name: bytes → bytes}) and added ([(name or ZipInfo, bytes)])."""
    buffer, changes = io.BytesIO(), dict(changes)
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, changes.get(info.filename, lambda b: b)(old.read(info)))
        for name, content in add:
            new.writestr(name, content)
    return buffer.getvalue()


def verdict(data, name="a.xlsx", template=HOUSEHOLDS, world=None, **more):
    """A Rejection's code, or {row: code} of the report."""
    sheet = read_file(data, name, template, **more)
    return sheet.code if isinstance(sheet, Rejection) else judge(sheet, template, world or contract_world()).rows


def row_verdict(world=None, **changes):
    """The code of one row of CSV, with `changes` against a good one; None when it is good."""
    rows = verdict(csv_of([person(**changes)]), "a.csv", world=world)
    return rows.get(2) if isinstance(rows, dict) else rows
