"""An import whose rows become rows: written by the act, once, whatever is blank, whatever is told twice in the file or is here."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from wanjia.registry.cli import run_import
from wanjia.registry.importing.brought import Import, called, row_by_row
from wanjia.registry.importing.staging import SENT_BACK
from wanjia.registry.workbooks.columns import IN_VILLAGE
from wanjia.registry.workbooks.judging import InItsVillage
from wanjia.sheets.rules import IdenticalRow
from wanjia.sheets.template import Column, Template
from wanjia.sheets.values import DATE, NOTE, NUMBER, TEXT
from wanjia.verdict import Refused

from .factories import NOW

pytestmark = pytest.mark.django_db
WELLS = Template("wells", (Column("井名", TEXT, required=True), Column("打井日", DATE), Column("深", NUMBER), Column("备注", NOTE), IN_VILLAGE), (InItsVillage, IdenticalRow))
FIELDS = {"井名": "name", "打井日": "dug_on", "深": "depth"}


class Wells:
    """Rows that are kept in a list, asked as a model is."""

    def __init__(self):
        self.rows, self.objects = [], self

    def filter(self, *, village__in):
        return SimpleNamespace(values_list=lambda *names: [(row["village"].pk, *(row[name] for name in names[1:])) for row in self.rows if row["village"].pk in village__in])

    def dig(self, *, by, at, **what):
        self.rows.append(what)


def row(number, village, **content):
    return SimpleNamespace(number=number, village_code=village.pk, content=content)


@pytest.fixture
def brought():
    wells = Wells()
    return wells, Import(**row_by_row(WELLS, wells, wells.dig, FIELDS), words="水井")


def rows_of(world):
    return [
        row(2, world.datong, 井名="东井", 打井日="2026-10-01", 深="3.5"), row(3, world.datong, 井名="西井", 备注="旱"), row(4, world.datong, 井名="西井", 备注="又写一遍"),
        row(5, world.huangjin, 井名="西井"),
    ]  # fmt: skip


def test_each_row_is_written_once_by_the_act(brought, world):
    wells, one = brought
    assert one.apply(rows_of(world), None, None, NOW) == (["new", "new", "same", "new"], {"rows_new": 3, "rows_same": 1})
    assert wells.rows == [
        {"village": world.datong, "name": "东井", "dug_on": date(2026, 10, 1), "depth": Decimal("3.5")},
        {"village": world.datong, "name": "西井", "dug_on": None, "depth": None}, {"village": world.huangjin, "name": "西井", "dug_on": None, "depth": None},
    ]  # fmt: skip
    assert one.apply(rows_of(world), None, None, NOW)[1] == {"rows_new": 0, "rows_same": 4}
    assert len(wells.rows) == 3


def test_a_row_that_the_act_refuses_is_sent_back_and_holds_up_no_other(brought, world):
    wells, one = brought
    dug = wells.dig

    def dig(*, by, at, **what):
        if what["name"] == "东井":
            raise Refused("还没有打。")
        dug(by=by, at=at, **what)

    one = Import(**row_by_row(WELLS, wells, dig, FIELDS), words="水井")
    assert one.apply(rows_of(world), None, None, NOW) == (["changed", "new", "same", "new"], {"rows_new": 2, "rows_same": 1, "rows_changed": 1})
    assert "changed" in SENT_BACK and "rows_changed" in one.quiet and [row["name"] for row in wells.rows] == ["西井", "西井"]


def test_what_is_told_before_is_what_is_written_however_the_file_is_cut(brought, world):
    wells, one = brought
    for size in (1, 2, 4):
        memory = {}
        for start in range(0, 4, size):
            one.tell(rows_of(world)[start : start + size], None, None, NOW, memory)
        assert memory["counts"] == {"rows_new": 3, "rows_same": 1} and wells.rows == []


def test_its_sentences_are_those_of_its_kinds_its_rules_and_of_every_import(brought):
    said = brought[1].sentences
    assert {"village.unknown", "date.invalid", "file.empty", "file.too_many_afar", *SENT_BACK.values()} <= set(said)
    assert not any(code.startswith(("id.", "household.", "need.")) for code in said)


def test_the_command_line_answers_an_unknown_kind_with_those_it_knows(capsys):
    assert run_import(SimpleNamespace(kind="wells", json=False)) == 2
    told = capsys.readouterr()
    assert all(word in told.err + told.out for word in ("wells", *called()))
