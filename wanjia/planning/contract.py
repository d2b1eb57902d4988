"""What every engine promises its caller: clear refusals, an end, a sign of life, whole files."""

import contextlib
import difflib
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


class BadInput(ValueError):
    """Input that no plan can be made from.

    place: where it stands, such as `row 3, field places`; zh and en: what is wrong and what to do.
    """

    def __init__(self, place: str, zh: str, en: str) -> None:
        super().__init__(f"{place}: {en} / {zh}")
        self.place, self.zh, self.en = place, zh, en


def refuse_unknown(given, known, place: str) -> None:
    """Raise BadInput for the first field that nobody reads, with the nearest one that is read: a slip must not be passed over."""
    for field_ in given:
        if field_ not in known:
            near = difflib.get_close_matches(str(field_), list(known), 1, 0.5)
            zh, en = (f"是不是“{near[0]}”?", f" (did you mean {near[0]}?)") if near else ("", "")
            where = f"{place}, field {field_}" if place else f"field {field_}"
            raise BadInput(where, f"不认识这个字段,请改正或删去。{zh}", f"unknown field{en}; known are {', '.join(known)}.")


def _never() -> bool:
    return False


def _silent(share: float, words: str) -> None:
    """Take no notice."""


@dataclass
class Control:
    """How long an engine may work, who may stop it, and whom it tells.

    seconds: wall-clock limit, None for no limit; cancel: asked between steps, True stops with the best plan so far;
    progress: called with the share done (0 to 1) and a few words.
    """

    seconds: float | None = None
    cancel: Callable[[], bool] = _never
    progress: Callable[[float, str], None] = _silent
    started: float = field(default_factory=time.monotonic)

    def elapsed(self) -> float:
        """Return the seconds since the work began."""
        return time.monotonic() - self.started

    def remaining(self) -> float:
        """Return the seconds left, infinity without a limit."""
        return float("inf") if self.seconds is None else max(0.0, self.seconds - self.elapsed())

    def should_stop(self) -> bool:
        """Tell whether to return the best plan so far, now."""
        return self.remaining() <= 0.0 or self.cancel()


def write_whole(path: str | os.PathLike[str], content: bytes) -> None:
    """Write a file entirely or not at all: a killed engine leaves the last good plan."""
    target = Path(path)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary)
        raise
