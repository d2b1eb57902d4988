"""A process that is killed where it was aimed at: it says what it is at with each statement to the database, so that a kill can fall between any two rows, inside a
statement or a commit, and not only where starting is slow.
"""

import os
import signal
import time
import traceback
from collections import Counter
from dataclasses import dataclass

TAKES, READS, SOLVES, JUDGES, KEEPS, ACTIVATES, LOOSE = "trsjkal"
WEIGHTS = {TAKES: 1, READS: 3, SOLVES: 3, JUDGES: 2, KEEPS: 12, ACTIVATES: 1}
LONG = 60.0  # seconds for which a process holds still at its aim


@dataclass(frozen=True)
class Aim:
    """Where a kill falls: at the nth thing said of a phase, before it is done (still) or so many seconds later."""

    phase: str
    nth: int
    still: bool
    delay: float


class Said:
    """The mouth of a job: a letter for each statement, down a pipe; at the aim it holds still."""

    def __init__(self, pipe, aim):
        self.pipe, self.aim, self.phase, self.n = pipe, aim, TAKES, Counter()

    def tell(self, *_what):
        """Say what is done now."""
        self.n[self.phase] += 1
        os.write(self.pipe, self.phase.encode())
        if self.aim and self.aim.still and (self.aim.phase, self.aim.nth) == (self.phase, self.n[self.phase]):
            time.sleep(LONG)

    def statement(self, execute, *asked):
        """Wrap one statement to the database."""
        self.tell()
        return execute(*asked)

    def during(self, phase, does, then=None):
        """Return `does` with its phase said as it begins; then: the phase after it."""

        def told(*asked, **named):
            self.phase = phase
            self.tell()
            answer = does(*asked, **named)
            self.phase = then or phase
            return answer

        return told


def forked(does, aim=None):
    """Let `does(Said)` run in a process of its own, killed at the aim. Returns (whether it died of it, what it said [(letter, seconds until the next)])."""
    from django.db import connections

    connections.close_all()
    out, into = os.pipe()
    child = os.fork()
    if not child:
        os.close(out)
        _in_child(does, Said(into, aim))
    os.close(into)
    said, seen = [], Counter()
    while word := os.read(out, 1).decode():
        said.append((word, time.perf_counter()))
        seen[word] += 1
        if aim and (word, seen[word]) == (aim.phase, aim.nth):
            time.sleep(aim.delay)
            os.kill(child, signal.SIGKILL)
            break
    os.close(out)
    _pid, status = os.waitpid(child, 0)
    ends = [at for _word, at in said[1:]] + [time.perf_counter()]
    return os.WIFSIGNALED(status), [(word, end - at) for (word, at), end in zip(said, ends, strict=True)]


def _in_child(does, said):
    """Never returns: what is left of the parent in this process is not run twice."""
    from django.db import connection

    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        connection.execute_wrappers.append(said.statement)
        does(said)
    except BaseException:
        traceback.print_exc()
        os._exit(70)
    os._exit(0)


def aims(dice, base, kills):
    """Yield where to kill jobs of which an undisturbed one said `base`: each phase as often as it weighs, within it anywhere."""
    phases = [word for word in sorted({word for word, _gap in base}) for _each in range(WEIGHTS[word])]
    draws = [phases[int((n + dice.random()) / kills * len(phases))] for n in range(kills)]
    dice.shuffle(draws)
    for phase in draws:
        gaps = [gap for word, gap in base if word == phase]
        nth, still = dice.randrange(len(gaps)), dice.random() < 0.5
        yield Aim(phase, nth + 1, still, 0 if still else dice.uniform(0, gaps[nth]))
