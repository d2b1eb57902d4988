"""What `make test` asks on SQLite alone (tests/databases.py) asks the database nothing of its own."""

import pytest

from tests.databases import HOUSE, LONG, SPINE, WALKS, own, same_anywhere


def test_what_is_asked_on_one_database_alone_asks_nothing_of_its_own():
    alone = same_anywhere()
    assert len(alone) > 100
    assert {path for path in alone if path not in LONG and own((HOUSE / path).read_text(encoding="utf-8"))} == set()


@pytest.mark.parametrize(("source", "what"), [
    ("@pytest.mark.django_db(transaction=True)\ndef test_a(): pass", "transaction"), ("def test_a(races): pass", "races"),
    ("from django.db import IntegrityError", "IntegrityError"), ("@pytest.mark.usefixtures('apart')\ndef test_a(): pass", "apart"),
    ("Need.objects.raw('x')", "raw"),
])  # fmt: skip
def test_what_asks_it_is_met(source, what):
    """Negative control."""
    assert own(source) == {what}


def test_each_walk_that_is_left_out_is_one():
    assert [name for name in WALKS if f"def {name.split('::')[1]}(" not in (HOUSE / name.split("::")[0]).read_text(encoding="utf-8")] == []


def test_what_holds_the_spine_stays_on_both():
    assert not {path for path in same_anywhere() if SPINE.search(path)} - LONG
    assert {"tests/promises/test_overlap.py", "wanjia/kernel/tests/test_triggers.py", "tests/house/test_acts.py"}.isdisjoint(same_anywhere())
