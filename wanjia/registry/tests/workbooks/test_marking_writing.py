"""What goes back out: the marked workbook, exports that stay text, names that stay names."""

import csv
import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from wanjia.policy.erased import WORD
from wanjia.registry.workbooks.homes import HOUSEHOLDS
from wanjia.sheets import marking
from wanjia.sheets.csvtext import records
from wanjia.sheets.judge import judge
from wanjia.sheets.limits import LIMITS
from wanjia.sheets.marking import RED, SUMMARY, mark_file
from wanjia.sheets.reading import read_file
from wanjia.sheets.writing import content_disposition, csv_bytes, safe_file_name, xlsx_bytes

from .factories import COLUMNS, CONTRACT, HOSTILE, contract_world, csv_of, person, verdict, xlsx_of


def marked(data, name):
    sheet = read_file(data, name, HOUSEHOLDS)
    return mark_file(data, sheet, judge(sheet, HOUSEHOLDS, contract_world()))


def test_the_office_gets_its_own_workbook_back_with_marks():
    back = load_workbook(io.BytesIO(marked(xlsx_of([person(姓名="陈?", 备注="照旧")]), "a.xlsx")))
    assert back.sheetnames == ["Sheet1", SUMMARY]
    cell = back["Sheet1"]["B2"]
    assert cell.value == "陈?"
    assert cell.fill.start_color.rgb.endswith(RED)
    assert "丢了字" in cell.comment.text
    assert back["Sheet1"]["K2"].value == "照旧"
    assert back["Sheet1"]["C2"].comment is None


def test_a_marked_workbook_comes_in_again_and_only_the_rows_count():
    data = xlsx_of([person()])
    assert verdict(marked(data, "a.xlsx")) == {}


@pytest.mark.parametrize("make", [xlsx_of, csv_of])
def test_text_that_looks_like_a_formula_stays_text_in_the_marked_copy(make):
    name = "a.csv" if make is csv_of else "a.xlsx"
    back = load_workbook(io.BytesIO(marked(make([person(姓名="陈?", 备注="=1+1")]), name)))
    kinds = {c.value: c.data_type for page in back for row in page.iter_rows() for c in row if c.value == "=1+1"}
    assert kinds == {"=1+1": "s"}


def test_large_sheets_come_back_as_the_rows_with_findings(monkeypatch):
    monkeypatch.setattr(marking, "COPIED_ROWS", 1)
    back = load_workbook(io.BytesIO(marked(xlsx_of([person(), person(姓名="陈?")]), "a.xlsx")))
    assert [c.value for c in back["数据"]["A"]] == ["原行号", "3"]


def test_every_readable_sample_can_be_marked():
    for case in [c for c in CONTRACT["cases"] if c["outcome"] == "PARTIAL"][::8]:
        data = (HOSTILE / case["file"]).read_bytes()
        back = load_workbook(io.BytesIO(marked(data, case["file"])))
        assert len(list(back[SUMMARY].iter_rows())) > 7


TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc")) | st.sampled_from("=+-@\t'＝"), max_size=30).filter(lambda t: t == t.strip("\x00"))


@example(['"=1+1'])  # begins with a quote, and is no formula
@given(st.lists(TEXTS.filter(lambda t: t.strip() and "\x85" not in t), min_size=1, max_size=5))
@settings(max_examples=200, deadline=None)
def test_csv_out_and_in_again_is_the_same_text(texts):
    data = csv_bytes(["备注"], [[t] for t in texts])
    cells = [row[0] for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))]  # as a spreadsheet reads them
    assert not any(cell[:1] in "=+-@\t" for cell in cells[1:])
    assert [row.cells[0] for row, _ in records(data.decode("utf-8-sig"), ",", LIMITS)][1:] == texts


def test_our_own_exports_come_in_as_they_went_out():
    notes = ["=cmd|'/C calc'!A0", "+86 1380", "-2+3", "@SUM(1,1)", "\t=1", "'引用", "＝HYPERLINK(1)"]
    for note in notes:
        row = [person(备注=note)[c] for c in COLUMNS]
        for data, name in ((csv_bytes(COLUMNS, [row]), "a.csv"), (xlsx_bytes(COLUMNS, [row], title="名单"), "a.xlsx")):
            sheet = read_file(data, name, HOUSEHOLDS)
            report = judge(sheet, HOUSEHOLDS, contract_world())
            assert report.rows == {}
            assert report.accepted[0].values["备注"] == note


def test_exported_cells_are_strings_whatever_they_begin_with():
    page = load_workbook(io.BytesIO(xlsx_bytes(["a"], [["=1+1"], ["http://x.test"], [5]]))).active
    assert [(c.value, c.data_type) for c in page["A"]][1:] == [("=1+1", "s"), ("http://x.test", "s"), (5, "n")]
    assert page["A3"].hyperlink is None


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_upload_name_becomes_a_safe_one(name):
    safe = safe_file_name(name)
    assert 0 < len(safe) <= 120
    assert not set(safe) & set('/\\<>:"|?*\0\r\n\u202e')
    assert safe not in (".", "..")
    header = content_disposition(name)
    assert header.isascii()
    assert "\n" not in header


def test_the_hostile_names_of_the_contract():
    names = {c["upload_name"]: safe_file_name(c["upload_name"]) for c in CONTRACT["cases"] if c["file"].startswith("p4")}
    assert names["../../../etc/cron.d/x.xlsx"] == "x.xlsx"
    assert names["CON.xlsx"] == "_CON.xlsx"
    assert names["a.xlsx\0.html"] == "a.xlsx.html"
    assert all(len(n) <= 120 for n in names.values())


@pytest.mark.parametrize("name", ["x/{}", "{}.", "{}\u200b", "{}\x01", " {}", "{}"])
def test_no_upload_name_becomes_the_word_of_an_erasure(name):
    """The check takes a row of that word for one that was emptied without an order: no backup would be verified any more."""
    assert safe_file_name(name.format(WORD)) == f"_{WORD}"
