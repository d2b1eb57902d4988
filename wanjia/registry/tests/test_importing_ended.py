"""Reading and forecasting a file end when the post of whoever sent it ends; a colleague goes on with it."""

import contextlib
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from django.utils import timezone

from wanjia.orgs.models import Post
from wanjia.orgs.roles import Role
from wanjia.verdict import Refused

from ..importing import commands, staging
from ..importing.brought import imports
from .factories import number, worker

pytestmark = pytest.mark.django_db
SHEET = "户编号,姓名,身份证号,与户主关系,村(社区)\n" + "".join(
    f"H90{n},赵{name},{number(date(1970, 3, 3), 51 + 2 * n)},户主,大同村\n" for n, name in enumerate("大山河林")
)  # fmt: skip


@pytest.fixture
def upload(world):
    return commands.receive_upload(template="household", name="户.csv", body=SHEET.encode(), by=world.clerk, at=timezone.now())


def leave(world):
    Post.objects.filter(user=world.clerk).update(to_on=date(2026, 1, 1))


def judged(world, upload, monkeypatch):
    """Judge as the clerk; the clerk's post ends when all are read. Returns the upload."""
    judge, began = commands.judge, world.clerk.live_posts
    assert began  # read when the work began, and kept with the actor

    def slowly(*what, **how):
        report = judge(*what, **how)
        leave(world)
        return report

    monkeypatch.setattr(commands, "judge", slowly)
    return commands.judge_upload(upload, by=world.clerk, at=timezone.now())


def looked(world, upload, monkeypatch):
    """Forecast as the clerk, a row a chunk; the clerk's post ends with the second. Returns how many chunks were told."""
    upload = commands.judge_upload(upload, by=world.clerk, at=timezone.now())
    applier, told = imports()["household"], []

    def tell(rows, *what):
        told.append(rows)
        if len(told) == 2:
            leave(world)
        return applier.tell(rows, *what)

    monkeypatch.setitem(commands.imports(), "household", replace(applier, tell=tell))
    monkeypatch.setattr(commands, "chunks", partial(staging.chunks, size=1))
    with contextlib.suppress(Refused):
        commands.forecast_upload(upload, by=world.clerk, at=timezone.now())
    return len(told)


def test_a_post_that_ended_while_a_file_was_read_keeps_no_verdict(world, upload, monkeypatch):
    with pytest.raises(Refused, match="没有批量导入的权限"):
        judged(world, upload, monkeypatch)
    upload.refresh_from_db()
    assert (upload.state, upload.rows_ok) == ("received", 0)
    colleague = worker("xisha2", "新台账", upload.organisation, Role.TOWNSHIP_WORKER)
    monkeypatch.undo()
    assert commands.judge_upload(upload, by=colleague, at=timezone.now()).rows_ok == 4
    assert upload.rows.count() == 4, "what the first had read is read anew, not twice"


def test_a_post_that_ended_before_a_forecast_is_through_is_told_nothing(world, upload, monkeypatch):
    assert looked(world, upload, monkeypatch) == 2
    upload.refresh_from_db()
    assert (upload.state, upload.forecast) == ("judged", {})


def test_with_the_posts_of_the_beginning_both_would_go_on_to_the_end(world, upload, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(commands, "as_of_now", lambda actor: actor)
    assert looked(world, upload, monkeypatch) == 4
    upload.refresh_from_db()
    assert upload.forecast["counts"]["people_new"] == 4


def test_with_the_posts_of_the_beginning_the_verdict_would_be_kept(world, upload, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(commands, "as_of_now", lambda actor: actor)
    assert judged(world, upload, monkeypatch).state == "judged"
