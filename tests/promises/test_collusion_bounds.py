"""What the search of collusion.py covers, measured: every command is done once and its writing watched; so is the search's reading.

A command that writes a table which a rule or a figure of a need reads is an act of the search, or stands in APART with the
reason why it cannot make the household's word. A new command, or a rule that reads a new table, breaks this.
"""

import ast
import inspect
import re
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from tests.house.acts import ACTS, World, actor
from wanjia.kernel.command import COMMANDS

from . import collusion, collusion_acts
from .collusion_acts import APART, BESIDE
from .test_collusion import Scene

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TABLE = re.compile(r'"((?:casework|orgs|kernel|registry|reporting|office)_\w+)"')
WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"(\w+)"', re.IGNORECASE)


@contextmanager
def watched():
    """Collect the tables that are read and written inside: a pair of sets."""
    read, written = set(), set()

    def note(execute, sql, params, many, context):
        if change := WRITES.match(sql):
            written.add(change[1])
        elif sql.lstrip().upper().startswith("SELECT"):
            read.update(TABLE.findall(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield read, written


def searched():
    """Return the names of the commands that the search's own sources call: read from them, not listed."""
    called = {
        call.func.id
        for source in (collusion, collusion_acts)
        for call in ast.walk(ast.parse(inspect.getsource(source)))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
    }
    found = {source.__dict__.get(name) for source in (collusion, collusion_acts) for name in called}
    return {act.command for act in found if hasattr(act, "command")}


def read_by_the_search():
    """Return every table that acts and figures read in a cut of the search, from three beginnings."""
    tables = set()
    for crew, start in (("township", "triaged"), ("bureau", "done_reported"), ("office", "declined")):
        with transaction.atomic():
            scene = Scene(crew, start)
            with watched() as (read, _written):
                scene.search(depth=1, quick=False)
            tables |= read
            transaction.set_rollback(True)
    return tables - set(BESIDE)


def written_by(name, world):
    """Return the tables that a command writes when it is done rightly once."""
    act = ACTS[name]
    what = act.make(world)
    with watched() as (_read, written):
        COMMANDS[name](by=actor(world, act.by), at=act.at, **what)
    return written


def test_every_command_that_can_change_what_the_search_reads_is_searched_or_set_apart():
    reads, open_ones, world = read_by_the_search(), {}, World()
    assert {"casework_need", "casework_step", "casework_slip", "casework_support", "orgs_post"} <= reads
    for name in sorted(ACTS):
        with transaction.atomic():
            touched = written_by(name, world) & reads
            transaction.set_rollback(True)
        if touched and name not in searched() and name not in APART:
            open_ones[name] = sorted(touched)
    assert open_ones == {}, "neither an act of the search nor set apart with a reason"


def test_every_command_has_its_entry_so_that_none_escapes():
    assert set(ACTS) == {name for name in COMMANDS if not name.startswith("tests.")}


def test_nothing_is_set_apart_that_is_searched_or_gone():
    assert set(APART) & searched() == set()
    assert set(APART) <= set(COMMANDS)
    assert {name for name in COMMANDS if name.startswith("casework.")} - searched() <= set(APART)
    assert all(len(reason) > 20 for reason in APART.values())
    assert len(searched()) >= 20


def test_a_command_that_nobody_listed_is_noticed(monkeypatch):
    """Negative control: with one line of APART missing the comparison names the command and the table."""
    monkeypatch.delitem(APART, "casework.record_need")
    assert "casework.record_need" not in searched()
    assert "casework_need" in written_by("casework.record_need", World())


def test_a_searched_command_that_is_dropped_is_noticed(monkeypatch):
    """Negative control: a search that no longer tried to call back would leave that command open."""
    monkeypatch.setattr(collusion_acts, "call_back", lambda **what: None)
    assert "casework.call_back" not in searched()
