"""Who carries questions to the shards and answers back: in this process (`Here`), or by Ray (`ray_market.RayCrew`).

A carrier only makes shards and asks them; what is counted (questions, bytes), and that a lost shard is built again from its source
and asked again, stands here once for all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import numpy as np

from wanjia.planning.allocation.shards import Known, Shard, ShardSource
from wanjia.planning.contract import BadInput

MOST_REBUILDS = 3  # of one shard in one run: what dies four times dies of something that another start does not cure

Args = tuple[Any, ...]


class Died(Exception):
    """The process that held a shard is gone."""


class ShardLost(BadInput):
    """A shard that cannot be had again: there is no plan, and no half of one."""


@dataclass
class Traffic:
    """What travelled. asked: how often the shards were asked together; down, up: bytes to them and back, without envelopes."""

    asked: int = 0
    down: int = 0
    up: int = 0
    rebuilt: int = 0


class Crew:
    """The shards of one market, to be asked together."""

    def __init__(self, sources: Sequence[ShardSource]) -> None:
        self.sources, self.traffic = list(sources), Traffic()
        self.unit: float | None = None
        self._last_fill: list[Args | None] = [None] * len(self.sources)
        self._rebuilds = [0] * len(self.sources)
        self._known: list[Known] = []

    # What a carrier gives.

    def make(self, k: int) -> None:
        """Begin to build shard k, in place of the one there was."""
        raise NotImplementedError

    def send(self, k: int, question: str, args: Args) -> Any:
        """Put a question to shard k; return what `receive` takes."""
        raise NotImplementedError

    def receive(self, k: int, sent: Any) -> Any:
        """Return the answer of shard k. Raises Died."""
        raise NotImplementedError

    def close(self) -> None:
        """Let the shards go."""

    # What all carriers share.

    def begin(self) -> list[Known]:
        """Build every shard, once, and return what they say of themselves; they agree on what a step is worth."""
        if self._known:
            return self._known
        said = self._build()
        if len({known.unit for known in said}) > 1:  # one has a fen in its figures: all count in fen
            self.unit = min(known.unit for known in said)
            said = self._build()
        self._known = said
        return said

    def _build(self) -> list[Known]:
        for k in range(len(self.sources)):
            self.make(k)
        said: list[Known] = self.ask("known", [()] * len(self.sources))
        return said

    def ask(self, question: str, each: Sequence[Args | None]) -> list[Any]:
        """Put a question to the shards at once, to shard k with each[k], None: not asked; return the answers in order."""
        self.traffic.asked += 1
        sent = [None if args is None else self._sent(k, question, args) for k, args in enumerate(each)]
        return [None if args is None else self._received(k, question, args, sent[k]) for k, args in enumerate(each)]

    def _sent(self, k: int, question: str, args: Args) -> Any:
        self.traffic.down += weight(args)
        if question == "fill":
            self._last_fill[k] = args
        try:
            return self.send(k, question, args)
        except Died as death:
            return death

    def _received(self, k: int, question: str, args: Args, sent: Any) -> Any:
        while True:
            try:
                if isinstance(sent, Died):
                    raise sent
                answer = self.receive(k, sent)
                self.traffic.up += weight(answer)
                return answer
            except Died:
                self._rebuild(k, question)
                sent = self._sent(k, question, args)

    def _rebuild(self, k: int, question: str) -> None:
        """Build a lost shard from its source, make sure that it is the same, and bring it to where it was."""
        while True:
            self._rebuilds[k] += 1
            if self._rebuilds[k] > MOST_REBUILDS:
                raise ShardLost(
                    f"shard {k + 1} of {len(self.sources)}",
                    f"这一片人员的进程中断了 {MOST_REBUILDS + 1} 次，没有方案。请检查那台机器的内存，或分成更多片再算。",
                    f"its process was lost {MOST_REBUILDS + 1} times; there is no plan. Look at that machine's memory, or cut into more shards",
                )
            try:
                self.make(k)
                if question == "known":
                    return
                known = self.receive(k, self.send(k, "known", ()))
                if self._known and (known.n, known.digest) != (self._known[k].n, self._known[k].digest):
                    raise ShardLost(
                        f"shard {k + 1} of {len(self.sources)}",
                        "这一片人员的进程中断了，重新读出的人员表与开始时不同，没有方案。请重新计算。",
                        "its process was lost, and its claimants read again are not those of the beginning; there is no plan. Start again",
                    )
                fill = self._last_fill[k]
                if fill is not None:
                    self.receive(k, self.send(k, "fill", fill))
                self.traffic.rebuilt += 1
                return
            except Died:
                continue


class Here(Crew):
    """All shards in this process, one after another: for tests, and to see what the carrying costs."""

    def make(self, k: int) -> None:
        """Build shard k."""
        if not hasattr(self, "_shards"):
            self._shards: dict[int, Shard] = {}
        self._shards[k] = Shard(self.sources[k], self.unit)

    def send(self, k: int, question: str, args: Args) -> Any:
        """Keep the question."""
        return question, args

    def receive(self, k: int, sent: Any) -> Any:
        """Ask."""
        question, args = sent
        return getattr(self._shards[k], question)(*args)


def weight(held: Any) -> int:
    """Return the bytes of the arrays in an answer or a question; a plain number counts eight."""
    if isinstance(held, np.ndarray):
        return held.nbytes
    if isinstance(held, tuple | list):
        return sum(weight(one) for one in held)
    if is_dataclass(held):
        return sum(weight(getattr(held, field.name)) for field in fields(held))
    return 0 if held is None else 8
