"""Clean workbooks of every make raise no alarm; one planted fault in each is found; a reader that errs is found out.

A quick cut of `make prove-clean`, which makes two hundred.
"""

import pytest

from wanjia.registry.workbooks.judging import Contradictions
from wanjia.sheets import judge as judging

from . import proof
from .makes import MAKES

EACH = 3


@pytest.mark.parametrize("make", MAKES)
def test_a_clean_workbook_raises_no_alarm(make):
    for seed in range(EACH):
        assert proof.alarms(make, list(proof.TABLES)[seed], seed) == []


@pytest.mark.parametrize("make", MAKES)
def test_one_planted_fault_is_found(make):
    for seed in range(EACH):
        hit, column = proof.found_planted(make, list(proof.TABLES)[seed], seed)
        assert hit, column


def test_a_reader_that_changes_a_value_is_found_out(monkeypatch):
    """Negative control: the proof sees a value that comes out otherwise, and a remark that nobody asked for."""
    kept = judging.judge_cell

    def errs(cell, column, *more):
        value, code, detail = kept(cell, column, *more)
        return (value[:-1] + "口", None, "") if column.name == "姓名" and value else (value, code, detail)

    monkeypatch.setattr(judging, "judge_cell", errs)
    assert any("姓名" in told for told in proof.alarms("openpyxl", "household", 0))
    monkeypatch.setattr(judging, "judge_cell", lambda *given: (kept(*given)[0], "warn.name.space", ""))
    assert proof.alarms("openpyxl", "household", 0)


def test_a_judge_that_sees_no_fault_is_found_out(monkeypatch):
    """Negative control of the planted faults."""
    kept = judging.judge_cell
    monkeypatch.setattr(judging, "judge_cell", lambda *given: (kept(*given)[0] or "x", None, ""))
    monkeypatch.setattr(Contradictions, "__call__", lambda *_given: None)
    assert not all(proof.found_planted("openpyxl", template, seed)[0] for template in proof.TABLES for seed in range(4))
