"""The two real-life workbooks of the demo: every row read, the planted faults found, nothing else complained of."""

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from wanjia.policy.identity import check_char, fold
from wanjia.registry.workbooks.world import Village, World
from wanjia.sheets.judge import judge
from wanjia.sheets.reading import read_file
from wanjia.sheets.table import shown

from .templates import HOUSEHOLDS, NEEDS

WANJIA = Path(__file__).resolve().parents[2] / "wanjia"
DEMO = {"households": WANJIA / "registry" / "demo", "ledger": WANJIA / "casework" / "demo"}


def read(name, template):
    return read_file((DEMO[name] / f"{name}.xlsx").read_bytes(), f"{name}.xlsx", template)


TOWNSHIPS = {
    "001": "溪洛渡街道", "002": "永兴街道", "102": "桧溪镇", "103": "黄华镇", "104": "茂林镇", "105": "大兴镇", "106": "莲峰镇", "107": "务基镇",
    "108": "码口镇", "201": "团结乡", "202": "细沙乡", "203": "青胜乡", "205": "马楠苗族彝族乡", "206": "水竹乡", "207": "墨翰乡", "208": "伍寨彝族苗族乡",
}  # fmt: skip


def world_of(sheets):
    """A county uploader's world: the villages in the files themselves, under the present names of the sixteen townships."""
    places = {}
    for sheet in sheets:
        for _number, cells, _flags in sheet:
            code, text = shown(cells["户编号"])[:12], shown(cells["村(社区)"])
            short = re.sub("社区居民委员会$", "社区", re.sub("村民委员会$", "村", text))
            official = short.removesuffix("村") + "村民委员会" if short.endswith("村") else short + "居民委员会"
            places[code] = Village(code, short, TOWNSHIPS[code[6:9]], (official,))
    return World(today=date(2023, 12, 31), villages=tuple(places.values()))


@pytest.fixture(scope="module")
def sheets():
    return read("households", HOUSEHOLDS), read("ledger", NEEDS)


def test_every_member_row_is_read(sheets):
    households, _ = sheets
    assert households.header_row == 3
    assert households.row_count == 4453 + 14  # fourteen rows are pasted twice
    assert households.notes == (("warn.row.footer_skipped", 4471, ""),)
    assert households.mapping["成员姓名"] == "姓名"
    assert set(households.mapping.values()) >= set(HOUSEHOLDS.required)


def test_the_planted_faults_are_found_and_nothing_else(sheets):
    households, _ = sheets
    report = judge(households, HOUSEHOLDS, World(today=date(2023, 12, 31)))
    codes = Counter(report.rows.values())
    print(codes)
    assert {c: n for c, n in codes.items() if not c.startswith("warn.")} == {"id.checksum": 22, "id.missing": 14, "id.birth_mismatch": 7}
    assert codes["warn.dup.identical_row"] == 14
    assert set(codes) - {"id.checksum", "id.missing", "id.birth_mismatch"} == {
        "warn.dup.identical_row", "warn.row.footer_skipped", "warn.id.region_renamed", "warn.date.normalised",
        "warn.id.normalised", "warn.id.upgraded15",
    }  # fmt: skip
    assert report.rows_ok == 4467 - 22 - 14 - 7 - 14


def test_exactly_the_wrong_check_digits_are_refused(sheets):
    """Told by another way: the check digit recomputed here over the plain 18-digit numbers of the file."""
    households, _ = sheets
    wrong = set()
    for number, cells, _flags in households:
        text = fold(shown(cells["身份证号"])) if cells["身份证号"] else ""
        if len(text) == 18 and check_char(text[:17]) != text[17]:
            wrong.add(number)
    report = judge(households, HOUSEHOLDS, World(today=date(2023, 12, 31)))
    assert wrong == {row for row, code in report.rows.items() if code == "id.checksum"}


def test_the_ledger_of_116_needs_is_accepted_with_its_dates_put_straight(sheets):
    _, ledger = sheets
    report = judge(ledger, NEEDS, World(today=date(2023, 12, 31)))
    assert (report.outcome, report.rows_ok) == ("WARN", 116)
    assert set(report.rows.values()) == {"warn.date.normalised"}
    assert len(set(ledger.columns)) == 25  # all but 序号


def test_villages_in_old_and_new_words_are_all_placed(sheets):
    report = judge(sheets[0], HOUSEHOLDS, world_of(sheets))
    assert [f for f in report.findings if "village" in f.code] == []
    assert all(row.place == row.values["户编号"][:12] for row in report.accepted)


def test_our_own_ledger_columns_are_all_known():
    """The export of the ledger (registers' columns in the rules) comes back without an unknown column."""
    columns = ["序号", "编号", "来源渠道", "登记时间", "登记人/单位", "诉求人", "身份证后四位", "联系电话", "住址(村/组)", "户编号", "关联学生/学校", "诉求类别(大类/小类)", "诉求内容", "是否合理(合理/部分/不合理+依据)", "紧急程度", "难易程度", "研判等级", "交办层级", "牵头(主办)单位", "配合(协办)单位", "包案领导", "责任人", "交办时间", "签收时间", "办理时限", "延期至", "办理过程", "办理结果(类型+说明)", "佐证材料", "答复时间", "回访人/时间/方式", "是否解决(诉求人确认)", "满意度", "销号时间", "是否重复/并案号", "备注", "村(社区)"]
    row = dict.fromkeys(columns, "") | {"登记时间": "2023-03-02", "诉求人": "傅俊", "诉求类别(大类/小类)": "就学", "诉求内容": "想转学", "村(社区)": "三堡村"}
    text = "\n".join(",".join(line) for line in (columns, [row[c] for c in columns]))
    sheet = read_file(text.encode(), "台账.csv", NEEDS)
    assert sheet.notes == ()
    assert next(csv.reader([text.splitlines()[0]])) == columns
