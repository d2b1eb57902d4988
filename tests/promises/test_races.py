"""Promises 1, 4 and 14 while many write at once; 2 stands in test_kill.py, 3 in test_one_owner.py, and all of them walk in test_overlap.py.

WANJIA_WRITERS says how many; `make prove-overlap` runs sixty-four. Each has its negative control: the guard off, the fault is there.
"""

import os
import sys
import threading
from copy import copy
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, OperationalError, close_old_connections, connection
from django.db.models import Max

from wanjia.casework import commands as spine
from wanjia.casework.assignment.commands import accept_need, assign_need, hand_to_person, recall_need, return_need
from wanjia.casework.handling.commands import add_note, report_done
from wanjia.casework.models import Need, Step
from wanjia.casework.retiming import jobs
from wanjia.casework.simulating.days import Days
from wanjia.casework.states import BEFORE_DONE, NEED
from wanjia.casework.tests.factories import MONDAY, World, agreed, later
from wanjia.casework.tests.walk import DONE, bring
from wanjia.kernel import command, triggers
from wanjia.kernel.models import CalendarDay, Receipt
from wanjia.orgs.workdays.commands import keep_workday
from wanjia.orgs.workdays.queries import latest_change
from wanjia.verdict import Conflict, Refused

WRITERS = int(os.environ.get("WANJIA_WRITERS", 8))
MET = (Refused, Conflict, IntegrityError, OperationalError)
OFF = date(2026, 11, 3)  # a working day within each fresh need's first promise


def at_once(act, also=()):
    """Let `act(n)` be done by WRITERS threads at one moment; return ([answers], [what was met], [what fell])."""
    start, lock, answers, met, fell = threading.Barrier(WRITERS), threading.Lock(), [], [], []

    def write(n):
        start.wait()
        try:
            answer = act(n)
        except (*MET, *also) as fault:
            met.append(fault)
        except Exception as fault:  # a thread's end would be noticed by nobody
            fell.append(f"{type(fault).__name__}: {fault}")
        else:
            with lock:
                answers.append(answer)
        finally:
            close_old_connections()
            connection.close()

    crowd = [threading.Thread(target=write, args=(n,)) for n in range(WRITERS)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    return answers, met, fell


# 1: nothing is done twice


def record_under_one_key(world, key, also=()):
    """Everybody sends the same need under one key: a phone whose line drops after each sending."""
    return at_once(lambda _n: world.need(key=key, summary="屋顶漏水").pk, also)


@pytest.mark.slow
def test_one_key_is_one_act_however_many_bring_it(races):
    world, key = World(), uuid4()
    answers, met, fell = record_under_one_key(world, key)
    assert fell == [] and answers and {type(one) for one in met} <= {OperationalError, Conflict}
    assert len(set(answers)) == 1 == Need.objects.count() == Receipt.objects.filter(pk=key).count()
    assert world.need(key=key, summary="屋顶漏水").pk == answers[0], "who met the others hears the same answer when he sends again"
    with pytest.raises(Conflict):
        world.need(key=key, summary="另一件事")


@pytest.mark.slow
@pytest.mark.spoils
def test_without_a_memory_for_keys_it_is_done_many_times(races, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(command, "_once", lambda _key, _name, _by, _what, _at, act, _reads: act())
    answers, _met, _fell = record_under_one_key(World(), uuid4())
    assert len(set(answers)) == len(answers) > 1


# 4: states never skip


def everything_at_once(world, need, also=(), tries=1):
    """Everybody tries another act on one need that waits to be signed for; whom the number of the line met tries again, `tries` times in all."""
    key, at = {"need_id": need.pk}, later(1)
    back = {"reason": "按职责分工应由教育体育局办理", "rule": "县级部门权责清单"}
    tried = (
        lambda: accept_need(**key, by=world.handler, at=at), lambda: return_need(**key, **back, by=world.handler, at=at),
        lambda: recall_need(**key, by=world.clerk, at=at), lambda: add_note(**key, words="到户看过", by=world.handler, at=at),
        lambda: report_done(**key, **DONE | {"answered_on": at.date()}, by=world.handler, at=at),
        lambda: hand_to_person(**key, handler=world.handler, by=world.handler, at=at),
        lambda: assign_need(**key, holder=world.education, by=world.clerk, at=at),
    )  # fmt: skip

    def act(n):
        for left in reversed(range(tries)):
            try:
                return tried[n % len(tried)]()
            except IntegrityError:
                if not left:
                    raise
        return None

    return at_once(act, also)


def skips(need):
    """Return the lines of a need that follow no line of the table, by what each says of before and after."""
    found, before = [], None
    for act, after in Step.objects.filter(need=need).order_by("n", "recorded_at").values_list("act", "state_after"):
        move = NEED.moves.get(act)
        if move and before is not None and (before not in move.sources or after != move.target):
            found.append((before, act, after))
        before = after
    return found


@pytest.mark.slow
def test_no_state_is_skipped_whoever_is_quicker(races):
    world = World()
    needs = [bring(world, "assigned") for _turn in range(3)]
    for need in needs:
        answers, _met, fell = everything_at_once(world, need)
        assert fell == [] and answers
        assert skips(need) == []
        last = Step.objects.filter(need=need).order_by("-n").first()
        assert (Need.objects.get(pk=need.pk).state, last.n) == (last.state_after, Step.objects.filter(need=need).count())


@pytest.mark.slow
@pytest.mark.spoils
def test_without_lock_and_comparing_states_skip(races, monkeypatch):
    """Negative control: everybody goes by the need as it stood before, writes without comparing, and no trigger looks.

    Unlocked, many may read the same last line and all but one fall on the number of their own, which is no guard of states: they say it again.
    """
    world = World()
    need = bring(world, "assigned")

    def take(need_id, at):
        one = copy(need)
        one.was = spine.facts_of(one)
        return one, at

    def save(one, changed, at):
        last = Step.objects.filter(need=one).aggregate(last=Max("n"))["last"]
        Need.objects.filter(pk=one.pk).update(**{name: getattr(one, name) for name in changed}, touched_at=at)
        one.touched_at, one.version = at, last + 1

    for module in [name for name, module in sys.modules.items() if name.startswith("wanjia.casework.") and getattr(module, "take", None) is spine.take]:
        monkeypatch.setattr(f"{module}.take", take)
    monkeypatch.setattr(spine, "_save", save)
    triggers.lift()
    everything_at_once(world, need, also=(Exception,), tries=WRITERS)
    assert skips(need) != []


# 14: a promised day follows the calendar


def record_while_the_calendar_moves(world):
    """One agrees to a day of rest that another asked for, while everybody else records needs; then the night's sweep."""
    change = keep_workday(day=OFF, works=False, name="停工", source="县里通知", by=world.ledger, at=MONDAY)
    answers, met, fell = at_once(lambda n: agreed(change, world, MONDAY) if n == 0 else world.need(at=MONDAY).pk)
    for _turn in range(3):  # whoever met another says it again
        if CalendarDay.objects.filter(day=OFF, works=False).exists():
            break
        agreed(change, world, MONDAY)
    assert fell == [], (fell, met)
    return answers


def false_days():
    """Return the needs whose day is not that of the calendar, counted by other means than the product's."""
    days = Days((row.day, row.works) for row in CalendarDay.objects.all())
    open_needs = Need.objects.filter(state__in=BEFORE_DONE, due_days__isnull=False)
    return [need.number for need in open_needs if need.due_on != days.after(need.graded_on or need.recorded_on, need.due_days)]


@pytest.mark.slow
def test_every_day_is_the_calendars_when_the_night_is_over(races, monkeypatch):
    world = World()
    monkeypatch.setattr(jobs, "start_process", lambda *_words: None)  # many are left to the night
    record_while_the_calendar_moves(world)
    jobs.work(latest_change(), at=MONDAY + timedelta(hours=14))
    assert Need.objects.count() > 1 and false_days() == []


@pytest.mark.slow
@pytest.mark.spoils
def test_without_the_count_days_lie(races, monkeypatch):
    """Negative control: nobody counts anew."""
    world = World()
    monkeypatch.setattr(jobs, "work", lambda *_args, **_what: None)
    monkeypatch.setattr(jobs, "start_process", lambda *_words: None)
    world.need(at=MONDAY)
    record_while_the_calendar_moves(world)
    assert false_days() != []
