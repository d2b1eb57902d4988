"""A backup equals the office, a restore equals the backup, and what is not to be trusted is refused with a sentence."""

import gzip
import json
import os
import signal
import subprocess
import time
import zipfile
from pathlib import Path

import pytest

from tests.whole import assert_whole_apart
from wanjia.office import places
from wanjia.office.backing import rules

from .conftest import entries

PASSWORD = "jianjianyouzhu"  # of every account of the demo that is the fixture

pytestmark = pytest.mark.proof


def change(office):
    """Change one name behind every guard."""
    office.run("UPDATE registry_person SET name = '改过的' WHERE id = (SELECT id FROM registry_person ORDER BY id LIMIT 1)")


def first_name(office):
    return office.run("SELECT name FROM registry_person ORDER BY id LIMIT 1")[0][0]


def sums(file):
    """Return the checksums of a backup's tables."""
    with zipfile.ZipFile(file) as box:
        return json.loads(box.read("manifest.json"))["tables"]


def test_a_restore_equals_the_original(office):
    made, figures = office.answer("backup")["file"], office.answer("figures", "--area", "530625")
    before = first_name(office)
    change(office)
    (office.folder / "files" / "photo.jpg").write_bytes(b"spoilt")
    assert sums(office.answer("backup")["file"]) != sums(made)  # negative control: the checksum sees one changed name

    office.answer("restore", made, "--yes")

    assert first_name(office) == before
    assert (office.folder / "files" / "photo.jpg").read_bytes() == b"a photo"
    assert sums(office.answer("backup")["file"]) == sums(made)
    assert office.answer("journal", "verify")["ok"]
    assert office.answer("figures", "--area", "530625") == figures


def test_verify_restores_into_a_copy_and_checks_its_books_and_its_journal(office):
    assert office.answer("backup", "verify", office.answer("backup")["file"])["ok"]
    before = first_name(office)

    office.run("UPDATE casework_need SET returns = returns + 1 WHERE id = (SELECT id FROM casework_need ORDER BY id LIMIT 1)")
    unlike = office.answer("backup")["file"]
    assert_refused(office.wanjia("backup", "verify", unlike), "与自己的经过不一致")
    assert_refused(office.wanjia("restore", unlike, "--yes"), "--as-it-is")
    office.answer("restore", unlike, "--yes", "--as-it-is")  # there may be no better one
    assert first_name(office) == before
    office.run("UPDATE casework_need SET returns = returns - 1 WHERE id = (SELECT id FROM casework_need ORDER BY id LIMIT 1)")
    assert office.answer("backup", "verify", office.answer("backup")["file"])["ok"]

    lift(office, "kernel_entry")
    office.run("UPDATE kernel_entry SET reason = '另一个理由' WHERE seq = 700")
    assert_refused(office.wanjia("backup", "verify", office.answer("backup")["file"]), "日志接不上")


def lift(office, table):
    """Drop a table's guard against changes."""
    place = f" ON {table}" if office.env["DATABASE_URL"].startswith("postgres") else ""
    office.run(f"DROP TRIGGER {table}_no_update{place}")


def test_a_backup_killed_midway_leaves_no_file_that_passes_for_one(office):
    made = office.answer("backup")["file"]
    running = office.start("backup")
    folder = Path(made).parent
    while running.poll() is None and not list(folder.glob(".wanjia-*")):
        time.sleep(0.01)
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert [str(file) for file in folder.glob("wanjia-*.backup")] == [made]
    for draft in folder.glob(".wanjia-*"):  # negative control: what was killed is there, and is no backup
        assert_refused(office.wanjia("backup", "verify", draft), "不是完整的备份")
    assert office.answer("backup", "verify", made)["ok"]
    assert_whole_apart(office.env)


def test_a_backup_holds_no_key(office):
    made = office.answer("backup")["file"]
    secrets = [key["secret"].encode() for key in json.loads(office.ring.read_text())["keys"].values()]
    bodies = entries(made).values()
    assert any("王".encode() in body for body in bodies)  # it is read, not looked at packed
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
    with zipfile.ZipFile(spoilt, "w") as out:
        for name, content in entries(made).items():
            changed = content.replace("王".encode(), "汪".encode()) if "person" in name else content
            out.writestr(name, gzip.compress(changed) if name.endswith(".gz") else changed)
    assert_refused(office.wanjia("backup", "verify", spoilt), "与清单不符")
    assert_refused(office.wanjia("restore", spoilt, "--yes"), "与清单不符")

    ring = json.loads(office.ring.read_text())
    ring["keys"]["k1"]["secret"] = "ab" * 32
    office.ring.write_text(json.dumps(ring))
    assert_refused(office.wanjia("restore", made, "--yes"), "另一个密钥环")
    assert first_name(office) == before


def test_another_offices_backup_and_an_older_one_are_refused(office):
    made = office.answer("backup")["file"]
    names = "at, kind, act, by_id, by_name, by_org, subject, subject_id, area_code, before, after, reason, detail, words_digest"
    office.run(f"INSERT INTO kernel_entry (seq, {names}, previous, digest) SELECT seq + 1, {names}, digest, 'x' FROM kernel_entry "
               "WHERE seq = (SELECT seq FROM kernel_head)")  # fmt: skip
    office.run("UPDATE kernel_head SET seq = seq + 1, digest = 'x'")
    assert_refused(office.wanjia("restore", made, "--yes"), "--older-on-purpose")
    assert_refused(office.wanjia("restore", made), "--yes")

    office.answer("restore", made, "--yes", "--older-on-purpose")
    lift(office, "kernel_entry")
    office.run("UPDATE kernel_entry SET digest = 'other' WHERE seq = 1")
    assert_refused(office.wanjia("restore", made, "--yes", "--older-on-purpose"), "另一个单位")


def assert_refused(outcome, words):
    code, printed = outcome
    assert code == 2
    assert words in printed
    assert "Traceback" not in printed


def beside(office):
    """Return whether a half-made copy lies beside the office."""
    if office.env["DATABASE_URL"].startswith("postgres"):
        return bool(office.run("SELECT 1 FROM pg_namespace WHERE nspname = ?", places.ROOM))
    return Path(f"{office.file}.restoring").exists()


@pytest.mark.parametrize("when", ["filling", "examining"])
def test_a_restore_killed_midway_leaves_the_last_good_state(office, when):
    made = office.answer("backup")["file"]
    tables = sorted(sums(made))
    change(office)
    running = office.start("restore", made, "--yes", stderr=subprocess.PIPE)
    reached = tables[len(tables) // 2] if when == "filling" else tables[-1]
    assert any(reached in line.decode() for line in running.stderr)  # it says each table that it has filled
    running.send_signal(signal.SIGKILL)
    running.wait()

    assert beside(office)  # negative control: it was killed before the swap, with its copy half made
    assert first_name(office) == "改过的"
    assert_whole_apart(office.env)
    office.answer("restore", made, "--yes")
    assert_whole_apart(office.env)
    assert first_name(office) != "改过的"
    assert not beside(office)


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
    """Erase one person; return the key and the name that is gone."""
    key, name = office.run("SELECT id, name FROM registry_person WHERE length(citizen_id) > 0 ORDER BY id LIMIT 1")[0]
    posts = "SELECT u.username FROM orgs_user u JOIN orgs_post p ON p.user_id = u.id WHERE p.role = ? AND p.to_on IS NULL ORDER BY 1 LIMIT 2"
    (auditor,), *_more = office.run(posts, "auditor")
    (one,), (other,) = office.run(posts, "ledger_office")[:1] + office.run(posts, "township_worker")[:1]
    ask = ("erase", key, "--reason", "本人依法申请删除个人信息", "--by", one, "--and")
    assert_refused(office.wanjia(*ask, one), "两个人")
    assert_refused(office.wanjia(*ask, other), "审计员")
    assert_refused(office.wanjia(*ask, auditor, input=f"{PASSWORD}\n\n不是这个\n\n"), "亲自在场")
    assert office.wanjia(*ask, auditor, input=f"{PASSWORD}\n\n" * 2)[0] == 0
    assert office.run("SELECT COUNT(*) FROM kernel_entry WHERE act = 'registry.erase_person'")[0][0] == 1
    assert office.answer("journal", "verify")["ok"]
    return key, name


def of(office, key):
    return office.run("SELECT name, length(citizen_id), citizen_index FROM registry_person WHERE id = ?", key)[0]


def test_what_was_erased_stays_erased_after_an_older_restore(office):
    made = office.answer("backup")["file"]
    key, name = erase_someone(office)
    assert of(office, key) == ("(已依法删除)", 0, None)

    office.answer("restore", made, "--yes", "--older-on-purpose")
    assert of(office, key) == ("(已依法删除)", 0, None)

    office.answer("backup")  # takes the list along: it lies beside the backups, and outlives a machine that is lost
    (office.folder / "erasures.jsonl").unlink()
    office.answer("restore", made, "--yes", "--older-on-purpose")
    assert of(office, key) == ("(已依法删除)", 0, None)

    (office.folder / "erasures.jsonl").unlink()  # negative control: without the register the restore brings the name back
    (Path(made).parent / "erasures.jsonl").unlink()
    office.answer("restore", made, "--yes", "--older-on-purpose")
    assert of(office, key)[0] == name
