"""What people brought from elsewhere: each file gives the value that stands on its paper, and so do more of its kind."""

import random
from pathlib import Path

import pytest

from wanjia.sheets.judge import judge
from wanjia.sheets.names import judge_name
from wanjia.sheets.reading import read_file
from wanjia.sheets.templates import TEMPLATES
from wanjia.sheets.values import read_number, text_of
from wanjia.sheets.world import Village, World

from .factories import contract_world, csv_of, person, repack, row_verdict, verdict, xlsx_of

FOUND = Path(__file__).parent / "found"
DICE = random.Random(20261126)


def judged(path, template="household"):
    """(report, {row: JudgedRow}) of a found file, every village being known and the uploader's own."""
    rows = {}
    sheet = read_file((FOUND / path).read_bytes(), path.rsplit("/")[-1], TEMPLATES[template])
    names = {c.strip("'") for _n, cells, _f in sheet if isinstance(c := cells.get("村(社区)"), str)}
    world = World(today=contract_world().today.replace(year=2026), villages=tuple(Village(n, n) for n in names))
    report = judge(sheet, TEMPLATES[template], world, each=lambda row: rows.update({row.number: row}))
    return report, rows


def codes(row):
    return {f.code for f in row.findings}


def test_a_comma_is_no_decimal_point():
    _report, rows = judged("03-money-comma/subsidies.xlsx", "subsidy")
    assert "amount.invalid" in codes(rows[2])
    assert "warn.number.normalised" in codes(rows[5])  # 1,2345: groups of four, told
    assert "warn.number.two" in codes(rows[3])  # 300,500: one amount or two, so it is said
    _report, rows = judged("03-money-comma/households.xlsx")
    assert all("number.invalid" in codes(rows[n]) for n in (2, 3, 4))


@pytest.mark.parametrize("text", [f"{DICE.randrange(1, 9999)},{DICE.randrange(10, 99)}" for _ in range(10)] + ["3.500,50", "1,,000", "12,5"])
def test_no_comma_is_ever_deleted_from_a_fraction(text):
    assert read_number(text) == (None, False)


@pytest.mark.parametrize("value", [DICE.randrange(1000, 10**7) for _ in range(10)])
def test_commas_between_thousands_stay_grouping(value):
    assert read_number(f"{value:,}")[0] == value
    assert read_number(f"¥{value:,}.50元")[0] == value + read_number("0.5")[0]


def test_a_household_number_is_read_as_the_sheet_shows_it():
    _report, first = judged("04-household-number-format/first.xlsx")
    _report, again = judged("04-household-number-format/in.xlsx")
    assert [r.values["户编号"] for r in again.values()] == ["000815", "000815", "XS79815"]
    assert {r.values["户编号"] for r in first.values()} <= {"000815", "XS79815"}


@pytest.mark.parametrize("number", [DICE.randrange(1, 99999) for _ in range(10)])
def test_codes_under_a_format_keep_their_noughts(number):
    def shown(book, page):
        page.write(1, 0, number, book.add_format({"num_format": DICE.choice(['"XS"000000', "000000"])}))

    sheet = read_file(xlsx_of([person()], prepare=shown), "a.xlsx", TEMPLATES["household"])
    (_number, cells, _flags), = sheet
    assert text_of(cells["户编号"]).removeprefix("XS") == f"{number:06d}"


def test_marks_around_a_name_are_taken_off_and_told():
    _report, rows = judged("07-apostrophe-name/in.xlsx")
    assert [r.values["姓名"] for r in rows.values()] == ["陶连富", "陶连贵", "陶连才", "陶连安"]
    assert all(any(c.startswith("warn.name.") for c in codes(r)) for r in rows.values())
    report, _rows = judged("07-apostrophe-name/in.csv")
    assert report.rows_refused == 0


@pytest.mark.parametrize("name", ["O'Brien", "Anne-Marie", "吉克·阿依木呷"])
def test_marks_between_letters_stay(name):
    assert judge_name(name)[0] == name
    for mark in "'’-‘`":
        assert judge_name(mark + name)[0] == judge_name(name + mark)[0] == name


def test_a_birth_month_is_held_against_the_number():
    _report, rows = judged("09-birth-month/in.xlsx")
    assert all(r.ok and r.values["出生日期"] == "1970-03-12" for n, r in rows.items() if n in (2, 3, 4, 5, 6, 8))
    assert "id.birth_mismatch" in codes(rows[9])
    assert "id.birth_mismatch" in codes(rows[10])


@pytest.mark.parametrize("form", ["{y}年{m}月", "{y}.{m:02}", "{y}-{m:02}", "{y}/{m}", "{y}{m:02}", "{y}年{m:02}月", "{y}.{m}", "{y}年{m}月份", "{y}/{m:02}", "{y}-{m}"])
def test_every_way_to_write_a_birth_month(form):
    assert row_verdict(出生日期=form.format(y=1990, m=2)) == "warn.date.from_number"
    assert row_verdict(出生日期=form.format(y=1990, m=4)) == "id.birth_mismatch"
    assert row_verdict(出生日期=form.format(y=1990, m=2), 身份证号="", 备注="未上户") in ("date.no_day", "id.missing")


@pytest.mark.parametrize("code", [0x2EBF0, 0x31350, 0x323B0, 0x33479, *(DICE.randrange(0x30000, 0x33480) for _ in range(10))])
def test_a_character_younger_than_the_interpreter_is_a_character(code):
    assert judge_name(f"陶{chr(code)}")[:2] == (f"陶{chr(code)}", None)


def test_the_names_with_new_characters_are_taken():
    assert judged("10-new-han-characters/in.xlsx")[0].rows_refused == 0


@pytest.mark.parametrize("name", ["all.csv", "rows.csv", "quoted.csv"])
def test_equals_and_quotes_are_marks_of_text(name):
    _report, rows = judged(f"13-csv-equals-quote/{name}")
    (row,) = rows.values()
    assert row.ok
    assert [row.values[c] for c in ("户编号", "姓名", "身份证号", "出生日期", "村(社区)")] == ["XS74003", "陶有财", "530625197210060155", "1972-10-06", "大同村"]


@pytest.mark.parametrize("columns", [DICE.sample(sorted(set(person()) - {"备注"}), 4) for _ in range(10)])
def test_any_columns_may_carry_the_marks(columns):
    row = person()
    assert verdict(csv_of([row | {c: f'="{row[c]}"' for c in columns if row[c]}]), "a.csv") == {}


def test_backslashes_in_a_package_are_paths():
    assert judged("16-zip-backslash/in.xlsx")[0].rows_refused == 0
    for name in ("..\\evil.xml", "xl\\..\\..\\evil.xml", "C:\\evil.xml", "\\evil.xml"):
        assert verdict(repack(xlsx_of([person()]), add=[(name, b"")])) == "file.zip_path"


def test_a_picture_in_a_cell_is_no_text():
    report, rows = judged("19-wps-picture-in-cell/in.xlsx", "needs")
    assert "cell.picture" in {c for r in rows.values() for c in codes(r)}
    assert not any("DISPIMG" in str(v) for r in rows.values() for v in r.values.values())
    assert report.rows_refused


@pytest.mark.parametrize("column", [10, 5, 6])
@pytest.mark.parametrize("formula", ['=DISPIMG("ID_7",1)', '=_xlfn.DISPIMG("ID_8",1)', '=_xlfn.IMAGE("https://example.org/a.png")'])
def test_a_picture_is_told_wherever_it_stands(column, formula):
    def put(book, page):
        page.write_formula(1, column, formula, None, formula if "DISP" in formula else "#VALUE!")

    told = verdict(xlsx_of([person()], prepare=put))[2]
    assert told == ("cell.picture" if column in (5, 6) else "warn.cell.picture")


def test_a_stray_cell_in_the_far_corner_is_a_remark():
    def slip(book, page):
        page.write(1, 16383, "x")

    assert verdict(xlsx_of([person()], prepare=slip)) == {0: "warn.sheet.stray_cell"}


def test_an_unknown_word_of_a_closed_list_is_sent_back_with_the_list():
    _report, rows = judged("02-ledger-unknown-words/in.xlsx", "needs")
    said = [f for r in rows.values() for f in r.findings if f.code == "word.unknown"]
    assert any(f.detail == "重大|特急、急、一般" for f in said)
    assert not any(r.values.get("紧急程度") == "一般" for r in rows.values())
