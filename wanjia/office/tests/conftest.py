"""An office of its own to back up, restore, upgrade and move: commands run in processes, as they do for a keeper."""

import contextlib
import gzip
import json
import lzma
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests import postgres

HOUSE = Path(__file__).resolve().parents[3]
FIXTURES = Path(__file__).parent / "fixtures"


class Office:
    """The demo office of 0.1.0 (commit 8ef0cb9), unpacked in a folder."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.file = folder / "wanjia.sqlite3"
        self.file.write_bytes(lzma.decompress((FIXTURES / "office-0.1.0.sqlite3.xz").read_bytes()))
        self.ring = folder / "keyring.json"
        shutil.copy(FIXTURES / "office-0.1.0.keyring.json", self.ring)
        (folder / "files").mkdir()
        (folder / "files" / "photo.jpg").write_bytes(b"a photo")
        self.env = {**os.environ, "WANJIA_VAR": str(folder), "WANJIA_KEYRING": str(self.ring), "PYTHONPATH": str(HOUSE),
                    "DATABASE_URL": f"sqlite:///{self.file}", "WANJIA_SECRET_KEY": "only-for-tests"}  # fmt: skip

    @property
    def on_postgres(self):
        return self.env["DATABASE_URL"].startswith("postgres")

    def run(self, statement, *values):
        """Run a statement behind every guard; return its rows, if it has any. `?` stands for a value."""
        if self.on_postgres:
            with psycopg.connect(self.env["DATABASE_URL"]) as raw:
                cursor = raw.execute(statement.replace("?", "%s"), values)
                return cursor.fetchall() if cursor.description else []
        with contextlib.closing(sqlite3.connect(self.file)) as raw, raw:
            return raw.execute(statement, values).fetchall()

    def wanjia(self, *words, **more):
        """Run `wanjia …`; return (exit code, what it printed on both streams)."""
        done = subprocess.run([sys.executable, "-m", "wanjia.site.cli", *map(str, words)], env=self.env, cwd=HOUSE,
                              capture_output=True, text=True, timeout=1200, **more)  # fmt: skip
        return done.returncode, done.stdout + done.stderr

    def answer(self, *words):
        """Run `wanjia … --json`, which must do it; return the answer."""
        code, printed = self.wanjia(*words, "--json")
        assert code == 0, printed
        return json.loads(printed.strip().splitlines()[-1])

    def start(self, *words, stderr=subprocess.DEVNULL):
        """Start `wanjia …` and return the process."""
        return subprocess.Popen([sys.executable, "-m", "wanjia.site.cli", *map(str, words)], env=self.env, cwd=HOUSE,
                                stdout=subprocess.DEVNULL, stderr=stderr)  # fmt: skip


def entries(file):
    """Return {name: bytes} of what lies in a backup, its tables' blocks unpacked."""
    with zipfile.ZipFile(file) as box:
        return {name: gzip.decompress(box.read(name)) if name.endswith(".gz") else box.read(name) for name in box.namelist()}


@pytest.fixture(scope="session")
def server():
    """A PostgreSQL of these tests' own; only when the suite runs on PostgreSQL."""
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    with postgres.server() as running:
        yield running


@pytest.fixture(scope="session")
def moved(upgraded, tmp_path_factory, request):
    """On PostgreSQL: a copy of the upgraded office moved there once, to be copied by `office`; on SQLite None."""
    if connection.vendor != "postgresql":
        return None
    server, leaving = request.getfixturevalue("server"), Office(tmp_path_factory.mktemp("leaving") / "office")
    shutil.copy(upgraded.file, leaving.file)
    leaving.answer("move", "--to", fresh_database(server, "moved"))
    return server


def fresh_database(server, name, template="template0"):
    """Make a database of that name; return its URL."""
    with psycopg.connect(server.url, autocommit=True) as raw:
        raw.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return server.url.rsplit("/", 1)[0] + f"/{name}"


@pytest.fixture(scope="session")
def then(tmp_path_factory, request):
    """On PostgreSQL: the office of 0.1.0 as it would stand there, to be copied by `old_office`; on SQLite None.

    Its tables are made by the migrations of that age and proved equal to the fixture's rows; its guards were laid by 0.1.0 itself.
    """
    if connection.vendor != "postgresql":
        return None
    server, made = request.getfixturevalue("server"), Office(tmp_path_factory.mktemp("then") / "office")
    backup = made.answer("backup")["file"]
    made.env["DATABASE_URL"] = fresh_database(server, "then")
    carry = f"import django; django.setup(); from wanjia.office.backing.commands import restore; restore({backup!r}, forward=False)"
    subprocess.run([sys.executable, "-c", carry], env=made.env | {"DJANGO_SETTINGS_MODULE": "wanjia.site.settings"}, cwd=HOUSE, check=True)
    with psycopg.connect(made.env["DATABASE_URL"]) as raw:
        raw.execute((FIXTURES / "office-0.1.0.triggers.sql").read_text())
    return server


@pytest.fixture
def old_office(tmp_path, then):
    """An office as 0.1.0 left it, on the database the suite runs on."""
    made = Office(tmp_path / "office")
    if then is not None:
        made.env["DATABASE_URL"] = fresh_database(then, f"then_{secrets.token_hex(4)}", "then")
        made.file.unlink()
    return made


@pytest.fixture(scope="session")
def upgraded(tmp_path_factory):
    """The same office at today's schema; copied by `office`."""
    made = Office(tmp_path_factory.mktemp("upgraded") / "office")
    code, printed = made.wanjia("upgrade")
    assert code == 0, printed
    return made


@pytest.fixture
def sqlite_office(upgraded, tmp_path):
    """An office at today's schema, on SQLite."""
    made = Office(tmp_path / "office")
    shutil.copy(upgraded.file, made.file)
    return made


@pytest.fixture
def office(sqlite_office, moved):
    """An office at today's schema, on the database the suite runs on."""
    if moved is not None:
        sqlite_office.env["DATABASE_URL"] = fresh_database(moved, f"office_{secrets.token_hex(4)}", "moved")
        sqlite_office.file.unlink()
    return sqlite_office
