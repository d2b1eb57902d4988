"""Slices of a day are one export: what leaves without an approver is counted by the day."""

from dataclasses import replace

import pytest
from django.utils import timezone

from wanjia.casework.tests.factories import later, worker
from wanjia.orgs.roles import Role
from wanjia.reporting.exporting import rules, workbook
from wanjia.reporting.exporting.commands import decide_export, take_export
from wanjia.verdict import Refused

from ..exporting.kinds import NEEDS as LEDGER
from .test_ledger import AT, asked


def test_above_the_limit_it_is_csv_line_by_line(world, monkeypatch):
    world.need(summary="=1+1")
    export = asked(world)
    answer = workbook.sent(replace(LEDGER, most=0), world.clerk, export, timezone.now())
    assert answer["Content-Type"].startswith("text/csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[0].lstrip('"').startswith("困难诉求清单台账 导出人:王台账")
    assert text.splitlines()[1].startswith("序号,编号,来源渠道")
    assert ",'=1+1," in text


@pytest.mark.parametrize("who", ["one person", "one unit"])
def test_slices_of_a_day_are_one_export(world, who):
    """21 exports of 199 rows took 4,072 needs without an approver (B6)."""
    other = worker("xisha2", "王二账", world.township, Role.TOWNSHIP_WORKER) if who == "one unit" else world.clerk
    for by, state in ((world.clerk, "approved"), (other, "approved"), (world.clerk, "waiting"), (other, "waiting")):
        assert asked(world, 199, by=by).state == state, who
    assert asked(world, 102, by=other).state == "approved"
    assert asked(world, 1, by=world.clerk).state == "waiting"
    assert asked(world, 199, by=world.stranger).state == "approved"  # another unit
    assert asked(world, 199, by=world.clerk, at=later(days=8)).state == "approved"  # another day


def test_a_small_question_that_grew_does_not_slip_through(world):
    small, big = asked(world, 10), asked(world, 450)
    take_export(export_id=big.pk, rows=450, by=world.clerk, at=AT)
    with pytest.raises(Refused, match="多了不少"):
        take_export(export_id=small.pk, rows=300, by=world.clerk, at=AT)
    assert take_export(export_id=small.pk, rows=12, by=world.clerk, at=AT).rows == 12


def test_what_an_approver_let_out_does_not_count(world, boss):
    export = asked(world, 900)
    decide_export(export_id=export.pk, approve=True, by=boss, at=AT)
    take_export(export_id=export.pk, rows=900, by=world.clerk, at=AT)
    assert asked(world, 400).state == "approved"


def test_without_the_daily_count_every_slice_is_let_out(world, monkeypatch):
    """The negative control."""
    monkeypatch.setattr(rules, "taken_alone", lambda *what, **how: 0)
    assert {asked(world, 199).state for _turn in range(21)} == {"approved"}
