"""What `make test` asks on SQLite alone: `python -m tests.databases` says it to pytest, a file or a walk a line.

A file runs on PostgreSQL too as soon as it races, locks, lays triggers, speaks SQL, counts questions or expects an error of the
database; so nobody keeps a list. Every act is done there, once and twice, every guard switched off and every address and form under
fire, whatever the files say (ON_POSTGRES in the Makefile). `make test-both` runs every file on both.
"""

import ast
import functools
import re
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
# What only a database of its own kind answers: transactions and locks, guards, SQL, its errors, its ways to sort, count and search.
OWN = {
    "races", "transaction", "transactional_db", "select_for_update", "Thread", "ThreadPoolExecutor", "Popen", "apart", "prepared",
    "triggers", "lay", "lift", "sql", "cursor", "connection", "connections", "vendor", "raw", "RawSQL", "schema_editor",
    "MigrationExecutor", "IntegrityError", "DataError", "OperationalError", "ProgrammingError", "DatabaseError",
    "annotate", "aggregate", "Collate", "explain", "CaptureQueriesContext",
}  # fmt: skip
# What says a name, by the field that says it.
KINDS = {ast.Name: "id", ast.Attribute: "attr", ast.arg: "arg", ast.keyword: "arg"}
# What holds everything else up stands on both, whatever it asks.
SPINE = re.compile(r"tests/(?:promises|fuzz|house)/|test_(?:acts|migrations|bad_values|triggers|journal|figures|checking|overlap|live|erasure)\.py$")
# Simulated years live in a database of their own, which is SQLite's; the search for collusion asks what rules say, act by act.
LONG = {
    "tests/promises/test_collusion.py", "tests/promises/test_collusion_bounds.py", "tests/promises/test_year.py", "tests/promises/test_village_year.py", "wanjia/casework/tests/test_simulating.py",
    "wanjia/site/tests/test_simulate.py",
}  # fmt: skip

# Long walks in files that ask it much else: what they ask of it is asked there by others.
WALKS = {
    "tests/promises/test_install.py::test_serving_is_refused_where_it_would_lose_or_leak",
    "wanjia/care/tests/test_attacked_leaks.py::test_no_post_reads_a_child_s_name_without_a_line",
    "wanjia/office/tests/test_retention_apart.py::test_a_list_that_was_taken_back_is_not_carried_out_by_a_restore",
    "wanjia/office/tests/test_retention_apart.py::test_what_a_later_round_spared_is_not_carried_out_by_a_restore",
    "wanjia/office/tests/test_retention_apart.py::test_what_is_not_over_in_the_copy_is_left_alone",
    "wanjia/site/tests/test_faults.py::test_every_page_is_read_on_a_full_disk",
}


def own(source):
    """Return what a file of tests asks of the database's own kind: its names, arguments, imports, and the fixtures that `usefixtures` names."""
    return {word for one in ast.walk(ast.parse(source)) for word in _said(one)} & OWN


def _said(node):
    if isinstance(node, ast.Call):
        return [arg.value for arg in node.args if isinstance(arg, ast.Constant)] if getattr(node.func, "attr", "") == "usefixtures" else []
    if isinstance(node, ast.Import | ast.ImportFrom):
        return [alias.name for alias in node.names]
    return [getattr(node, KINDS[type(node)])] if type(node) in KINDS else []


@functools.cache
def same_anywhere():
    """Return the files of tests that ask the same of any database."""
    files = {path.relative_to(HOUSE).as_posix(): path for folder in ("wanjia", "tests") for path in (HOUSE / folder).rglob("test_*.py")}
    return sorted(LONG | {name for name, path in files.items() if not SPINE.search(name) and not own(path.read_text(encoding="utf-8"))})


if __name__ == "__main__":
    print("\n".join([*(f"--ignore={name}" for name in same_anywhere()), *(f"--deselect={name}" for name in sorted(WALKS))]))
