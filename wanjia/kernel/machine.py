"""Tables of moves. A state changes only along a move that its table names."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Move:
    """One named move: from any of `sources` to `target`, with the words for the button and the timeline."""

    name: str
    sources: tuple[str, ...]
    target: str
    words: str


class Machine:
    """The table of moves of one model. `initial` are the states a new row may have; lines: whether the journal writes its moves under
    its name, or they are told in the lines of the row that it belongs to."""

    def __init__(self, name: str, *, initial: Iterable[str], moves: Iterable[Move], lines: bool = True) -> None:
        self.name, self.lines = name, lines
        self.initial = tuple(initial)
        self.moves = {move.name: move for move in moves}

    def allows(self, name: str, state: str) -> bool:
        """Tell whether the move `name` may start from `state`."""
        return state in self.moves[name].sources

    def pairs(self) -> set[tuple[str, str]]:
        """Return every allowed (from, to) pair of different states: what the database trigger lets through."""
        return {(source, move.target) for move in self.moves.values() for source in move.sources if source != move.target}


def machine_of(model: Any) -> Machine | None:
    """Return the table of moves that a model declares as its `machine`, or None: a column of that name (a tractor, a pump) is none."""
    kept = getattr(model, "machine", None)
    return kept if isinstance(kept, Machine) else None
