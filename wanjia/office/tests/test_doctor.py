"""The doctor: whole on a whole office; one setting at a time is spoilt, and it names each with what to do."""

import json
import os
import re
import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone

from wanjia.kernel import triggers
from wanjia.kernel.models import CalendarDay, Head
from wanjia.office.backing import commands as backing
from wanjia.office.health import backups, machine_checks, queries
from wanjia.office.health.findings import RED
from wanjia.office.models import Installation
from wanjia.office.pruning.commands import sweep
from wanjia.office.pruning.queries import SWEPT
from wanjia.office.starting import opening
from wanjia.orgs.models import DayChange, Organisation, Post, User
from wanjia.registry.importing.rules import MENDING
from wanjia.registry.models import Upload, UploadContent
from wanjia.sealing import keys

from .test_people import ANSWERS

SQLITE = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a SQLite pragma")


def places(var):
    """The settings that name an office's folder."""
    return {"WANJIA_VAR": str(var), "WANJIA_KEYRING": str(var / "keyring.json"), "MEDIA_ROOT": str(var / "files")}


@pytest.fixture(scope="module")
def opened(django_db_setup, django_db_blocker, tmp_path_factory):
    """The folder of an office opened once for all tests of this file; each works on a copy of it and undoes what it adds."""
    var = tmp_path_factory.mktemp("opened") / "var"
    var.mkdir(mode=0o700)
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(**places(var)):
            keys._read.cache_clear()
            opening.open_office(ANSWERS, lambda zh, en: None)
        yield var
        transaction.set_rollback(True)


@pytest.fixture
def office(opened, db, settings, tmp_path):
    """A whole office: own folder, own ring, secure settings, a fresh verified backup."""
    var = shutil.copytree(opened, tmp_path / "var")
    for name, value in places(var).items():
        setattr(settings, name, value)
    settings.SECRET_KEY = "k7-QpXzR2mV9wLt_" * 4
    settings.ALLOWED_HOSTS = ["wanjia.example.org", "127.0.0.1", "testserver"]
    settings.WANJIA_SECURE, settings.WANJIA_PROXIES, settings.WANJIA_REQUIRE_TOTP = True, ["127.0.0.1"], True
    keys._read.cache_clear()
    CalendarDay.objects.get_or_create(day="2099-10-01", defaults={"works": False, "name": "国庆节", "source": "测试"})
    note_backup(var, hours=2)
    sweep(timezone.now())
    if connection.vendor == "sqlite":
        os.chmod(connection.settings_dict["NAME"], 0o600)
        for ending in ("-wal", "-shm"):
            if os.path.exists(connection.settings_dict["NAME"] + ending):
                os.chmod(connection.settings_dict["NAME"] + ending, 0o600)
    return SimpleNamespace(var=var, settings=settings)


def note_backup(var, *, hours, verified=True, checked=None):
    at = datetime.now(UTC) - timedelta(hours=hours)
    checked = checked and (datetime.now(UTC) - timedelta(hours=checked)).isoformat()
    (var / backups.FILE).write_text(json.dumps({"at": at.isoformat(), "verified": verified, "checked": checked}))


def kept_too_long():
    """A workbook with something to mend lies sealed for longer than was promised."""
    at = timezone.now() - MENDING - timedelta(days=3)
    upload = Upload.objects.create(template="needs", file_name="a.xlsx", digest="d", size=1, by=User.objects.first(),
                                   organisation=Organisation.objects.first(), received_at=at, today=at.date())  # fmt: skip
    triggers.lift(models=[Upload])
    Upload.objects.filter(pk=upload.pk).update(state="applied", tally={"row": 1})
    triggers.lay(models=[Upload])
    UploadContent.objects.create(upload=upload, body="eA==")


def test_the_sweep_takes_away_what_was_promised_to_go(office):
    kept_too_long()
    assert found()["sweep"].level == RED
    assert sweep(timezone.now()) == 1
    assert (found()["sweep"].level, UploadContent.objects.count()) == ("green", 0)
    assert (office.var / SWEPT).stat().st_mode & 0o777 == 0o600


def found():
    return {one.id: one for one in queries.examine()}


# The test database itself writes without waiting for the disk (conftest); the look is tried on its own below.
APART = {"writes"}


def test_a_whole_office_has_nothing_red(office):
    assert {name: one.seen for name, one in found().items() if one.level == RED and name not in APART} == {}


def _foreign_ring(office):
    Path(office.settings.WANJIA_KEYRING).unlink()
    keys.make()
    keys._read.cache_clear()


def _seal_something():
    user = User.objects.get(username="admin")
    user.phone = "13887000001"
    user.save()


def _spoil_ring(office):
    _seal_something()
    _foreign_ring(office)


def _spoil_a_value(office):
    _seal_something()
    User.objects.create(username="second", name="第二人", phone="13887000002")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE orgs_user SET phone = %s WHERE username = 'admin'", [b"k1:" + bytes(40)])


def _planted(office):
    for name in ("a1", "a2"):
        User.objects.create(username=name, name=name, password="argon2$one-and-the-same")


def _demo(office):
    triggers.lift(models=[Installation])
    Installation.objects.update(kind="demo")
    triggers.lay(models=[Installation])


def _cut_journal(office):
    Head.objects.update(digest="f" * 64)


def _changed_days(**facts):
    """A change of the calendar whose recount failed, or died."""
    DayChange.objects.create(act="orgs.keep_workday", days=[], source="县里通知", by_name="台账员", state="made", at=timezone.now(), **facts)


SPOILT = [
    ("debug", lambda o, m: setattr(o.settings, "DEBUG", True)),
    ("secret", lambda o, m: setattr(o.settings, "SECRET_KEY", "geheim")),
    ("hosts", lambda o, m: setattr(o.settings, "ALLOWED_HOSTS", ["*"])),
    ("https", lambda o, m: setattr(o.settings, "WANJIA_SECURE", False)),
    ("proxies", lambda o, m: setattr(o.settings, "WANJIA_PROXIES", [])),
    ("proxies", lambda o, m: setattr(o.settings, "WANJIA_PROXIES", ["proxy.local"])),
    ("second_factor", lambda o, m: setattr(o.settings, "WANJIA_REQUIRE_TOTP", False)),
    ("installation", lambda o, m: _demo(o)),
    ("installation", lambda o, m: Post.objects.filter(role="administrator").update(to_on="2020-01-01")),
    ("demo_accounts", lambda o, m: _planted(o)),
    ("disk", lambda o, m: m.setattr(machine_checks.shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10**10, 10**10, 10**6))),
    ("inodes", lambda o, m: m.setattr(machine_checks.os, "statvfs", lambda path: SimpleNamespace(f_favail=1, f_files=1000, f_frsize=4096, f_blocks=10**8, f_bfree=10**8, f_bavail=10**8))),
    ("clock", lambda o, m: m.setattr(machine_checks, "STARTED", (time.time() - 5000, time.monotonic()))),
    ("fonts", lambda o, m: m.setattr(machine_checks, "families", lambda: "DejaVu Sans")),
    ("modes", lambda o, m: o.var.chmod(0o755)),
    ("modes", lambda o, m: Path(o.settings.WANJIA_KEYRING).chmod(0o644)),
    ("static", lambda o, m: setattr(o.settings, "STATICFILES_DIRS", [o.var])),
    ("key_ring", lambda o, m: Path(o.settings.WANJIA_KEYRING).unlink()),
    ("key_ring", lambda o, m: Path(o.settings.WANJIA_KEYRING).write_text("{}")),
    ("key_ring", lambda o, m: _spoil_ring(o)),
    ("key_ring", lambda o, m: _foreign_ring(o)),  # nothing is sealed yet: the check values alone tell
    ("key_ring", lambda o, m: _spoil_a_value(o)),
    ("migrations", lambda o, m: m.setattr(queries.data_checks.MigrationExecutor, "migration_plan", lambda self, targets: [1, 2])),
    ("triggers", lambda o, m: triggers.lift(models=[Installation])),
    ("journal", lambda o, m: _cut_journal(o)),
    ("calendar", lambda o, m: CalendarDay.objects.filter(day__gte="2026-01-01").delete()),
    ("recount", lambda o, m: _changed_days(fault="程序出错(KeyError)")),
    ("recount", lambda o, m: _changed_days(beat_at=timezone.now() - timedelta(hours=1))),
    ("sweep", lambda o, m: (o.var / SWEPT).unlink()),
    ("sweep", lambda o, m: sweep(timezone.now() - timedelta(hours=72))),
    ("sweep", lambda o, m: kept_too_long()),
    ("backup", lambda o, m: note_backup(o.var, hours=72)),
    ("backup", lambda o, m: (o.var / backups.FILE).unlink()),
    ("backup", lambda o, m: note_backup(o.var, hours=2, verified=False)),
]


@pytest.mark.parametrize(("name", "spoil"), [pytest.param(*case, id=f"{turn}-{case[0]}") for turn, case in enumerate(SPOILT)])
def test_one_spoilt_setting_is_named_with_what_to_do(office, monkeypatch, name, spoil):
    before = found()
    spoil(office, monkeypatch)
    after = found()
    changed = {one for one in after if after[one].level != before[one].level}
    assert changed == {name}
    said = after[name].as_json()
    assert said["level"] in ("red", "yellow")
    assert said["do"]["zh"] and said["do"]["en"] and said["en"] != said["zh"]


@SQLITE
def test_a_database_that_does_not_wait_for_the_disk_is_named(office):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        level = cursor.fetchone()[0]
    assert (queries.data_checks.writes().level == RED) == (level < 2)
    assert level < 2  # as the test run sets it, to be fast


@SQLITE
def test_a_database_file_that_others_may_read_is_named(office):
    os.chmod(connection.settings_dict["NAME"], 0o644)
    assert found()["modes"].level == RED
    assert "sqlite3" in found()["modes"].to_do


def test_a_look_that_fails_is_a_finding_and_stops_no_other(office, monkeypatch):
    def broken():
        raise RuntimeError("王大明 530625198503020013")

    monkeypatch.setattr(queries.data_checks, "checks", lambda: (broken, queries.data_checks.calendar))
    looked = queries.examine()
    assert [one.id for one in looked][-2:] == ["broken", "calendar"]
    assert "王大明" not in json.dumps([one.as_json() for one in looked], ensure_ascii=False)


def test_healthz_is_public_says_nothing_and_turns_503(office, client, monkeypatch):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"ok": True, "database": True, "writable": True, "migrated": True, "keys": True})
    Path(office.settings.WANJIA_KEYRING).unlink()
    assert client.get("/healthz").status_code == 503
    assert client.get("/healthz").json()["keys"] is False


def test_metrics_only_from_this_machine_or_with_the_token(office, client, settings):
    assert client.get("/metrics").status_code == 200
    assert b'wanjia_finding{id="debug"} 0' in client.get("/metrics").content
    assert client.get("/metrics", REMOTE_ADDR="10.1.1.1").status_code == 404
    assert client.get("/metrics", REMOTE_ADDR="127.0.0.1", headers={"X-Forwarded-For": "10.1.1.1"}).status_code == 404
    settings.WANJIA_METRICS_TOKEN = "t0ken"
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", REMOTE_ADDR="10.1.1.1", headers={"Authorization": "Bearer t0ken"}).status_code == 200


SAMPLE = re.compile(r'([a-zA-Z_:][a-zA-Z0-9_:]*)(\{[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\"n])*"(?:,[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\"n])*")*\})? (-?[0-9.]+(?:e[+-]?[0-9]+)?)')


def parsed(text):
    """Read a text exposition (Prometheus 0.0.4) strictly; return {(name, labels): value}. Raises ValueError on what a server would refuse."""
    typed, samples, closed, now = set(), {}, set(), None
    if not text.endswith("\n"):
        raise ValueError("the last line does not end")
    for line in text.splitlines():
        if comment := re.fullmatch(r"# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)", line):
            kind, name, rest = comment.groups()
            if kind == "TYPE" and (name in typed or rest not in ("gauge", "counter", "untyped") or any(one == name for one, _labels in samples)):
                raise ValueError(line)
            typed |= {name} if kind == "TYPE" else set()
            continue
        sample = SAMPLE.fullmatch(line)
        if sample is None or sample[1] not in typed or (sample[1], sample[2]) in samples or (sample[1] != now and sample[1] in closed):
            raise ValueError(line)
        closed, now = closed | {now}, sample[1]
        samples[sample[1], sample[2]] = float(sample[3])
    return samples


def test_the_metrics_are_what_a_monitor_reads(office, client):
    read = parsed(client.get("/metrics").content.decode())
    assert read["wanjia_finding", '{id="debug"}'] == 0
    assert read["wanjia_disk_free_bytes", None] > 0
    assert abs(read["wanjia_backup_checked_timestamp_seconds", None] - time.time() + 2 * 3600) < 600
    assert {"wanjia_imports", "wanjia_imports_stuck", "wanjia_failed_sign_ins", "wanjia_locked_pairs", "wanjia_slow_requests"} <= {name for name, _labels in read}
    (office.var / backups.FILE).unlink()
    assert ("wanjia_backup_made_timestamp_seconds", None) not in parsed(client.get("/metrics").content.decode())


@pytest.mark.parametrize("text", ["wanjia_x 1\n", "# TYPE wanjia_x gauge\nwanjia_x one\n", '# TYPE wanjia_x gauge\nwanjia_x{id="a} 1\n', "# TYPE wanjia_x gauge\nwanjia_x 1",
                                  "# TYPE wanjia_x gauge\nwanjia_x 1\nwanjia_x 2\n"])  # fmt: skip
def test_the_reader_of_metrics_refuses_what_a_monitor_would(text):
    with pytest.raises(ValueError):
        parsed(text)


def test_a_follower_does_not_hide_that_a_backup_was_checked(office):
    """It makes one every few seconds and checks none; the nightly one is checked."""
    night, now = datetime.now(UTC) - timedelta(hours=9), datetime.now(UTC)
    (office.var / backups.FILE).unlink()
    files = {name: office.var / name for name in ("night", "follow", "follow2")}
    for file in files.values():
        file.write_bytes(b"")
    backing.note(files["night"], at=night, verified=False)
    assert found()["backup"].level == "yellow"
    backing.note(files["follow"], at=now, verified=False)
    backing.note(files["night"], at=night, verified=True)
    said = backups.last()
    assert (said.path, said.at, said.checked, found()["backup"].level) == (str(files["follow"]), now, night, "green")
    backing.note(files["follow2"], at=now + timedelta(seconds=10), verified=False)
    assert (backups.last().checked, found()["backup"].level) == (night, "green")
    note_backup(office.var, hours=2, checked=72)
    assert found()["backup"].level == "yellow"
    assert "核对" in found()["backup"].to_do


def test_chinese_sentences_bear_chinese_punctuation(office):
    _spoil_ring(office)
    told = [words for one in queries.examine() for words in one.words("zh-hans")]
    assert [words for words in told if re.search(r"[\u4e00-\u9fff][,;:?!]|[,;:?!][\u4e00-\u9fff]", words)] == []
    assert any("\uff0c" in words for words in told)
    assert not any("\uff0c" in words for one in queries.examine() for words in one.words("en"))


def test_the_page_is_the_administrators_alone(office, client):
    admin, auditor = User.objects.get(username="admin"), User.objects.get(username="shenji")
    User.objects.update(must_change_password=False)
    office.settings.WANJIA_REQUIRE_TOTP = False
    client.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    assert "系统值守" in client.get("/office/watch").content.decode()
    (office.var / backups.FILE).unlink()
    said = client.get("/office/watch").content.decode()
    assert said.index("还没有备份过") < said.index("正常的")  # what is wrong stands first, what is right is folded
    client.force_login(auditor, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/office/watch").status_code == 403


def test_migrating_again_lays_the_guards_anew(office):
    triggers.lift(models=[Installation])
    call_command("migrate", verbosity=0)
    assert found()["triggers"].level == "green"


def test_a_backup_from_a_clock_that_ran_ahead_is_not_green_for_years(office):
    now = datetime.now(UTC)
    note_backup(office.var, hours=-24 * 365, checked=-24 * 365)
    assert found()["backup"].level == "red"
    said = backups.with_new(backups.last(), "/b/new", now, verified=False)
    assert (said.at, said.checked) == (now, None)  # the next backup and its check count again


def test_a_backup_whose_file_is_gone_is_named(office, tmp_path):
    file = tmp_path / "wanjia-x.backup"
    file.write_bytes(b"")
    noted = {"at": datetime.now(UTC).isoformat(), "verified": True, "path": str(file)}
    (office.var / backups.FILE).write_text(json.dumps(noted))
    assert found()["backup"].level == "green"  # the negative control
    file.unlink()
    assert (found()["backup"].level, found()["backup"].facts["path"]) == ("red", str(file))


def test_where_nothing_was_opened_the_one_finding_is_that_and_the_folder_is_asked_for(office, monkeypatch):
    monkeypatch.setattr(connection.introspection, "table_names", list)
    (found,) = queries.examine()
    assert found.level == RED and found.blocks
    assert "wanjia init" in found.to_do and "WANJIA_VAR" in found.to_do


def test_an_address_of_six_stays_as_it_is_written(office):
    office.settings.WANJIA_PROXIES = ["127.0.0.1", "::1"]
    (told,) = (one.words("zh-hans")[0] for one in queries.examine() if one.id == "proxies")
    assert "127.0.0.1、::1。" in told
