"""Files of the kinds that the sample does not show: each must become its one refusal, and never an exception."""

import random
import stat
import subprocess
import zipfile
from dataclasses import replace
from types import SimpleNamespace

import pytest

from wanjia.registry.workbooks.homes import HOUSEHOLDS
from wanjia.sheets import reading
from wanjia.sheets.limits import LIMITS
from wanjia.sheets.reading import Rejection, Sheet, read_file

from .factories import COLUMNS, HOSTILE, csv_of, person, repack, verdict, xlsx_of

GOOD = xlsx_of([person()])
SHEET = "xl/worksheets/sheet1.xml"


def members(count):
    return [person(身份证号="", 姓名="程明", 备注="未上户", 出生日期="2020-01-01", 性别="女", 月收入=str(i)) for i in range(count)]


def link(name):
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(("data", "name", "code"), [
    pytest.param(b"", "a.xlsx", "file.empty", id="no bytes"),
    pytest.param(b",,,\r\n,,,\r\n", "a.csv", "file.empty", id="commas only"),
    pytest.param(csv_of([]), "a.csv", "file.no_rows", id="header only, csv"),
    pytest.param(xlsx_of([]), "a.xlsx", "file.no_rows", id="header only, xlsx"),
    pytest.param(csv_of([person()], [*COLUMNS, "姓名"]), "a.csv", "file.column_twice", id="column twice"),
    pytest.param(csv_of([person(备注='"没有关上')]), "a.csv", "file.csv_quote", id="open quote"),
    pytest.param(csv_of([person()]) + b"\r\n" + csv_of([person()]).decode().encode("gb18030"), "a.csv", "file.encoding_mixed", id="two encodings"),
    pytest.param(csv_of([person()]).decode().encode("utf-32"), "a.csv", "file.encoding_unknown", id="utf-32"),
    pytest.param(csv_of([person(姓名="黄娟英")]) + "备".encode()[:2], "a.csv", "file.truncated", id="utf-8 cut"),
    pytest.param(csv_of([person(备注="\x07")]), "a.csv", "file.control_chars", id="bell"),
    pytest.param(csv_of([person() | {f"其他{i}": "1" for i in range(250)}], COLUMNS + [f"其他{i}" for i in range(250)]), "a.csv", "file.too_many_columns", id="261 columns"),
    pytest.param(b"MIME-Version: 1.0\r\nContent-Type: multipart/related; type=text/html\r\n\r\n", "a.xls", "file.html_as_xls", id="mhtml"),
    pytest.param(repack(GOOD, add=[(f"xl/p{i}.xml", b"<a/>") for i in range(1001)]), "a.xlsx", "file.zip_entries", id="1,001 parts"),
    pytest.param(repack(GOOD, add=[("xl/media/a.bin", bytes(30 << 20))]), "a.xlsx", "file.zip_ratio", id="bomb beside the sheet"),
    pytest.param(repack(GOOD, {SHEET: lambda b: b.replace(b"</sheetData>", b" " * (30 << 20) + b"</sheetData>")}), "a.xlsx", "file.zip_ratio", id="bomb in the sheet"),
    pytest.param(repack(GOOD, add=[("C:/evil.xml", b"")]), "a.xlsx", "file.zip_path", id="drive letter"),
    pytest.param(repack(GOOD, add=[(link("xl/l"), b"/etc/passwd")]), "a.xlsx", "file.zip_path", id="symlink"),
    pytest.param(repack(GOOD, {"xl/styles.xml": lambda b: b.replace(b"<styleSheet", b'<!DOCTYPE s [<!ENTITY a "x">]><styleSheet', 1)}), "a.xlsx", "file.xml_dtd", id="dtd in styles"),
    pytest.param(repack(GOOD, {"[Content_Types].xml": lambda b: b.replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")}), "a.xlsx", "file.macro", id="macro by content type"),
    pytest.param(repack(GOOD, {SHEET: lambda b: b.replace(b'r="B2"', b'r="B9"', 1)}), "a.xlsx", "file.corrupt_xlsx", id="cell of another row"),
    pytest.param(repack(GOOD, {SHEET: lambda b: b.replace(b"</sheetData>", b"")}), "a.xlsx", "file.corrupt_xlsx", id="not well formed"),
    pytest.param(b"PK\x05\x06" + bytes(18), "a.xlsx", "file.corrupt_xlsx", id="empty zip"),
])  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_with_its_code(data, name, code):
    assert verdict(data, name) == code


def test_a_wide_sheet_with_a_bomb_is_not_mistaken_for_tidy_data():
    """Negative control of the ratio rule: without it the padded sheet would be read."""
    padded = repack(GOOD, {SHEET: lambda b: b.replace(b"</sheetData>", b" " * (30 << 20) + b"</sheetData>")})
    assert isinstance(read_file(padded, "a.xlsx", HOUSEHOLDS, limits=replace(LIMITS, ratio=10**9)), Sheet)


def test_the_row_limit_counts_rows_of_any_kind_of_file():
    few = replace(LIMITS, rows=5)
    for data, name in ((xlsx_of(members(6)), "a.xlsx"), (csv_of(members(6)), "a.csv")):
        assert verdict(data, name, limits=few) == "file.too_many_rows"
        assert verdict(data, name, limits=replace(LIMITS, rows=6)) != "file.too_many_rows"


def test_a_child_that_dies_is_one_refusal():
    assert verdict(GOOD, limits=replace(LIMITS, memory_mb=1)) == "file.corrupt_xlsx"


@pytest.mark.parametrize("ends", ["its own seconds", "the wall clock"])
def test_time_that_runs_out_is_not_called_damage(monkeypatch, ends):
    """The same bytes are read whole by a server with time: the person is told to send them again, not to repair them."""
    if ends == "its own seconds":
        monkeypatch.setattr(reading, "PATIENCE", 10**6)
        spins = "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass"
        real = reading.subprocess.run
        monkeypatch.setattr(reading.subprocess, "run", lambda words, **k: real([words[0], "-c", spins], **k))
    else:
        monkeypatch.setattr(reading, "PATIENCE", 0)
    assert verdict(GOOD) == "file.not_in_time"
    monkeypatch.undo()
    assert verdict(GOOD) != "file.not_in_time"


def test_whom_the_system_ends_for_lack_of_memory_is_told_that_it_may_be_memory(monkeypatch):
    """SIGKILL says no more than that: so both are said, and the file is not called damaged."""
    real, dies = reading.subprocess.run, "import os; os.kill(os.getpid(), 9)"
    monkeypatch.setattr(reading.subprocess, "run", lambda words, **k: real([words[0], "-c", dies], **k))
    told = read_file(GOOD, "a.xlsx", HOUSEHOLDS)
    assert told.code == "file.not_in_time" and "内存不够" in told.sentence() and "memory" in told.sentence("en")


def test_what_one_request_reads_shares_its_seconds(monkeypatch):
    """As it was, each file had ten minutes while the server gave up on the request after two."""
    now, given = [100.0], []
    real = reading.subprocess.run
    monkeypatch.setattr(reading, "time", SimpleNamespace(monotonic=lambda: now[0]))

    def run(words, *, timeout, **more):
        given.append(timeout)
        now[0] += 80
        return real(words, timeout=60, **more)

    monkeypatch.setattr(reading, "subprocess", SimpleNamespace(run=run, DEVNULL=subprocess.DEVNULL, TimeoutExpired=subprocess.TimeoutExpired))
    with reading.within(90):
        assert verdict(GOOD) == verdict(GOOD)
    verdict(GOOD)
    assert given == [90, 10, 600]


def test_a_child_that_crashes_is_one_refusal(monkeypatch):
    monkeypatch.setattr(reading.sys, "executable", "/bin/false")
    assert verdict(GOOD) == "file.corrupt_xlsx"


def test_the_child_inherits_no_secret(monkeypatch):
    seen = {}
    real = reading.subprocess.run
    monkeypatch.setenv("SECRET_KEY", "s3cret")
    monkeypatch.setattr(reading.subprocess, "run", lambda *a, **k: (seen.update(k["env"]), real(*a, **k))[1])
    assert isinstance(read_file(GOOD, "a.xlsx", HOUSEHOLDS), Sheet)
    assert "SECRET_KEY" not in seen


def test_bytes_changed_at_random_give_a_sheet_or_a_rejection():
    """Twenty damaged copies of good files; the seed is fixed so that a failure can be seen again."""
    dice = random.Random(20231214)
    sources = [HOSTILE / n for n in ("p00_minimal_good.xlsx", "l20_rich_text_comment.xlsx", "t03_gbk.csv", "t05_utf16le_bom_tab.txt")]
    for turn in range(20):
        source = sources[turn % len(sources)]
        data = bytearray(source.read_bytes())
        for _ in range(dice.choice((1, 3, 30))):
            data[dice.randrange(len(data))] = dice.randrange(256)
        if dice.random() < 0.2:
            del data[dice.randrange(len(data)):]
        result = verdict(bytes(data), source.name)
        assert isinstance(result, dict) or result.startswith("file.")


def test_inside_a_sound_zip_damaged_xml_gives_a_sheet_or_a_rejection():
    dice = random.Random(5)
    parts = [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"]

    def damage(content):
        content = bytearray(content)
        content[dice.randrange(len(content))] = dice.choice(b'<>&"0159=/xA\x00\xff')
        return bytes(content)

    for turn in range(20):
        result = verdict(repack(GOOD, {parts[turn % len(parts)]: damage}))
        assert isinstance(result, dict) or result.startswith("file.")


def test_sheets_are_chosen_by_what_they_hold():
    assert verdict(xlsx_of([person()], sheets=("Sheet1", "填表说明"))) == {0: "warn.sheet.chosen"}
    assert verdict(xlsx_of([person()], sheets=("Sheet1", "导入结果"))) == {}
    two = (HOSTILE / "l13_two_data_sheets.xlsx").read_bytes()
    assert read_file(two, "a.xlsx", HOUSEHOLDS, sheet="数据").row_count == 6
    assert verdict(two, sheet="没有这张") == "file.sheet_ambiguous"


def test_the_mapping_is_remembered():
    renamed = [("住户代号" if c == "户编号" else c) for c in COLUMNS]
    data = xlsx_of([{("住户代号" if k == "户编号" else k): v for k, v in person().items()}], renamed)
    assert verdict(data) == "file.column_missing"
    sheet = read_file(data, "a.xlsx", HOUSEHOLDS, remembered={"住户代号": "户编号"})
    assert sheet.mapping["住户代号"] == "户编号"
    assert verdict(data, remembered=sheet.mapping) == {}


def test_merged_blocks_fill_down_and_blanks_do_not():
    rows = [person(), person(户编号="", 姓名="陈丽桂", 身份证号=_other_id(), 性别="", 出生日期="", 与户主关系="子女")]

    def merge(book, page):
        page.merge_range("A2:A3", "XS00001")

    assert verdict(xlsx_of(rows, prepare=merge)) == {}
    assert verdict(xlsx_of(rows)) == {3: "household.missing"}


def _other_id():
    from .factories import citizen_id

    return citizen_id(born="19971218", sequence=771)


def test_footers_gaps_and_strays_are_told():
    rows = [person(), *[dict.fromkeys(COLUMNS, "")] * 3, person(户编号="XS00002", 身份证号=_other_id(), 性别="", 出生日期=""), dict.fromkeys(COLUMNS, "") | {"户编号": "合 计", "姓名": "2人"}]
    assert verdict(csv_of(rows), "a.csv") == {6: "warn.row.after_gap", 7: "warn.row.footer_skipped"}
    stray = xlsx_of([person() | {"颜色": ""}, dict.fromkeys(COLUMNS, "") | {"颜色": "红"}], [*COLUMNS, "颜色"])
    assert verdict(stray) == {1: "warn.column.not_imported", 3: "warn.row.no_known_column"}


def test_a_rejection_says_where_and_what_in_both_languages():
    refused = read_file(csv_of([]), "名单\u202e.csv", HOUSEHOLDS)
    assert isinstance(refused, Rejection)
    assert refused.sentence() == "《名单.csv》:只有表头,没有数据行。"
    assert refused.sentence("en") == "名单.csv: There is a header but no data row."
