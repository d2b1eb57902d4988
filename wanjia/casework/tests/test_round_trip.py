"""A ledger that comes back: known by number or by what was said, it makes no second need and overwrites none."""

import io

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from wanjia.casework.exporting import known
from wanjia.casework.exporting.columns import HEADER, SENSITIVE, lines
from wanjia.casework.models import Need
from wanjia.casework.rules import visible_needs
from wanjia.casework.tests.factories import World
from wanjia.registry.applying import commands as applying
from wanjia.registry.importing import commands
from wanjia.sheets.writing import xlsx_bytes

pytestmark = pytest.mark.django_db
CSV = "登记时间,诉求人,村(社区),诉求类别,诉求内容,是否合理\n2026-10-12,王大叔,大同村,社会救助,房屋漏雨,{word}\n"


@pytest.fixture
def world(db):
    return World()


def bring(world, body, name="台账.xlsx"):
    """Import a ledger as the township does; returns the upload after writing what may be written."""
    who = {"by": world.clerk, "at": timezone.now()}
    upload = commands.judge_upload(commands.receive_upload(template="needs", name=name, body=body, **who), **who)
    upload = commands.forecast_upload(upload, **who)
    if upload.rows_ok:
        commands.confirm_upload(upload_id=upload.pk, **who)
        upload = applying.apply_upload(upload, **who)
    return upload


def exported(world):
    return xlsx_bytes(HEADER, lines(visible_needs(world.clerk).order_by("number"), sensitive=SENSITIVE), sheet="台账")


def test_an_exported_ledger_comes_back_as_the_same(world):
    world.need()
    world.need(summary="想学一门手艺", requester_name="张大姐")
    upload = bring(world, exported(world))
    assert (upload.rows_ok, upload.rows_refused, upload.counts) == (2, 0, {"needs_new": 0, "needs_same": 2})
    assert Need.objects.count() == 2


def test_an_edited_row_is_sent_back_with_its_cell_and_nothing_is_overwritten(world):
    need, other = world.need(), world.need(summary="想学一门手艺", requester_name="张大姐")
    book = load_workbook(io.BytesIO(exported(world)))
    header = [cell.value for cell in book.active[1]]
    row = next(row for row in book.active.iter_rows(min_row=2) if row[header.index("编号")].value == need.number)
    row[header.index("诉求内容")].value = "要一套新房"
    body = io.BytesIO()
    book.save(body)
    upload = bring(world, body.getvalue())
    refused = upload.rows.get(ok=False)
    assert (upload.rows_ok, refused.code) == (1, "need.changed_elsewhere")
    assert "诉求内容" in refused.findings
    assert need.number in refused.findings
    assert Need.objects.count() == 2
    assert Need.objects.get(pk=need.pk).summary == need.summary
    assert Need.objects.get(pk=other.pk).version == other.version


def verdict_of_phone(world, phone):
    """Return what the judge says of a row of a need of ours whose sheet bears this telephone."""
    need = Need.objects.get()
    who = {"by": world.clerk, "at": timezone.now()}
    cells = dict(zip(HEADER, next(iter(lines(Need.objects.filter(pk=need.pk), sensitive=SENSITIVE))), strict=True)) | {"联系电话": phone}
    body = xlsx_bytes(HEADER, [[cells[name] for name in HEADER]], sheet="台账")
    upload = commands.judge_upload(commands.receive_upload(template="needs", name="台账.xlsx", body=body, **who), **who)
    return upload.rows_ok, upload.tally


def test_no_row_tells_whether_a_sealed_telephone_was_right(world):
    """A hundred thousand rows would try them all, and no line says so."""
    world.need(requester_phone="13887000009")
    assert verdict_of_phone(world, "13887000009") == verdict_of_phone(world, "13887000008") == (1, [])


def test_compared_the_telephone_would_be_told(world, monkeypatch):
    """Negative control."""
    world.need(requester_phone="13887000009")
    monkeypatch.setattr(known, "SENSITIVE", [])
    monkeypatch.setattr(known, "lines", lambda needs, sensitive=(): lines(needs, sensitive=SENSITIVE))
    assert verdict_of_phone(world, "13887000009") != verdict_of_phone(world, "13887000008")


def test_a_corrected_workbook_makes_no_second_need(world):
    first = bring(world, CSV.format(word="").encode(), "台账.csv")
    again = bring(world, CSV.format(word="合理").encode(), "台账改.csv")
    assert (first.counts["needs_new"], again.counts) == (1, {"needs_new": 0, "needs_same": 1})
    assert Need.objects.count() == 1
