"""The processes that judge, seal and build parts while another one talks to the database. Each reads the file for itself; what goes between them is a
part's columns. With one process the same functions run in the loader itself.
"""

import concurrent.futures
import multiprocessing
import pickle
from collections import deque
from multiprocessing import forkserver

import numpy as np
import pyarrow as pa

from wanjia.sealing import keys

from ..workbook import LABOURERS
from . import building, judging, knowing, reading
from .closing import Judged
from .start import set_up

_STATE = {}


def begin(source, facts, spans, register):
    """Make ready what each part needs; called once in each process."""
    _STATE.update(
        source=source, spans=spans, register=register, judge=judging.Judge(LABOURERS, knowing.World(**facts)), plan=None,
    )  # fmt: skip


def judge_part(part, batch=None):
    """Return the Judged of one part, held against the homes that the register knows. batch: of a workbook, which is read elsewhere."""
    batch = batch or reading.read(_STATE["source"], part, LABOURERS)
    judged = Judged(part, *_STATE["judge"](batch))
    _hold_against_register(judged)
    return judged


def _hold_against_register(judged):
    register, told = _STATE["register"], judged.told
    if register.mode == "empty" or not len(told):
        return
    coded = told.home.dictionary_encode()
    numbers, index = coded.dictionary.to_pylist(), coded.indices.to_numpy(zero_copy_only=False)
    known = register.homes_of(numbers)
    standing = [known.get(number) for number in numbers]
    afar = np.array([one is not None and knowing.foreign(one[1], _STATE["spans"]) for one in standing], bool)
    headed = np.array([one is not None and one[2] is not None for one in standing], bool)
    judged.registered = headed[index]
    judged.strange = afar[index]
    at = np.flatnonzero(judging.is_head(told) & judged.registered & ~judged.strange)
    if at.size:
        some = told.take(at)
        tokens = keys.blind_all(f"{building.PERSON}.citizen_id", building.numbers_of(some))
        heads = pa.array([one[2] if one else None for one in standing], pa.string()).take(pa.array(index[at])).to_pylist()
        judged.strange[at] = [token != head for token, head in zip(tokens, heads, strict=True)]


def build_part(final, plan):
    """Return the Built of one part, met with the register."""
    register = _STATE["register"]
    tokens = building.tokens(final.told)
    if register.mode == "empty":
        return building.build(final, plan, building.Standing(), tokens)
    people = register.people_of(tokens)
    homes = register.homes_of(final.told.home.unique().to_pylist(), heads=False)
    standing = building.Standing(people, {number: one[0] for number, one in homes.items()})
    return building.build(final, plan, standing, tokens)


def warm():
    """Start the process from which the others are forked, while the file is cut: setting up the house takes as long as a hundred thousand rows."""
    _forking()
    forkserver.ensure_running()


def _forking():
    """Forked from a process that has set up the house and done nothing else: neither threads nor connections go over."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([f"{__package__}.preload"])
    return context


class Here:
    """Does the work in the loader's own process."""

    def __init__(self, *given):
        begin(*given)

    def each(self, act, jobs):
        """Yield what `act` makes of each job, in order."""
        for job in jobs:
            yield act(*job)

    def close(self):
        """Nothing to end."""


class Beside:
    """Does the work in processes of their own, so many parts ahead of whoever takes them: memory stays within bounds."""

    def __init__(self, processes, *given):
        self.ahead = processes + 1
        self.pool = concurrent.futures.ProcessPoolExecutor(processes, _forking(), set_up, (__name__, pickle.dumps(given)))

    def each(self, act, jobs):
        """Yield what `act` makes of each job, in order."""
        waiting, jobs = deque(), iter(jobs)
        try:
            while True:
                while len(waiting) < self.ahead and (job := next(jobs, None)) is not None:
                    waiting.append(self.pool.submit(act, *job))
                if not waiting:
                    return
                yield waiting.popleft().result()
        finally:
            for one in waiting:
                one.cancel()

    def close(self):
        """End the processes."""
        self.pool.shutdown(cancel_futures=True)

