"""An office moves from SQLite to PostgreSQL and is the same there; backups cross from one to the other and back."""

import json
import zipfile

import pytest

from .conftest import fresh_database

pytestmark = pytest.mark.proof


def sums(file):
    with zipfile.ZipFile(file) as box:
        return json.loads(box.read("manifest.json"))["tables"]


def test_the_office_is_the_same_on_postgresql(sqlite_office, server):
    office, url = sqlite_office, fresh_database(server, "the_same")
    here, figures = sums(office.answer("backup")["file"]), office.answer("figures", "--area", "530625")
    assert office.answer("move", "--to", url)["rows"] > 10_000

    office.env["DATABASE_URL"] = url
    made = office.answer("backup")["file"]

    assert sums(made) == here
    assert office.answer("journal", "verify")["ok"]
    assert office.answer("check")["differences"] == 0
    assert office.answer("figures", "--area", "530625") == figures
    office.env["DATABASE_URL"] = f"sqlite:///{office.file}"  # and back: a backup of one is restored onto the other
    office.answer("restore", made, "--yes")
    assert sums(office.answer("backup")["file"]) == here
    office.run("UPDATE registry_person SET name = '改过的' WHERE id = (SELECT MIN(id) FROM registry_person)")
    assert sums(office.answer("backup")["file"]) != here  # negative control: one changed name is seen


def test_a_database_in_use_is_not_moved_into(sqlite_office, server):
    url, before = fresh_database(server, "in_use"), sqlite_office.file.read_bytes()
    sqlite_office.answer("move", "--to", url)
    assert "已经搬走了" in sqlite_office.wanjia("move", "--to", fresh_database(server, "again"))[1]
    sqlite_office.file.write_bytes(before)  # another office, that has not moved yet
    code, printed = sqlite_office.wanjia("move", "--to", url)
    assert (code, "已经有数据" in printed) == (2, True)
