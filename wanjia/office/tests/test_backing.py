"""A backup equals the office, a restore equals the backup, and what is not to be trusted is refused with a sentence."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from tests.whole import assert_whole_apart
from wanjia.office.backing import rules

from .conftest import HOUSE

pytestmark = pytest.mark.proof


def change(office, statement="UPDATE registry_person SET name = '改过的' WHERE id = (SELECT MIN(id) FROM registry_person)"):
    """Change the office behind every guard."""
    with sqlite3.connect(office.file) as raw:
        raw.execute(statement)
    raw.close()


def first_name(office):
    raw = sqlite3.connect(office.file)
    found = raw.execute("SELECT name FROM registry_person ORDER BY id LIMIT 1").fetchone()[0]
    raw.close()
    return found


def sums(file):
    """Return the checksums of a backup's tables."""
    with zipfile.ZipFile(file) as box:
        return json.loads(box.read("manifest.json"))["tables"]


def test_a_restore_equals_the_original(office):
    made = office.answer("backup")["file"]
    before = first_name(office)
    change(office)
    (office.folder / "files" / "photo.jpg").write_bytes(b"spoilt")
    assert sums(office.answer("backup")["file"]) != sums(made)  # negative control: the checksum sees one changed name

    office.answer("restore", made, "--yes")

    assert first_name(office) == before
    assert (office.folder / "files" / "photo.jpg").read_bytes() == b"a photo"
    assert sums(office.answer("backup")["file"]) == sums(made)
    assert office.answer("journal", "verify")["ok"]


def test_a_backup_holds_no_key(office):
    made = office.answer("backup")["file"]
    secrets = [key["secret"].encode() for key in json.loads(office.ring.read_text())["keys"].values()]
    with zipfile.ZipFile(made) as box:
        bodies = [box.read(name) for name in box.namelist()]
    assert not any(secret in body for secret in secrets for body in bodies)
    assert os.stat(made).st_mode & 0o777 == 0o600


def test_truncated_spoilt_and_foreign_backups_are_refused(office, tmp_path):
    made = office.answer("backup")["file"]
    before = first_name(office)
    body = Path(made).read_bytes()
    cut = tmp_path / "cut.backup"
    cut.write_bytes(body[: len(body) * 2 // 3])
    assert_refused(office.wanjia("restore", cut, "--yes"), "不是完整的备份")

    spoilt = tmp_path / "spoilt.backup"
    with zipfile.ZipFile(made) as box, zipfile.ZipFile(spoilt, "w") as out:
        for name in box.namelist():
            out.writestr(name, box.read(name).replace("王".encode(), "汪".encode()) if "person" in name else box.read(name))
    assert_refused(office.wanjia("backup", "verify", spoilt), "与清单不符")
    assert_refused(office.wanjia("restore", spoilt, "--yes"), "与清单不符")

    ring = json.loads(office.ring.read_text())
    ring["keys"]["k1"]["secret"] = "ab" * 32
    office.ring.write_text(json.dumps(ring))
    assert_refused(office.wanjia("restore", made, "--yes"), "另一个密钥环")
    assert first_name(office) == before


def test_another_offices_backup_and_an_older_one_are_refused(office):
    made = office.answer("backup")["file"]
    append = (
        "INSERT INTO kernel_entry SELECT seq + 1, at, kind, act, by_id, by_name, by_org, subject, subject_id, area_code, before, after, "
        "reason, detail, digest, 'x' FROM kernel_entry WHERE seq = (SELECT seq FROM kernel_head)"
    )
    names = "(seq, at, kind, act, by_id, by_name, by_org, subject, subject_id, area_code, before, after, reason, detail, previous, digest)"
    change(office, append.replace("kernel_entry SELECT", f"kernel_entry {names} SELECT", 1))
    change(office, "UPDATE kernel_head SET seq = seq + 1, digest = 'x'")
    assert_refused(office.wanjia("restore", made, "--yes"), "--older-on-purpose")
    assert_refused(office.wanjia("restore", made), "--yes")

    office.answer("restore", made, "--yes", "--older-on-purpose")
    change(office, "DROP TRIGGER kernel_entry_no_update")
    change(office, "UPDATE kernel_entry SET digest = 'other' WHERE seq = 1")
    assert_refused(office.wanjia("restore", made, "--yes", "--older-on-purpose"), "另一个单位")


def assert_refused(outcome, words):
    code, printed = outcome
    assert code == 2
    assert words in printed
    assert "Traceback" not in printed


@pytest.mark.parametrize("after", [1.5, 3.0, 5.0])
def test_a_restore_killed_midway_leaves_the_last_good_state(office, after):
    made = office.answer("backup")["file"]
    change(office)
    running = subprocess.Popen([sys.executable, "-m", "wanjia.site.cli", "restore", made, "--yes"], env=office.env, cwd=HOUSE,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    time.sleep(after)
    running.send_signal(signal.SIGKILL)
    running.wait()

    assert first_name(office) == "改过的"
    assert_whole_apart(office.env)
    office.answer("restore", made, "--yes")
    assert_whole_apart(office.env)
    assert first_name(office) != "改过的"


def test_a_missing_ring_stops_every_command(office):
    office.ring.unlink()
    for words in (["backup", "verify", "x"], ["journal", "verify"], ["keys", "rotate"], ["upgrade"], ["figures"]):
        code, printed = office.wanjia(*words)
        assert code == 2, words
        assert "Traceback" not in printed
    assert not office.ring.exists()


def test_the_checksum_sees_a_doubled_a_missing_and_a_changed_row():
    def said(*lines):
        found = rules.Checksum()
        for line in lines:
            found.add(line)
        return found.said()

    assert said(b"1", b"2") == said(b"2", b"1")
    assert len({json.dumps(one) for one in (said(b"1", b"2"), said(b"1", b"2", b"2"), said(b"1"), said(b"1", b"3"))}) == 4


def erase_someone(office):
    """Erase one person; return the name that is gone."""
    raw = sqlite3.connect(office.file)
    key, name = raw.execute("SELECT id, name FROM registry_person WHERE length(citizen_id) > 0 ORDER BY id LIMIT 1").fetchone()
    first, second = (row[0] for row in raw.execute("SELECT username FROM orgs_user WHERE is_active LIMIT 2"))
    raw.close()
    assert office.wanjia("erase", key, "--by", first, "--and", first, "--reason", "本人依法申请删除个人信息")[0] == 2
    office.answer("erase", key, "--by", first, "--and", second, "--reason", "本人依法申请删除个人信息")
    return key, name


def of(office, key):
    raw = sqlite3.connect(office.file)
    found = raw.execute("SELECT name, length(citizen_id), citizen_index FROM registry_person WHERE id = ?", [key]).fetchone()
    raw.close()
    return found


def test_what_was_erased_stays_erased_after_an_older_restore(office):
    made = office.answer("backup")["file"]
    key, name = erase_someone(office)
    assert of(office, key) == ("(已删除)", 0, None)

    office.answer("restore", made, "--yes", "--older-on-purpose")
    assert of(office, key) == ("(已删除)", 0, None)

    (office.folder / "erasures.jsonl").unlink()  # negative control: without the register the restore brings the name back
    office.answer("restore", made, "--yes", "--older-on-purpose")
    assert of(office, key)[0] == name
