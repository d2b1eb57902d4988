"""Lists of what is due beside other hands: drawn up twice at once, carried out twice at once, killed on the way, and done again on a restored backup."""

import os
import signal
import threading
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection, connections

from tests.whole import assert_whole
from wanjia.casework.models import Need
from wanjia.kernel.erasure import WORD
from wanjia.kernel.models import Entry, ErasureLine
from wanjia.office import places
from wanjia.office.backing import commands as backing
from wanjia.office.backing import queries as backups
from wanjia.office.erasing import commands as erasing
from wanjia.office.erasing import queries as ordered
from wanjia.office.models import Disposal, DisposalItem, DisposalOutcome
from wanjia.office.retention import commands, tasks
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.sealing import proof
from wanjia.verdict import Refused

from .acts import MONDAY, WAITED, agreed, dropped, due, fresh

HANDS = 4


@pytest.fixture
def office(races, tmp_path, settings, monkeypatch, quick_restore, django_db_blocker):
    """The house's world with lists and orders of its own."""
    from tests.house.acts import World

    settings.WANJIA_VAR, settings.MEDIA_ROOT = str(tmp_path), str(tmp_path / "files")
    monkeypatch.setattr(ordered, "orders_path", lambda: tmp_path / ordered.FILE)
    proof.look()
    with django_db_blocker.unblock():
        yield World()


def at_once(does):
    """Do it HANDS times beside each other; return how many passed."""
    passed, start = [], threading.Barrier(HANDS)

    def one():
        try:
            start.wait()
            does()
            passed.append(1)
        except Refused:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _turn in range(HANDS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(passed)


def test_drawn_up_at_once_a_row_is_on_one_list(office):
    what, by = due(office), fresh(office.ledger)
    assert at_once(lambda: commands.propose_disposal(**what, by=by, at=MONDAY)) == 1
    assert (Disposal.objects.count(), DisposalItem.objects.count()) == (1, 1)


@pytest.mark.parametrize("apart", [True, pytest.param(False, marks=pytest.mark.spoils)])
def test_without_turns_it_would_be_on_several(office, monkeypatch, apart):
    """The negative control: each looks before any has written. On SQLite one writes at a time anyway."""
    if connection.vendor == "sqlite" and not apart:
        pytest.skip("one writer at a time")
    what, by, looked, hold = due(office), fresh(office.ledger), threading.Barrier(HANDS), commands.hold

    def slowly(name):
        if apart:
            hold(name)

    create = Disposal.objects.create

    def together(**facts):
        with suppress(threading.BrokenBarrierError):
            looked.wait(timeout=0.7)
        return create(**facts)

    monkeypatch.setattr(commands, "hold", slowly)
    monkeypatch.setattr(Disposal.objects, "create", together)
    at_once(lambda: commands.propose_disposal(**what, by=by, at=MONDAY))
    assert (Disposal.objects.count() == 1) is apart


def test_carried_out_at_once_nothing_is_done_twice(office):
    for _n in range(2):
        dropped(office)
    what = agreed(office)
    at_once(lambda: commands.carry_some(disposal_id=what["disposal_id"], by=CLOCK, at=WAITED))
    assert DisposalOutcome.objects.count() == Disposal.objects.get().n == 3
    assert Entry.objects.filter(act="office.dispose").count() == Entry.objects.filter(act="disposal.carried").count() == 1
    assert ErasureLine.objects.values("table", "row").distinct().count() == ErasureLine.objects.count()


def killed(where):
    """Carry out in a process of its own that dies before or after the order is written; return how it ended."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        append = erasing._append
        erasing._append = {"before": lambda *given: die(), "after": lambda *given: (append(*given), die()), "never": append}[where]
        try:
            tasks.carry_all(WAITED)
            connections.close_all()
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitpid(child, 0)[1]


def die():
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize(("where", "orders"), [("before", 0), ("after", 1)])
def test_killed_it_is_nothing_and_the_next_round_goes_on(office, where, orders):
    agreed(office)
    assert os.WTERMSIG(killed(where)) == signal.SIGKILL
    assert (ErasureLine.objects.count(), DisposalOutcome.objects.count(), len(ordered.orders()), ordered.waiting()) == (0, 0, orders, [])
    assert WORD not in set(Need.objects.values_list("summary", flat=True))
    assert_whole()
    assert tasks.carry_all(WAITED) == 1
    assert Need.objects.filter(summary=WORD).count() == 1


def test_one_that_nobody_kills_is_whole(office):
    """The negative control."""
    agreed(office)
    assert killed("never") == 0
    assert (Need.objects.filter(summary=WORD).count(), len(ordered.orders())) == (1, 1)


def test_a_restored_copy_is_disposed_of_again(office, tmp_path):
    spared = dropped(office)
    agreed(office)
    made = backing.make_backup(tmp_path / "backups")
    commands.hold_rows(ground="lawsuit", number=spared.number, document="(2026)云0625民初12号", by=fresh(office.ledger), at=MONDAY + timedelta(days=1))
    assert tasks.carry_all(WAITED) == 1
    gone = Need.objects.filter(summary=WORD).values_list("number", flat=True)
    assert spared.number not in gone and len(gone) == 1
    with places.beside("default") as place:
        backing.load(made, backups.verify(made), place.alias)
        with places.standing_in(place.alias):
            assert not Need.objects.filter(summary=WORD).exists()  # negative control: the backup is from before
        assert commands.replay(place.alias, orders=ordered.orders()) == 1
        with places.standing_in(place.alias):
            assert list(Need.objects.filter(summary=WORD).values_list("number", flat=True)) == list(gone)
            assert_whole()
            assert tasks.carry_all(WAITED) == 1  # there the list still waits: what was emptied counts as such
            assert DisposalOutcome.objects.exclude(order=None).filter(item__number=gone[0]).exists()
            assert_whole()


def test_a_list_that_was_taken_back_is_not_carried_out_by_a_restore(office, tmp_path):
    """Killed between order and commit nothing was done, and whoever took the list back was told so: its order still lay beside the key ring."""
    what = agreed(office)
    killed("after")
    commands.take_back_disposal(disposal_id=what["disposal_id"], reason="年限要再核对", by=fresh(office.ledger), at=WAITED)
    made = backing.make_backup(tmp_path / "backups")
    with places.beside("default") as place:
        backing.load(made, backups.verify(made), place.alias)
        assert len(ordered.orders()) == 1 and commands.replay(place.alias, orders=ordered.orders()) == 0
        with places.standing_in(place.alias):
            assert not Need.objects.filter(summary=WORD).exists()
            assert_whole()


def test_what_a_later_round_spared_is_not_carried_out_by_a_restore(office, tmp_path):
    """Killed, then held, then spared, then let go again: only a new list may take it."""
    what = agreed(office)
    killed("after")
    need = Need.objects.get(pk=Disposal.objects.get().items.get().row)
    held = commands.hold_rows(ground="lawsuit", number=need.number, document="(2026)云0625民初12号", by=fresh(office.ledger), at=MONDAY + timedelta(days=1))
    assert tasks.carry_all(WAITED) == 1 and not ErasureLine.objects.exists()
    commands.lift_hold(retention_hold_id=held.pk, words="判决已生效", by=fresh(office.inspector), at=WAITED)
    made = backing.make_backup(tmp_path / "backups")
    with places.beside("default") as place:
        backing.load(made, backups.verify(made), place.alias)
        assert commands.replay(place.alias, orders=ordered.orders()) == 0 and what
        with places.standing_in(place.alias):
            assert not Need.objects.filter(summary=WORD).exists()


def test_what_is_not_over_in_the_copy_is_left_alone(office, tmp_path):
    """A backup from before a need ended: nobody takes the words of what is still worked on."""
    need = office.need()
    made = backing.make_backup(tmp_path / "backups")
    order = {"order": "0" * 32, "disposal": "7b0c9f1e-0000-4000-8000-000000000001", "code": "dropped", "area": office.county.code, "keys": [str(need.pk)],
             "at": MONDAY.isoformat(), "list": "", "first": "", "second": "", "asked_by": "", "agreed_by": ""}  # fmt: skip
    with places.beside("default") as place:
        backing.load(made, backups.verify(made), place.alias)
        assert commands.replay(place.alias, orders=[order]) == 0
        with places.standing_in(place.alias):
            assert Need.objects.get(pk=need.pk).summary != WORD


def test_the_days_sweep_gives_up_the_pages(office, monkeypatch):
    """In the file of SQLite the words of what went are nowhere left; without the sweep's turn nothing is written anew."""
    swept = []
    monkeypatch.setattr(tasks, "sweep", lambda: swept.append(1) or erasing.sweep())
    tasks.give_up_pages(at=WAITED)
    assert swept == []
    agreed(office)
    tasks.carry_all(WAITED)
    tasks.give_up_pages(at=WAITED)
    assert swept == [1]
