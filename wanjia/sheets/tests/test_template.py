"""The interpreter by itself: a template of nobody's, with a kind, a rule and sentences of its own, read by value and judged."""

import json
import subprocess
from datetime import date
from types import SimpleNamespace

import pytest

from wanjia.sheets import reading
from wanjia.sheets.judge import judge
from wanjia.sheets.marking import mark_file
from wanjia.sheets.reading import Rejection, read_file
from wanjia.sheets.rules import IdenticalRow, Rule
from wanjia.sheets.template import SERIAL, SKIP, Column, Kind, Template, of_reader
from wanjia.sheets.values import CHOICE, DATE, NUMBER, TEXT, text_of
from wanjia.sheets.words import ClosedList


def _colour(cell, column, epoch, world):
    text = text_of(cell)
    return (text, None, "") if text in world.colours else (None, "colour.unknown", text)


COLOUR = Kind("colour", _colour, lacking="colour.missing", note=lambda draft, _column, value, _code: draft.known.update(colour=value), sentences={
    "colour.unknown": ("没有“{detail}”这种颜色。", "There is no colour {detail}."), "colour.missing": ("请写颜色。", "Please write the colour."),
})  # fmt: skip


class OnceEach(Rule):
    """No colour stands twice in one box."""

    sentences = {"colour.twice": ("第 {detail} 行已有这种颜色。", "Row {detail} has this colour already.")}
    ahead = staticmethod(lambda sheet, judge_value: {judge_value("箱", cells["箱"]) for _number, cells, _flags in sheet})

    def __init__(self, world, given):
        super().__init__(world, given)
        self.seen = {}

    def __call__(self, draft):
        if draft.has("warn.dup.identical_row"):
            return
        first = self.seen.setdefault((draft.values["箱"], draft.known.get("colour")), draft.number)
        if first != draft.number:
            draft.find("colour.twice", "颜色", first)
        draft.place = f"{draft.values['箱']} of {len(self.given)}"


BOXES = Template(
    "boxes",
    (
        SERIAL, Column("箱", TEXT, ("箱号",), required=True), Column("颜色", COLOUR, ("色",), required=True), Column("装于", DATE, past=True), Column("重", NUMBER),
        Column("等", CHOICE, words=ClosedList({"一等": "甲 上", "二等": "乙"})),
    ),
    (IdenticalRow, OnceEach),
    others=("旧",),
)  # fmt: skip
WORLD = SimpleNamespace(today=date(2026, 11, 26), colours={"红", "绿"})
BOOK = "箱号,色,装于,重,等\nA,红,2026-11-02,3,甲\nA,绿,2026-11-03,3.50,二等\nA,红,2026-11-04,1,一等\nB,紫,2027-01-01,1,一等\nB,,2026-11-02,1,丙\nA,绿,2026-11-03,3.50,二等\n"


def judged(book=BOOK):
    sheet = read_file(book.encode(), "箱.csv", BOXES)
    return sheet, judge(sheet, BOXES, WORLD)


def test_a_template_of_ones_own_is_read_and_judged():
    _sheet, report = judged()
    assert report.rows == {2: "warn.word.read_as", 4: "colour.twice", 5: "colour.unknown", 6: "colour.missing", 7: "warn.dup.identical_row"}
    assert [(row.number, row.place) for row in report.accepted] == [(2, "A of 2"), (3, "A of 2")]
    assert report.accepted[0].values == {"箱": "A", "颜色": "红", "装于": "2026-11-02", "重": "3", "等": "一等", "等(原文)": "甲"}
    assert {finding.code for finding in report.findings} >= {"date.future", "word.unknown"}


def test_its_own_sentences_are_said_in_report_and_marked_copy():
    sheet, report = judged()
    assert any(said.endswith("没有“紫”这种颜色。") for said in report.messages()) and any("There is no colour 紫." in said for said in report.messages("en"))
    assert mark_file(BOOK.encode(), sheet, report)[:2] == b"PK"
    with pytest.raises(KeyError):
        next(one for one in report.findings if one.code == "colour.unknown").said()


def test_what_the_reader_is_sent_is_plain_and_enough():
    sent = json.loads(json.dumps(BOXES.as_read()))
    there = of_reader(sent)
    assert [(c.name, c.synonyms, c.required, c.kind is SKIP) for c in there.columns] == [(c.name, c.synonyms, c.required, c.kind is SKIP) for c in BOXES.columns]
    assert (there.required, there.others) == (BOXES.required, BOXES.others)


def test_others_under_a_group_header_are_not_the_rows_own():
    book = "箱号,色,旧箱,\n,,箱号,色\nA,红,Z,绿\n"
    sheet = read_file(book.encode(), "箱.csv", BOXES)
    assert not isinstance(sheet, Rejection) and set(sheet.columns) == {"箱", "颜色"}


def test_the_child_loads_no_module_of_any_app(monkeypatch):
    """It is told by value what to look for: whatever an app brings, none of its code runs beside hostile bytes."""
    asked, real = [], subprocess.run
    script = "import sys, wanjia.sheets.child as c; c.main(*sys.argv[1:]); print(sorted(m for m in sys.modules if m.startswith('wanjia')), file=sys.stderr)"

    def run(words, **how):
        done = real([words[0], *words[1:3], "-c", script, *words[5:]], **how | {"stderr": subprocess.PIPE})
        asked.append(done.stderr.decode())
        return done

    monkeypatch.setattr(reading.subprocess, "run", run)
    assert not isinstance(read_file(BOOK.encode(), "箱.csv", BOXES), Rejection)
    loaded = {name.split(".")[1] for name in json.loads(asked[0].replace("'", '"')) if "." in name}
    assert loaded == {"sheets"}
