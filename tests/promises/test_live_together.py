"""Two who send, confirm or take up one import at once: it is written once, and whoever came second is told."""

import threading

import pytest
from django.db import OperationalError, connection

from wanjia.casework.tests.factories import MONDAY, World
from wanjia.kernel import journal
from wanjia.registry.applying import commands as applying
from wanjia.registry.households import commands as homes
from wanjia.registry.importing import commands, pace, progress, resuming
from wanjia.registry.models import Household, Person, Upload
from wanjia.verdict import Conflict, Refused

from .test_live import ROWS, confirmed, sent

pytestmark = pytest.mark.slow


@pytest.fixture
def world(races):
    return World()


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
