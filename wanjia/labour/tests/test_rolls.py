"""A county's file by a page: sent, judged by a process, looked at row by row, confirmed, loaded, stopped, taken up again."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from wanjia.kernel.models import Entry
from wanjia.orgs.models import Line, Tier
from wanjia.orgs.roles import Role
from wanjia.registry.models import Person
from wanjia.registry.tests.factories import unit, worker

from ..loading.commands import Busy, alone
from ..loading.tests.sheets import DAY, csv_of
from ..loading.tests.test_loading import plain_rows
from ..models import Load, Roll, RollPart, Worker
from ..rolls import commands, pages, process, rules, sealed
from .acts_loads import elsewhere

pytestmark = pytest.mark.django_db


@pytest.fixture
def started(monkeypatch):
    """The processes that would have been started."""
    found = []
    monkeypatch.setattr(commands, "start_process", lambda *words: found.append(words))
    return found


@pytest.fixture
def analyst(world):
    return worker("renshe-fenxi", "钱分析", unit("永善县人力资源和社会保障局", Tier.COUNTY, world.county, Line.LABOUR), Role.LABOUR_ANALYST)


def a_file(spoilt=()):
    rows = plain_rows(30)
    for at in spoilt:
        rows[at]["手机号"] = "12"
    return csv_of(rows)


def send(by, body=None):
    return commands.send_roll(name="永善县名册.csv", body=a_file((4, 7)) if body is None else body, as_of=DAY, by=by, at=timezone.now())


def test_from_the_page_to_the_register(client, analyst, started, django_capture_on_commit_callbacks):
    client.force_login(analyst)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("labour:rolls"), {"body": SimpleUploadedFile("永善县名册.csv", a_file((4, 7))), "as_of": str(DAY)})
    roll = Roll.objects.get()
    assert answer.status_code == 302 and started == [("roll-job", roll.pk)]
    assert "正在读文件" in client.get(reverse("labour:roll_file", args=[roll.pk])).content.decode()
    before = Worker.objects.count()
    process.run(roll)
    page = client.get(reverse("labour:roll_file", args=[roll.pk])).content.decode()
    assert (roll.state, roll.rows, roll.rows_ok, roll.rows_refused) == ("judged", 30, 28, 2)
    assert Worker.objects.count() == before and not Load.objects.exists(), "before it is confirmed nothing is written"
    assert "确认装载 28 行" in page and ">6</td>" in page and ">9</td>" in page, "which rows, by their number in the file"
    assert all(row["手机号"] not in page and row["身份证号"] not in page for row in plain_rows(30)), "of the rows' cells nothing is shown"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("labour:confirm_roll", args=[roll.pk]))
    roll.refresh_from_db()
    assert roll.state == "writing" and len(started) == 2
    process.run(roll)
    assert roll.state == "done" and Worker.objects.count() - before == 28
    assert roll.load.file_name == "永善县名册.csv" and roll.load.state == "loaded"
    assert not RollPart.objects.filter(kind="file").exists(), "the file goes when it is loaded"
    assert "新登记的人" in client.get(reverse("labour:roll_file", args=[roll.pk])).content.decode()
    assert [one.act for one in Entry.objects.filter(subject="labour.roll").order_by("seq")] == ["roll.send", "roll.judge", "roll.confirm", "roll.finish"]


def test_a_page_of_refused_rows_opens_the_parts_that_it_shows_and_no_more(analyst, started, monkeypatch):
    roll, opened = send(analyst), []
    monkeypatch.setattr(sealed, "PIECE", 300)
    text = "\ufeff行号,原因\r\n" + "".join(f'{n},"号码不对,\n第 {n} 行"\r\n' for n in range(500))
    sealed.keep(roll, "report", io.BytesIO(text.encode()))
    Roll.objects.update(rows_refused=500)
    roll.refresh_from_db()
    whole = list(sealed.pieces(roll, "report"))
    monkeypatch.setattr(sealed, "pieces", lambda *_of: (opened.append(1) or piece for piece in whole))
    assert pages.Refused(roll)[2:4] == [("2", "号码不对,\n第 2 行"), ("3", "号码不对,\n第 3 行")]
    assert len(opened) < 3 < len(whole)
    assert pages.Refused(roll)[499:539] == [("499", "号码不对,\n第 499 行")]


def test_the_report_is_taken_home_and_written_down(client, analyst, started):
    roll = process.run(send(analyst))
    client.force_login(analyst)
    answer = client.post(reverse("labour:take_roll_report", args=[roll.pk]))
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == ["6", "9"] and "12" in rows[1]
    assert Entry.objects.filter(act="roll.take_report", by_id=analyst.pk).count() == 1


def test_what_is_sent_lies_sealed(analyst, started):
    roll = send(analyst)
    with_name = plain_rows(3)[0]["姓名"].encode()
    assert with_name in b"".join(sealed.pieces(roll, "file"))
    raw = RollPart.objects.filter(roll=roll).values_list("body", flat=True)
    assert all(with_name not in bytes(body.body) for body in raw)


def test_a_stop_ends_it_and_what_is_written_stays(analyst, started, monkeypatch):
    roll, before = process.run(send(analyst)), Worker.objects.count()
    commands.confirm_roll(roll_id=roll.pk, by=analyst, at=timezone.now())
    roll.refresh_from_db()
    beat = commands.beat

    def stopped(one, word, *rest):
        if word == "written":
            commands.stop_roll(roll_id=roll.pk, by=analyst, at=timezone.now())
        beat(one, word, *rest)

    monkeypatch.setattr(commands, "beat", stopped)
    process.run(roll)
    assert roll.state == "stopped" and not roll.parts.filter(kind="file").exists()
    assert Load.objects.get().state == "loading" and Worker.objects.count() - before == 28, "the part that was written is whole"
    monkeypatch.setattr(commands, "beat", beat)
    again = process.run(send(analyst))
    commands.confirm_roll(roll_id=again.pk, by=analyst, at=timezone.now())
    again.refresh_from_db()
    process.run(again)
    assert again.state == "done" and again.load == Load.objects.get() and Worker.objects.count() - before == 28, "the same file goes on, nothing is made twice"


def test_without_the_mark_a_run_taken_for_dead_would_write(analyst, started, monkeypatch):
    """Two processes at one file: the first one finds the other's mark and ends; without the look it would keep its verdict too."""
    roll = send(analyst)
    first = commands.take(Roll.objects.get(pk=roll.pk))
    commands.take(Roll.objects.get(pk=roll.pk))
    with pytest.raises(commands.Stopped):
        commands.beat(first, "judged", 1, 1)
    with pytest.raises(commands.Stopped):
        commands.judge_roll(roll_id=first.pk, run=first.run, told={}, report=io.BytesIO(), by=analyst, at=timezone.now())
    monkeypatch.setattr(commands, "_mine", lambda roll_id, run: Roll.objects.get(pk=roll_id))
    told = {"rows": 1, "rows_ok": 1, "rows_refused": 0, "findings": {}}
    assert commands.judge_roll(roll_id=first.pk, run=first.run, told=told, report=io.BytesIO(), by=analyst, at=timezone.now()).state == "judged"


@pytest.mark.parametrize(("body", "words"), [(b"", "没有内容"), (b"\x00\x01" * 500, ""), ("姓名,年龄\r\n张三,3\r\n".encode(), "表头")])
def test_what_cannot_be_read_is_said_in_words(analyst, started, body, words):
    roll = process.run(send(analyst, body))
    assert roll.state == "failed" and roll.fault and words in roll.fault
    assert not roll.parts.exists()


def test_it_waits_for_another_load(analyst, started, monkeypatch):
    roll, waits = send(analyst), []

    def busy(*_given, **_more):
        waits.append(1)
        if len(waits) < 3:
            raise Busy("x")
        return {"rows": 1, "rows_ok": 1, "rows_refused": 0, "findings": {}}

    monkeypatch.setattr(process, "load_file", busy)
    monkeypatch.setattr(process, "AGAIN", 0)
    assert process.run(roll).state == "judged" and len(waits) == 3


def test_another_office_sees_nothing_of_it(client, analyst, started, world):
    roll = process.run(send(analyst))
    client.force_login(elsewhere(world))
    assert client.get(reverse("labour:roll_file", args=[roll.pk])).status_code == 404
    assert client.post(reverse("labour:confirm_roll", args=[roll.pk])).status_code in (403, 404)
    assert "永善县名册" not in client.get(reverse("labour:rolls")).content.decode()


def test_a_silent_process_is_taken_up_again(client, analyst, started):
    roll = send(analyst)
    Roll.objects.update(beat_at=timezone.now() - rules.SILENT - timedelta(seconds=1))
    client.force_login(analyst)
    assert "处理停下来了" in client.get(reverse("labour:roll_file", args=[roll.pk])).content.decode()
    client.post(reverse("labour:roll_resume", args=[roll.pk]))
    assert started == [("roll-job", roll.pk)]


def test_refused_rows_go_after_a_fortnight(analyst, started):
    roll = process.run(send(analyst))
    assert roll.parts.filter(kind="report").exists()
    assert commands.drop_old(timezone.now()) == 0
    assert commands.drop_old(timezone.now() + rules.KEPT + timedelta(minutes=1)) > 0
    assert not roll.parts.exists()


def test_one_who_lost_the_post_writes_nothing(analyst, started):
    roll = process.run(send(analyst))
    commands.confirm_roll(roll_id=roll.pk, by=analyst, at=timezone.now())
    analyst.posts.update(to_on=DAY - timedelta(days=400))
    roll.refresh_from_db()
    people = Person.objects.count()
    assert process.run(roll).state == "failed" and Person.objects.count() == people


def test_the_lock_of_loads_is_let_go(analyst, started):
    process.run(send(analyst))
    with alone():
        pass
