"""A run of judging that was taken over, or whose question was withdrawn, keeps nothing of its answer."""

import contextlib
import threading
from dataclasses import replace

import pytest
from django.db import connection

from wanjia.registry.importing import commands, pace
from wanjia.registry.models import Upload, UploadRow

from .test_live import MONDAY, ROWS, World, workbook

pytestmark = pytest.mark.slow


@pytest.fixture
def world(races):
    return World()


def received(world):
    who = {"by": world.clerk, "at": MONDAY}
    return commands.receive_upload(template="household", name="户.csv", body=workbook(), **who), who


def apart(act):
    """Do something in another connection, as another process would."""

    def run():
        act()
        connection.close()

    one = threading.Thread(target=run)
    one.start()
    one.join()


def judged_late(world, monkeypatch):
    """Let another run take the upload up after the first has read everything and before it gives its verdict."""
    monkeypatch.setattr(pace, "FIRST", 1)
    monkeypatch.setattr(pace, "MOST", 1)
    upload, who = received(world)
    verdict = commands.stage_rows

    def late(**what):
        apart(lambda: commands._Staging(Upload.objects.get(pk=upload.pk), world.clerk))
        return verdict(**what)

    monkeypatch.setattr(commands, "stage_rows", late)
    with contextlib.suppress(commands.Stopped):
        commands.judge_upload(upload, **who)
    return Upload.objects.get(pk=upload.pk), UploadRow.objects.filter(upload=upload).count()


def test_a_judge_that_was_replaced_gives_no_verdict(world, monkeypatch):
    upload, rows = judged_late(world, monkeypatch)
    assert (upload.state, rows) == ("received", 0)


def test_without_asking_again_its_verdict_stands_on_rows_that_are_gone(world, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(commands, "_still_mine", lambda upload_id, _run: Upload.objects.get(pk=upload_id))
    upload, rows = judged_late(world, monkeypatch)
    assert (upload.state, upload.rows_ok) == ("judged", ROWS)
    assert rows < ROWS


def test_a_file_is_sent_back_by_the_run_that_is_at_it_alone(world, monkeypatch):
    upload, who = received(world)
    Upload.objects.filter(pk=upload.pk).update(run="another")
    for verdict in (commands.reject_upload, commands.ask_sheet):
        with pytest.raises(commands.Stopped):
            verdict(upload_id=upload.pk, code="file.sheet_ambiguous", detail="甲、乙", run="mine", **who)
    assert Upload.objects.get(pk=upload.pk).outcome == ""


def test_a_forecast_of_headers_that_were_corrected_meanwhile_is_not_kept(world, monkeypatch):
    upload, who = received(world)
    upload = commands.judge_upload(upload, **who)
    tell = commands.imports()["household"].tell

    def corrected(*what):
        apart(lambda: commands.correct_headers(upload_id=upload.pk, meanings={}, **who))
        return tell(*what)

    applier = commands.imports()["household"]
    monkeypatch.setitem(commands.imports(), "household", replace(applier, tell=corrected))
    with pytest.raises(commands.Stopped):
        commands.forecast_upload(upload, **who)
    upload.refresh_from_db()
    assert (upload.state, upload.forecast) == ("received", {})
