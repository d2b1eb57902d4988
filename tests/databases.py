"""What `make test` asks on SQLite alone: `python -m tests.databases` says it to pytest, a file of tests a line.

A file runs on PostgreSQL too as soon as it races, locks, lays triggers, speaks SQL, counts questions or expects an error of the
database; so nobody keeps a list. Every act is done there, once and twice, every guard switched off and every address and form under
fire, whatever the files say (ON_POSTGRES in the Makefile). `make test-both` runs every file on both.
"""

import ast
import re
from pathlib import Path

from tests.house.test_whole import names_in

HOUSE = Path(__file__).resolve().parents[1]
# What only a database of its own kind answers: transactions and locks, guards, SQL, its errors, its ways to sort, count and search.
OWN = {
    "races", "transaction", "transactional_db", "select_for_update", "Thread", "ThreadPoolExecutor", "Popen", "apart", "prepared",
    "triggers", "lay", "lift", "sql", "cursor", "connection", "connections", "vendor", "raw", "RawSQL", "schema_editor",
    "MigrationExecutor", "IntegrityError", "DataError", "OperationalError", "ProgrammingError", "DatabaseError",
    "annotate", "aggregate", "Collate", "explain", "CaptureQueriesContext",
}  # fmt: skip
# What holds everything else up stands on both, whatever it asks.
SPINE = re.compile(r"tests/(?:promises|fuzz|house)/|test_(?:acts|migrations|bad_values|triggers|journal|figures|checking|overlap|live|erasure)\.py$")
# Simulated years, whole restores and other programs' commands: long, and begun in a database of their own that is SQLite's.
LONG = {
    "tests/promises/test_year.py", "tests/promises/test_village_year.py", "wanjia/casework/tests/test_simulating.py",
    "wanjia/site/tests/test_simulate.py",
}  # fmt: skip


def own(source):
    """Return what a file of tests asks of the database's own kind."""
    tree = ast.parse(source)
    said = names_in(tree) | {one.arg for one in ast.walk(tree) if isinstance(one, ast.keyword)}
    said |= {alias.name for one in ast.walk(tree) if isinstance(one, ast.Import | ast.ImportFrom) for alias in one.names}
    return said & OWN


def same_anywhere():
    """Return the files of tests that ask the same of any database."""
    files = {path.relative_to(HOUSE).as_posix(): path for folder in ("wanjia", "tests") for path in (HOUSE / folder).rglob("test_*.py")}
    return sorted(LONG | {name for name, path in files.items() if not SPINE.search(name) and not own(path.read_text(encoding="utf-8"))})


if __name__ == "__main__":
    print("\n".join(f"--ignore={name}" for name in same_anywhere()))
