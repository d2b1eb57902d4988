"""Nothing stops everybody: while an import reads, judges, rests, and (row by row locked) writes, others have their turn."""

import contextlib
import itertools
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import date

import pytest
from django.db import OperationalError, close_old_connections, connection, transaction

from benchmarks import bench_live
from wanjia.casework.tests.factories import MONDAY, World
from wanjia.kernel import journal
from wanjia.registry.applying import commands as applying
from wanjia.registry.households import commands as homes
from wanjia.registry.importing import brought, commands, pace
from wanjia.registry.models import Person, Upload
from wanjia.registry.tests.factories import number

HEADER = "户编号,姓名,身份证号,与户主关系,村(社区)"
ROWS = 12
pytestmark = pytest.mark.slow


@pytest.fixture
def world(races):
    return World()


def workbook(first="T"):
    lines = [f"{first}{n:03d},何{'甲乙丙丁'[n % 4]},{number(date(1980, 1, 1 + n), 11)},户主,大同村" for n in range(ROWS)]
    return "\n".join([HEADER, *lines]).encode()


def sent(world, body=None):
    who = {"by": world.clerk, "at": MONDAY}
    upload = commands.receive_upload(template="household", name="户.csv", body=body or workbook(), **who)
    return commands.forecast_upload(commands.judge_upload(upload, **who), **who), who


def confirmed(world, body=None):
    upload, who = sent(world, body)
    return commands.confirm_upload(upload_id=upload.pk, **who), who


class Neighbour:
    """Somebody else, on a connection that waits for nobody: told at once when anything is locked."""

    def __init__(self, world):
        self.world, self.turns, self.stopped = world, 0, []

    def act(self):
        """Record a need in a thread of one's own."""
        one = threading.Thread(target=self._act)
        one.start()
        one.join()

    def _act(self):
        try:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA busy_timeout = 0" if connection.vendor == "sqlite" else "SET lock_timeout = '200ms'")
            self.world.need()
            self.turns += 1
        except OperationalError as error:
            self.stopped.append(str(error))
        finally:
            connection.close()
            close_old_connections()


@pytest.fixture
def neighbour(world):
    return Neighbour(world)


def watch(monkeypatch, place, name, neighbour):
    """Let the neighbour act each time that `place.name` is called."""
    real = getattr(place, name)

    def watched(*args, **what):
        neighbour.act()
        return real(*args, **what)

    monkeypatch.setattr(place, name, watched)


def test_while_it_judges_nothing_is_locked(world, neighbour, monkeypatch):
    watch(monkeypatch, commands, "staged_row", neighbour)
    upload, _who = sent(world)
    assert (upload.rows_ok, neighbour.turns, neighbour.stopped) == (ROWS, ROWS, [])


def test_while_it_rests_nothing_is_locked(world, neighbour, monkeypatch):
    monkeypatch.setattr(pace, "FIRST", 1)
    monkeypatch.setattr(pace, "MOST", 1)
    upload, who = confirmed(world)
    watch(monkeypatch, pace.Pace, "rest", neighbour)
    assert applying.apply_upload(upload, **who).state == "applied"
    assert neighbour.turns > ROWS, "it did not rest between its chunks"
    assert neighbour.stopped == []
    assert Person.objects.filter(memberships__household__number__startswith="T").count() == ROWS
    assert journal.verify()[1] is None


def test_a_rest_inside_a_transaction_is_felt(world, neighbour, monkeypatch):
    """Negative control: the whole import in one transaction."""
    monkeypatch.setattr(pace, "FIRST", 1)
    monkeypatch.setattr(pace, "MOST", 1)
    upload, who = confirmed(world)
    watch(monkeypatch, pace.Pace, "rest", neighbour)
    with transaction.atomic():
        applying.apply_upload(upload, **who)
    assert neighbour.stopped


# A process of its own that never waits: it takes the one lock of the house whenever it is free, and notes how far the import stood.
PASSER_BY = """
import contextlib, sqlite3, sys, threading, time
house, stop, seen = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None), threading.Event(), set()
threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
print("ready", flush=True)
while not stop.is_set():
    with contextlib.suppress(sqlite3.OperationalError):
        house.execute("BEGIN IMMEDIATE")
        seen |= {done for (done,) in house.execute("SELECT done FROM registry_upload")}
        house.execute("ROLLBACK")
    time.sleep(0.002)
print(*seen)
"""


@contextlib.contextmanager
def passing_by():
    """Yields how far the import stood each time that another process had the lock: filled when the block is over."""
    order, stood = [sys.executable, "-c", PASSER_BY, str(connection.settings_dict["NAME"])], set()
    with subprocess.Popen(order, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "ready\n"
        yield stood
        stood |= {int(done) for done in process.communicate()[0].split()} - {0, ROWS}


@pytest.mark.parametrize("at_once", [False, pytest.param(True, id="negative control: all of it in one transaction")])
def test_another_process_has_its_turns_while_an_import_is_written(world, monkeypatch, at_once):
    if connection.vendor != "sqlite":
        pytest.skip("on SQLite one lock is for all; PostgreSQL's rows are asked below")
    monkeypatch.setattr(pace, "FIRST", 1)
    monkeypatch.setattr(pace, "MOST", 1)
    upload, who = confirmed(world)
    with passing_by() as stood, transaction.atomic() if at_once else contextlib.nullcontext():
        applying.apply_upload(upload, **who)
    assert len(stood) == 0 if at_once else len(stood) > ROWS // 2


def test_while_a_chunk_is_written_the_journal_is_free(world, neighbour, monkeypatch):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one lock for all: there the chunks are short")
    upload, who = confirmed(world)
    watch(monkeypatch, homes, "_write", neighbour)
    applying.apply_upload(upload, **who)
    assert neighbour.turns
    assert neighbour.stopped == []


def test_a_journal_written_early_is_felt(world, neighbour, monkeypatch):
    """Negative control: the head row locked when the chunk begins, as it was."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one lock for all")
    upload, who = confirmed(world)
    watch(monkeypatch, homes, "_write", neighbour)
    real = brought.imports()["household"]

    def early(rows, upload, by, at):
        journal._chain([_line(upload, by, at)])
        return real.apply(rows, upload, by, at)

    monkeypatch.setitem(brought.imports(), "household", replace(real, apply=early))
    applying.apply_upload(upload, **who)
    assert any("lock timeout" in said for said in neighbour.stopped)


def _line(upload, by, at):
    held, connection.lines_held = connection.lines_held, []
    line = journal.record(act="upload.test", subject=upload, by=by, at=at)
    connection.lines_held = held
    return line


@pytest.mark.parametrize(
    ("cost", "most"), [pytest.param(0.01, 12, id="slow rows: few a time"), pytest.param(0.00001, 1000, id="quick rows: many")]
)
def test_a_chunk_is_as_large_as_the_time_of_its_locks_allows(monkeypatch, cost, most):
    clock = [0.0]
    monkeypatch.setattr(pace.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(pace.time, "thread_time", lambda: 0.0)
    one, sizes = pace.Pace(), []
    for _turn in range(12):
        one._watch(lambda *_what: None, "SELECT 1", None, False, None)
        clock[0] += 5  # looking keeps nobody waiting
        one._watch(lambda *_what: None, "UPDATE something", None, False, None)
        clock[0] += 0.001 + cost * one.rows
        sizes.append(one.rows)
        one.took(one.rows)
        one._locked = None
    assert max(sizes[1:]) <= most
    assert sizes[-1] >= most // 12
    assert all(after <= 2 * before for before, after in itertools.pairwise(sizes)), "one quick chunk proves little"


def test_it_looks_at_no_more_than_it_can_soon_write(monkeypatch):
    """What it looked at must still hold when it writes: who looks long at a busy register is refused again and again."""
    spent = [0.0]
    monkeypatch.setattr(pace.time, "thread_time", lambda: spent[0])
    one = pace.Pace()
    for _turn in range(12):
        with one.holding():
            one._locked = pace.time.monotonic()
            spent[0] += 0.005 * one.rows
        one.took(one.rows)
    assert 8 < one.rows <= pace.LOOK / 0.005


def test_it_rests_as_long_as_it_worked(monkeypatch):
    clock, slept = [0.0], []
    monkeypatch.setattr(pace.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(pace.time, "sleep", slept.append)
    one = pace.Pace()
    for work in (0.5, 0.0, 60):
        clock[0] += work
        one.rest()
    assert slept == [0.5, pace.REST[connection.vendor], pace.TOO_LONG]


def measured(beside):
    """Return what the bench would measure: a note takes 10 ms in the quiet and without the job, `beside` seconds beside it."""
    quiet = {"add a note": [0.01] * 20}
    return {"quiet": [quiet, 1, quiet], "writing": [{"add a note": [beside] * 20}, 1, quiet]}


@pytest.mark.parametrize(("beside", "says"), [(0.019, None), (0.021, "writing: add a note × 2.10")])
def test_the_bench_fails_when_an_act_waits_more_than_twice_as_long(monkeypatch, beside, says):
    monkeypatch.setattr("sys.argv", ["bench_live", "--only", "sqlite"])
    monkeypatch.setattr(bench_live, "apart", lambda *_what: measured(beside))
    if says is None:
        bench_live.main()
    else:
        with pytest.raises(SystemExit, match=says) as ended:
            bench_live.main()
        assert ended.value.code != 0


@pytest.mark.django_db
def test_its_locks_are_counted_from_the_first_statement_that_writes(world):
    one = pace.Pace()
    with transaction.atomic(), one.holding():
        Upload.objects.first()
        assert one._locked is None
        Upload.objects.update(done=0)
        assert one._locked is not None
