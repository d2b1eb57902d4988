"""What `make test` asks on SQLite alone (SAME_ANYWHERE in the Makefile) asks the database nothing of its own.

A new file of tests runs on both databases; to leave it out on PostgreSQL somebody writes it into the list, and then it may not
race, lock, lay triggers, speak SQL or expect an error of the database. `make test-both` runs every file on both.
"""

import ast
import re
from pathlib import Path

import pytest

from .test_whole import names_in

HOUSE = Path(__file__).resolve().parents[2]
LISTED = re.search(r"SAME_ANYWHERE := ((?:.*\\\n)*.*)", (HOUSE / "Makefile").read_text(encoding="utf-8"))[1].replace("\\\n", " ").split()
# What only a database of its own kind answers: transactions and locks, guards, SQL, its errors, its ways to sort, count and search.
OWN = {
    "races", "transaction", "transactional_db", "select_for_update", "Thread", "ThreadPoolExecutor", "Popen", "apart", "prepared",
    "triggers", "lay", "lift", "sql", "cursor", "connection", "connections", "vendor", "raw", "RawSQL", "schema_editor",
    "MigrationExecutor", "IntegrityError", "DataError", "OperationalError", "ProgrammingError", "DatabaseError",
    "annotate", "aggregate", "Collate", "explain", "CaptureQueriesContext",
}  # fmt: skip


def own(source):
    """Return what a file of tests asks of the database's own kind."""
    tree = ast.parse(source)
    said = names_in(tree) | {one.arg for one in ast.walk(tree) if isinstance(one, ast.keyword)}
    said |= {alias.name for one in ast.walk(tree) if isinstance(one, ast.Import | ast.ImportFrom) for alias in one.names}
    return said & OWN


@pytest.mark.parametrize("path", LISTED)
def test_what_is_asked_on_one_database_alone_asks_nothing_of_its_own(path):
    assert own((HOUSE / path).read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(("source", "what"), [
    ("@pytest.mark.django_db(transaction=True)\ndef test_a(): pass", "transaction"), ("def test_a(races): pass", "races"),
    ("from django.db import IntegrityError", "IntegrityError"), ("@pytest.mark.usefixtures('apart')\ndef test_a(): pass", "apart"),
    ("Need.objects.raw('x')", "raw"),
])  # fmt: skip
def test_what_asks_it_is_met(source, what):
    """Negative control."""
    assert own(source) == {what}


def test_what_holds_the_spine_stays_on_both():
    assert not {path for path in LISTED if re.search(r"test_(acts|migrations|bad_values|triggers|journal|figures|checking|overlap|live)\.py", path)}
