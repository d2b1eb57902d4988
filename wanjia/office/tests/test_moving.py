"""An office moves from SQLite to PostgreSQL and is the same there; backups cross from one to the other and back."""

import json
import zipfile

import pytest
from django.db import connection

from tests import postgres

pytestmark = pytest.mark.proof


@pytest.fixture
def server():
    """A PostgreSQL of this test's own; only when the suite runs on PostgreSQL."""
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    with postgres.server() as running:
        yield running


def sums(file):
    with zipfile.ZipFile(file) as box:
        return json.loads(box.read("manifest.json"))["tables"]


def test_the_office_is_the_same_on_postgresql(office, server):
    here = sums(office.answer("backup")["file"])
    assert office.answer("move", "--to", server.url)["rows"] > 20_000

    office.env["DATABASE_URL"] = server.url
    made = office.answer("backup")["file"]

    assert sums(made) == here
    assert office.answer("journal", "verify")["ok"]
    assert office.answer("figures", "--area", "530625")["figures"]
    office.answer("restore", made, "--yes")
    assert sums(office.answer("backup")["file"]) == here


def test_a_database_in_use_is_not_moved_into(office, server):
    office.answer("move", "--to", server.url)
    code, printed = office.wanjia("move", "--to", server.url)
    assert (code, "已经有数据" in printed) == (2, True)
