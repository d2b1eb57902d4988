"""One truth under a crowd: whatever overlaps, every need is the fold of its timeline, and no figure has two answers.

WANJIA_WRITERS and WANJIA_ACTS make it as large as one likes; `make prove-overlap` runs it with sixty-four writers.
"""

import os
import random
import threading
import traceback
from collections import Counter
from datetime import timedelta

import pytest
from django.db import IntegrityError, OperationalError, close_old_connections, connection
from django.db.models import Max

from wanjia.casework import commands as spine
from wanjia.casework.models import Need, Step
from wanjia.casework.tests.factories import MONDAY, World
from wanjia.casework.tests.wander import Wanderer
from wanjia.kernel import journal
from wanjia.orgs.checking.queries import differences
from wanjia.verdict import Conflict, Refused

WRITERS, ACTS = int(os.environ.get("WANJIA_WRITERS", 8)), int(os.environ.get("WANJIA_ACTS", 15))
FEW = 6  # needs: so few that everybody meets everybody
EVENING = MONDAY + timedelta(hours=12)
pytestmark = pytest.mark.slow


class Crowd:
    """Writers who do whatever is legal to the same few needs of one day, each by a clock of its own."""

    def __init__(self, world, also=()):
        self.faults = (Refused, Conflict, IntegrityError, OperationalError, *also)
        self.world, self.met, self.fell, self.done, self.lock = world, [], [], 0, threading.Lock()
        self.needs = [world.need(at=MONDAY).pk for _need in range(FEW)]
        self.start = threading.Barrier(WRITERS)

    def run(self):
        """Let them loose; return how many acts went through."""
        crowd = [threading.Thread(target=self._write, args=(seed,)) for seed in range(WRITERS)]
        for one in crowd:
            one.start()
        for one in crowd:
            one.join()
        return self.done

    def _write(self, seed):
        dice, walker = random.Random(seed), Wanderer(self.world, seed)
        walker.needs = self.needs
        self.start.wait()
        try:
            for _turn in range(ACTS):
                self._act(walker, MONDAY + timedelta(minutes=dice.randrange(600)))
        except Exception as fault:  # a thread's end would be noticed by nobody
            self.fell.append("".join(traceback.format_exception(fault)[-3:]))
        finally:
            close_old_connections()
            connection.close()

    def _act(self, walker, at):
        try:
            walker.step(at)
        except self.faults as fault:
            self.met.append(type(fault).__name__)
            return
        with self.lock:
            self.done += 1


def test_whatever_overlaps_every_need_is_the_fold_of_its_lines(races):
    crowd = Crowd(World())
    assert crowd.run() > WRITERS
    assert crowd.fell == []
    assert Step.objects.count() > FEW * 3
    print(f"\n{connection.vendor}: {WRITERS} writers × {ACTS}: {crowd.done} went through, {len(crowd.met)} not: {Counter(crowd.met)}")
    assert [one.plain() for one in differences(EVENING)] == []
    assert journal.verify()[1] is None


@pytest.mark.spoils
def test_with_the_guards_off_the_check_names_the_contradictions(races, monkeypatch):
    """Negative control: an act that reads the need before its turn has come, and does not compare, as it was before."""
    stale = {}

    def take_without_lock(need_id, at):
        fresh = Need.objects.select_related(*spine.LOCKED).get(pk=need_id)
        need = stale.get(need_id, fresh)
        stale[need_id] = fresh
        need.was = spine.facts_of(need)
        return need, at

    def save_without_comparing(need, changed, at):
        n = (Step.objects.filter(need=need).aggregate(last=Max("n"))["last"] or 0) + 1
        values = {name: getattr(need, name) for name in changed}
        Need.objects.filter(pk=need.pk).update(**values, touched_at=at, version=n)
        need.touched_at, need.version = at, n

    crowd = Crowd(World(), also=(Exception,))  # contradictory needs break other things too
    for module in _modules_that_take():
        monkeypatch.setattr(f"{module}.take", take_without_lock)
    monkeypatch.setattr(spine, "_save", save_without_comparing)
    crowd.run()
    named = {one.column for one in differences(EVENING)}
    assert any(column.startswith("step") for column in named), named


def _modules_that_take():
    import sys

    return [name for name, module in sys.modules.items() if name.startswith("wanjia.casework.") and getattr(module, "take", None) is spine.take]
