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
from wanjia.registry.importing import brought, commands, pace, progress, resuming
from wanjia.registry.models import Household, Person, Upload
from wanjia.registry.tests.factories import number
from wanjia.verdict import Conflict, Refused

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


def together(*acts):
    """Do acts at the same moment, each in a thread; return what each answered or raised."""
    answers, start = [None] * len(acts), threading.Barrier(len(acts))

    def run(place, act):
        try:
            start.wait()
            answers[place] = act()
        except Exception as error:
            answers[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(acts)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return answers


def meeting(monkeypatch, parties=2):
    """Let two chunks look at the register at the same moment, before either writes: the first time only."""
    gate, real, met = threading.Barrier(parties), homes.plan_rows, threading.local()

    def plan_rows(rows, **what):
        plan = real(rows, **what)
        if not getattr(met, "once", False):
            met.once = True
            gate.wait(30)
        return plan

    monkeypatch.setattr(homes, "plan_rows", plan_rows)


def both_confirmed(world, monkeypatch):
    """One file sent twice and both confirmed, as two offices may whose files differ by a byte."""
    with monkeypatch.context() as patch:
        patch.setattr(commands.rules, "taken", lambda _upload, _same: None)
        return confirmed(world), confirmed(world)


def test_one_file_sent_twice_and_written_at_once_by_two_is_written_once(world, monkeypatch):
    (first, who), (second, _who) = both_confirmed(world, monkeypatch)
    meeting(monkeypatch)
    answers = together(lambda: applying.apply_upload(first, **who), lambda: applying.apply_upload(second, **who))
    assert [getattr(one, "state", one) for one in answers] == ["applied", "applied"]
    assert Household.objects.filter(number__startswith="T").count() == ROWS
    assert Person.objects.filter(memberships__household__number__startswith="T").count() == ROWS
    assert journal.verify()[1] is None


def test_without_a_second_look_the_two_collide(world, monkeypatch):
    """Negative control: the first try is the last."""
    monkeypatch.setattr(applying, "TRIES", 1)
    monkeypatch.setattr(applying, "looking_first", pace.looking_first)
    if connection.vendor == "sqlite":
        pytest.skip("with its one lock taken at once SQLite lets nobody look while another writes")
    (first, who), (second, _who) = both_confirmed(world, monkeypatch)
    meeting(monkeypatch)
    answers = together(lambda: applying.apply_upload(first, **who), lambda: applying.apply_upload(second, **who))
    assert any("duplicate key" in str(one) for one in answers)


def test_confirmed_twice_at_once_one_works_and_the_other_is_told(world):
    upload, who = sent(world)
    answers = together(*[lambda: commands.confirm_upload(upload_id=upload.pk, **who)] * 2)
    assert sum(isinstance(one, Upload) for one in answers) == 1
    assert sum(isinstance(one, Refused | Conflict) for one in answers) == 1


def test_a_run_that_was_replaced_writes_nothing_more(world, monkeypatch):
    monkeypatch.setattr(pace, "FIRST", 1)
    upload, who = confirmed(world)
    real, other = pace.Pace.rest, []

    def replaced(self):
        if not other:
            other.append(Upload.objects.filter(pk=upload.pk).update(run="another"))
        real(self)

    monkeypatch.setattr(pace.Pace, "rest", replaced)
    with pytest.raises(commands.Stopped, match="已由另一个进程接着处理"):
        applying.apply_upload(upload, **who)
    assert Household.objects.filter(number__startswith="T").count() == 1
    monkeypatch.setattr(pace.Pace, "rest", real)
    assert applying.apply_upload(Upload.objects.get(pk=upload.pk), **who).done == ROWS


def test_a_chunk_undone_at_its_end_is_written_again(world, monkeypatch):
    monkeypatch.setattr(pace, "FIRST", 2)
    monkeypatch.setattr(pace, "MOST", 2)
    upload, who = confirmed(world)
    real, calls = journal._chain, []

    def chain(entries):
        calls.append(1)
        if len(calls) in (1, 3, 4):
            raise OperationalError("database is locked")
        real(entries)

    monkeypatch.setattr(journal, "_chain", chain)
    assert applying.apply_upload(upload, **who).done == ROWS
    assert Household.objects.filter(number__startswith="T").count() == ROWS


def test_a_run_begins_each_chunk_behind_the_last(world, monkeypatch):
    """Walking over all that is done, once for each chunk, would make a large import slower and slower."""
    monkeypatch.setattr(pace, "FIRST", 4)
    monkeypatch.setattr(pace, "MOST", 4)
    upload, who = confirmed(world)
    real, begun = applying.chunks, []

    def chunks(rows, size, after, together):
        begun.append(after)
        return real(rows, size, after, together)

    monkeypatch.setattr(applying, "chunks", chunks)
    applying.apply_upload(upload, **who)
    assert begun == sorted(set(begun))
    assert len(begun) >= ROWS // 4


def said(answer):
    """Return the sentence of a conflict, or what came instead."""
    return str(answer.reason) if isinstance(answer, Conflict) else answer


def test_one_file_confirmed_twice_at_once_is_told_who_and_when(world):
    (first, who), (second, _who) = sent(world), sent(world)
    answers = together(*[lambda pk=one.pk: commands.confirm_upload(upload_id=pk, **who) for one in (first, second)])
    told = [said(one) for one in answers if isinstance(one, Conflict)]
    assert sum(isinstance(one, Upload) for one in answers) == 1
    assert len(told) == 1
    assert told[0].startswith("同一个文件,细沙乡人民政府王台账已在 2026-11-02 09:00 确认导入")


def test_confirming_again_says_who_and_when(world):
    upload, who = confirmed(world)
    with pytest.raises(Conflict, match="细沙乡人民政府王台账已在 2026-11-02 09:00 确认导入这份表"):
        commands.confirm_upload(upload_id=upload.pk, **who)


def test_the_same_file_may_be_confirmed_once_the_first_is_written(world):
    (first, who), (second, _who) = sent(world), sent(world)
    applying.apply_upload(commands.confirm_upload(upload_id=first.pk, **who), **who)
    assert commands.confirm_upload(upload_id=second.pk, **who).state == "applying"


def test_without_looking_at_who_is_at_it_both_are_confirmed(world, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(commands.rules, "taken", lambda _upload, _same: None)
    (first, who), (second, _who) = sent(world), sent(world)
    answers = together(*[lambda pk=one.pk: commands.confirm_upload(upload_id=pk, **who) for one in (first, second)])
    assert [getattr(one, "state", one) for one in answers] == ["applying", "applying"]


def taken_up(world, monkeypatch):
    """Let two take up at once what stopped long ago; return (their answers, how often it was begun)."""
    upload, who = confirmed(world)
    Upload.objects.filter(pk=upload.pk).update(heartbeat_at=MONDAY - progress.SILENT)
    gate, real, begun = threading.Barrier(2), progress.is_stale, []

    def is_stale(*asked):
        stale = real(*asked)
        gate.wait(30)
        return stale

    monkeypatch.setattr(resuming, "is_stale", is_stale)
    monkeypatch.setattr(resuming, "go_on", lambda upload, by: begun.append(upload.pk))
    return together(*[lambda: resuming.resume(Upload.objects.get(pk=upload.pk), by=who["by"])] * 2), len(begun)


def test_of_two_who_take_up_a_stopped_run_one_is_told(world, monkeypatch):
    answers, begun = taken_up(world, monkeypatch)
    told = [said(one) for one in answers if one]
    assert (begun, len(told)) == (1, 1), answers
    assert told[0].startswith("王台账上传的这份表正在处理(")


def test_without_claiming_it_both_take_it_up(world, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(commands, "take_up", lambda _upload: True)
    assert taken_up(world, monkeypatch)[1] == 2
