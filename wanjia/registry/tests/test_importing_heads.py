"""A home's head in the register and in a file: the same under every key of the ring, and no row that is sent back anyway tells of his number."""

import json
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from wanjia.registry.applying import commands as applying
from wanjia.registry.importing import commands, queries
from wanjia.registry.models import Upload
from wanjia.sealing import keys
from wanjia.sheets.rules import Draft

from .factories import NOW, number

pytestmark = pytest.mark.django_db
HEADER = "户编号,姓名,身份证号,与户主关系,村(社区)"


def judged(world, *rows):
    upload = commands.receive_upload(template="household", name="户.csv", body="\n".join([HEADER, *rows]).encode(), by=world.clerk, at=NOW)
    return commands.judge_upload(upload, by=world.clerk, at=NOW)


def codes(upload):
    return {row.number: [finding.code for finding in queries.findings_of(row)] for row in upload.rows.all()}


def test_half_a_rotation_of_the_index_makes_nobody_a_second_head(world, own_ring):
    row = f"{world.home.number},王建国,{world.head.citizen_id},户主,大同村"
    assert codes(judged(world, row)) == {2: []}
    keys.add_key("index", "HMAC-SHA256")
    assert codes(judged(world, row)) == {2: []}
    assert codes(judged(world, row.replace(world.head.citizen_id, number(date(1985, 3, 2), 33)))) == {2: ["household.two_heads"]}


def test_a_row_that_is_sent_back_anyway_does_not_tell_whether_the_heads_number_was_right(world):
    """It is met by no forecast, so nothing would be written of thousands of numbers tried."""
    home = world.register("李小豆", date(2012, 4, 5), 77)
    said = [codes(judged(world, f"{home.number},,{number(date(2012, 4, 5), tried)},户主,大同村")) for tried in (77, 79)]
    assert said[0] == said[1]
    assert "name.missing" in said[0][2]


def test_a_finished_import_remembers_no_names(world):
    rows = f"{world.home.number},王建国,{world.head.citizen_id},户主,大同村", f"{world.home.number},王小雨,,女儿,大同村"
    for end in ("applied", "cancelled"):
        upload = commands.forecast_upload(judged(world, *rows, f"H90{len(end)},赵大山,{number(date(1970, 3, 3), len(end))},户主,大同村"), by=world.clerk, at=NOW)
        Upload.objects.filter(pk=upload.pk).update(forecast={"counts": {"people_new": 1}, "changes": [["王小雨", ["新成员"]]], "namesakes": [["H1", "王小雨", "大同村"]]})
        upload.refresh_from_db()
        if end == "applied":
            applying.apply_upload(commands.confirm_upload(upload_id=upload.pk, another=True, by=world.clerk, at=NOW), by=world.clerk, at=NOW)
        else:
            commands.cancel_upload(upload_id=upload.pk, by=world.clerk, at=NOW)
        upload.refresh_from_db()
        assert (upload.state, "王小雨" in json.dumps(upload.forecast, ensure_ascii=False)) == (end, False)
        assert upload.forecast["counts"] == {"people_new": 1}


def test_under_one_key_alone_the_head_would_be_a_second_one(world, own_ring, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(keys, "blinds", lambda domain, number: [keys.blind(domain, number)])
    keys.add_key("index", "HMAC-SHA256")
    assert codes(judged(world, f"{world.home.number},王建国,{world.head.citizen_id},户主,大同村")) == {2: ["household.two_heads"]}


def test_asked_of_every_row_the_number_is_told(world, monkeypatch):
    """Negative control."""
    home = world.register("李小豆", date(2012, 4, 5), 77)
    monkeypatch.setattr(Draft, "sound", True)
    said = [codes(judged(world, f"{home.number},,{number(date(2012, 4, 5), tried)},户主,大同村")) for tried in (77, 79)]
    assert said[0] != said[1]


def test_without_forgetting_the_names_stay(world, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(commands, "forget_names", lambda _upload: None)
    upload = judged(world, f"{world.home.number},王建国,{world.head.citizen_id},户主,大同村")
    Upload.objects.filter(pk=upload.pk).update(forecast={"counts": {}, "changes": [["王小雨", ["新成员"]]]})
    commands.cancel_upload(upload_id=upload.pk, by=world.clerk, at=NOW)
    assert "王小雨" in str(Upload.objects.get(pk=upload.pk).forecast)


@pytest.mark.parametrize("ended", [True, False])
def test_an_import_that_ended_under_an_older_version_forgets_at_the_upgrade(world, ended):
    upload = judged(world, f"{world.home.number},王建国,{world.head.citizen_id},户主,大同村")
    if ended:
        commands.cancel_upload(upload_id=upload.pk, by=world.clerk, at=NOW)
    Upload.objects.filter(pk=upload.pk).update(forecast={"counts": {"new": 1}, "changes": [["王小雨", ["新成员"]]]})
    import_module("wanjia.registry.migrations.0011_ended_uploads_keep_no_names").forget(apps, connection.schema_editor())
    kept = Upload.objects.get(pk=upload.pk).forecast
    assert (kept["counts"], "王小雨" in str(kept)) == ({"new": 1}, not ended)
