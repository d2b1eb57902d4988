"""What every engine promises its caller: clear refusals, an end, a sign of life, whole files."""

import contextlib
import difflib
import itertools
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path


class BadInput(ValueError):
    """Input that no plan can be made from.

    place: where it stands, such as `row 3, field places`; zh and en: what is wrong and what to do.
    """

    def __init__(self, place: str, zh: str, en: str) -> None:
        super().__init__(f"{place}: {en} / {zh}")
        self.place, self.zh, self.en = place, zh, en

    def __reduce__(self) -> tuple[type["BadInput"], tuple[str, str, str]]:
        """Travel between processes as it was made."""
        return type(self), (self.place, self.zh, self.en)


# For people, in any row of any file: read by nobody here, and never taken for a misspelt rule.
FOR_PEOPLE = frozenset(("name", "note", "notes", "comment", "名称", "姓名", "备注", "说明"))


def strangers(given: object, known: Iterable[str], place: str) -> Iterator[tuple[str, str, str]]:
    """Yield (place, field, nearest known field or "") for the fields of an object that nobody reads. place: with `{}` for the field."""
    wanted = frozenset(known)
    if isinstance(given, Iterable) and not isinstance(given, str | bytes):
        for key in given:
            if key not in wanted and key not in FOR_PEOPLE:
                yield place.format(key), str(key), _nearest(str(key).lower(), sorted(wanted))


def _nearest(word: str, known: list[str]) -> str:
    """Return the known word most like this one, letter by letter or part by part (max_age: age_max); "" when none is near."""
    parts = "_".join(sorted(word.split("_")))
    likeness = {
        other: max(
            difflib.SequenceMatcher(None, word, other).ratio(), difflib.SequenceMatcher(None, parts, "_".join(sorted(other.split("_")))).ratio()
        )
        for other in known
    }
    best = max(known, key=likeness.__getitem__, default="")
    return best if best and likeness[best] >= 0.6 else ""


def refuse_strangers(found: Iterable[tuple[str, str, str]]) -> None:
    """Refuse fields that nobody reads: a misspelt rule passed over in silence is a rule broken. All are named at once."""
    named = list(itertools.islice(found, 20))
    if not named:
        return
    zh = "、".join(f"“{key}”" + (f"(是不是“{near}”?)" if near else "") for _, key, near in named)
    en = ", ".join(f"{place}" + (f" (did you mean {near}?)" if near else "") for place, _, near in named)
    raise BadInput(
        named[0][0], f"不认识的字段:{zh}。请改名或删去;写给人看的放进 name 或 note。", f"unknown field: {en}. Rename or remove it; words for people go into name or note"
    )


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
