"""The import pages: three steps, what is masked, who sees what; the round trip changes exactly what was edited."""

import io
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from wanjia.kernel.models import Entry
from wanjia.registry.applying import commands as applying
from wanjia.registry.applying import jobs
from wanjia.registry.importing import commands, pace, preview, queries
from wanjia.registry.models import Household, KnownHeader, Person, Upload, UploadRow

from . import factories

pytestmark = pytest.mark.django_db
HEADER = "户号,姓名,公民身份号码,与户主关系,村,联系电话,民族"
BORN = factories.date(1980, 5, 6)


def csv(*rows):
    return "\n".join([HEADER, *rows]).encode()


def good(number="H001", name="何小满", sequence=11, relation="户主"):
    return f"{number},{name},{factories.number(BORN, sequence)},{relation},大同村,13887000002,汉族"


def bad():
    number = factories.number(BORN, 15)
    return f"H001,何大暑,{number[:-1]}{'1' if number[-1] != '1' else '2'},配偶,大同村,,汉族"


@pytest.fixture
def clerk(world, client):
    client.force_login(world.clerk)
    return client


def send(client, body, name="户.csv", template="household"):
    """Send a file as the page does; return the upload."""
    key = str(uuid.uuid4())
    answer = client.post(reverse("registry:import"), {"template": template, "workbook": SimpleUploadedFile(name, body), "key": key})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return Upload.objects.get(pk=answer.url.rstrip("/").split("/")[-1])


def page(client, upload, **asked):
    return client.get(reverse("registry:import_upload", args=[upload.pk]), asked).content.decode()


def press(client, upload, name, **data):
    return client.post(reverse(f"registry:import_{name}", args=[upload.pk]), {"key": str(uuid.uuid4()), **data})


def test_three_steps_from_the_file_to_the_rows(clerk):
    upload = send(clerk, csv(good(), bad()))
    assert (upload.state, upload.rows_ok, upload.rows_refused) == ("judged", 1, 1)
    assert not Household.objects.filter(number="H001").exists(), "written before it was confirmed"
    shown = page(clerk, upload)
    assert "确认导入 1 行" in shown
    assert "新建户 <strong>1</strong>" in shown
    assert "校验位不对" in shown
    assert press(clerk, upload, "confirm").status_code == 302
    upload.refresh_from_db()
    assert (upload.state, upload.counts["households_new"], upload.counts["people_new"]) == ("applied", 1, 1)
    assert "已导入 1 行" in page(clerk, upload)


def test_the_preview_masks_what_is_sound_and_shows_what_must_be_mended(clerk):
    upload = send(clerk, csv(good(), bad()))
    sound, wrong = factories.number(BORN, 11), bad().split(",")[2]
    everything = page(clerk, upload, show="all")
    assert sound not in everything
    assert "*" * 14 + sound[-4:] in everything
    assert "13887000002" not in everything
    assert wrong in everything
    assert sound not in str(list(UploadRow.objects.values("values", "findings"))), "kept unsealed"


def test_headers_are_confirmed_once_remembered_and_can_be_corrected_and_forgotten(clerk):
    upload = send(clerk, csv(good()).replace("民族".encode(), "所属族群".encode()))
    assert ["所属族群", None] in upload.mapping
    place = [header for header, _column in upload.mapping].index("所属族群")
    meanings = {f"h{n}": column or "" for n, (_header, column) in enumerate(upload.mapping)}
    assert press(clerk, upload, "headers", **meanings | {f"h{place}": "姓名"}).status_code == 200, "姓名 would stand twice"
    assert press(clerk, upload, "headers", **meanings | {f"h{place}": "民族"}).status_code == 302
    upload.refresh_from_db()
    assert (upload.state, upload.rows.count()) == ("judged", 1)
    press(clerk, upload, "confirm")
    assert Person.objects.get(name="何小满").ethnicity == "汉族"
    known = KnownHeader.objects.get(header="所属族群")
    again = send(clerk, csv(good()).replace("民族".encode(), "所属族群".encode()))
    assert all(remembered for _header, _column, remembered in preview.headers(again))
    assert clerk.post(reverse("registry:import_forget", args=[known.pk]), {"key": str(uuid.uuid4())}).status_code == 302
    assert not KnownHeader.objects.filter(pk=known.pk).exists()


def test_the_marked_workbook_comes_back_and_its_taking_is_journalled(clerk):
    upload = send(clerk, csv(good(), bad()))
    answer = press(clerk, upload, "marked")
    book = load_workbook(io.BytesIO(answer.content))
    assert any(cell.comment and "校验位" in cell.comment.text for row in book.worksheets[0].iter_rows() for cell in row)
    assert Entry.objects.filter(act="upload.take_marked", subject_id=str(upload.pk)).count() == 1
    press(clerk, upload, "cancel")
    assert "现在已经清除" in press(clerk, upload, "marked").content.decode(), "the content is gone with the import"


def test_another_unit_finds_nothing(clerk, world):
    upload = send(clerk, csv(good()))
    clerk.force_login(world.stranger)
    for name in ("upload", "progress"):
        assert clerk.get(reverse(f"registry:import_{name}", args=[upload.pk])).status_code == 404
    for name in ("confirm", "cancel", "resume", "marked", "sheet", "headers"):
        assert press(clerk, upload, name).status_code == 404
    assert "户.csv" not in clerk.get(reverse("registry:import")).content.decode()
    clerk.force_login(world.li)
    assert clerk.get(reverse("registry:import")).status_code == 403


def test_several_sheets_are_asked_about_and_the_file_is_not_sent_twice(clerk):
    from openpyxl import Workbook

    book = Workbook()
    for place, name in enumerate(("一社", "二社")):
        sheet = book.active if place == 0 else book.create_sheet()
        sheet.title = name
        for line in (HEADER.split(","), good(f"H00{place}", f"何小{'满雪'[place]}", 11 + 2 * place).split(",")):
            sheet.append(line)
    body = io.BytesIO()
    book.save(body)
    upload = send(clerk, body.getvalue(), "户.xlsx")
    assert (upload.state, upload.file_code) == ("received", "file.sheet_ambiguous")
    assert 'value="二社"' in page(clerk, upload)
    assert press(clerk, upload, "sheet", sheet="三社").status_code == 200
    assert press(clerk, upload, "sheet", sheet="二社").status_code == 302
    upload.refresh_from_db()
    assert (upload.state, upload.sheet, upload.rows_ok) == ("judged", "二社", 1)


def test_a_refused_file_says_why_and_keeps_nothing(clerk):
    upload = send(clerk, b"%PDF-1.4 nothing", "表.pdf")
    assert (upload.state, queries.content_of(upload)) == ("rejected", b"")
    assert "不是表格文件" in page(clerk, upload)


def test_large_work_goes_to_a_process_of_its_own_and_the_page_tells_how_far(clerk, monkeypatch, django_capture_on_commit_callbacks):
    started = []
    monkeypatch.setattr(jobs, "SMALL_BYTES", 10)
    monkeypatch.setattr(jobs, "start_process", lambda *what: started.append(what))
    with django_capture_on_commit_callbacks(execute=True):
        upload = send(clerk, csv(good()))
    assert [what[:2] for what in started] == [("import-job", upload.pk)]
    assert "正在核对每一行" in page(clerk, upload)
    assert press(clerk, upload, "resume").status_code == 409, "somebody is at work"
    Upload.objects.filter(pk=upload.pk).update(heartbeat_at=timezone.now() - timedelta(minutes=5))
    assert "继续" in page(clerk, upload)
    monkeypatch.setattr(jobs, "SMALL_BYTES", 10**6)
    assert press(clerk, upload, "resume").status_code == 302
    upload.refresh_from_db()
    assert upload.state == "judged"


def test_judging_stops_when_it_is_cancelled_and_when_another_run_took_over(clerk, world, monkeypatch):
    monkeypatch.setattr(pace, "FIRST", 1)
    who = {"by": world.clerk, "at": timezone.now()}
    for disturb in ({"state": "cancelled"}, {"run": "another"}):
        upload = commands.receive_upload(template="household", name="户.csv", body=csv(good(), bad()), **who)
        beat, seen = commands._Staging._beat, []

        def disturbed(self, beat=beat, seen=seen, disturb=disturb, upload=upload):
            beat(self)
            seen.append(1)
            if len(seen) == 1:
                Upload.objects.filter(pk=upload.pk).update(**disturb)

        monkeypatch.setattr(commands._Staging, "_beat", disturbed)
        with pytest.raises(commands.Stopped):
            commands.judge_upload(upload, **who)
        monkeypatch.setattr(commands._Staging, "_beat", beat)
        assert UploadRow.objects.filter(upload=upload).count() == 1, "it went on after it was told to stop"


def test_a_cancelled_writing_leaves_whole_chunks(world, monkeypatch):
    who = {"by": world.clerk, "at": timezone.now()}
    rows = [good(f"H{n:03d}", "何" + "甲乙丙丁戊己"[n], 11 + 2 * n) for n in range(6)]
    upload = commands.receive_upload(template="household", name="户.csv", body=csv(*rows), **who)
    upload = commands.judge_upload(upload, **who)
    commands.confirm_upload(upload_id=upload.pk, **who)
    monkeypatch.setattr(pace, "FIRST", 2)
    assert applying.apply_chunk(upload_id=upload.pk, **who) == 2
    commands.cancel_upload(upload_id=upload.pk, **who)
    assert applying.apply_chunk(upload_id=upload.pk, **who) == 0
    assert Household.objects.filter(number__startswith="H0").count() == 2
    assert queries.content_of(upload) == b""


def test_a_number_registered_elsewhere_is_told_beforehand(clerk, world):
    far = world.register("钱远方", factories.date(1970, 1, 1), 33, village=world.xinmin, by=world.stranger)
    upload = send(clerk, csv(good(far.number)))
    assert upload.rows.get().code == "scope.household_not_yours"
