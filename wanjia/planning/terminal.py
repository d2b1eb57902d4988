"""What the engines' commands share: a progress bar for people, silence for programs, a stop by hand, refusals in both languages."""

import argparse
import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

from wanjia.planning.contract import BadInput, write_whole


@contextlib.contextmanager
def progress_bar(words: str) -> Iterator[Callable[[float, str], None]]:
    """Yield a `progress(share, words)` callable that draws on standard error when it is a terminal."""
    if not sys.stderr.isatty():
        yield lambda share, text: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words, total=1.0)
        yield lambda share, text: bar.update(task, completed=share, description=text or words)


@contextlib.contextmanager
def stoppable() -> Iterator[list[int]]:
    """Yield a list that a first interrupt or terminate signal fills, for the best plan so far; a second one ends at once."""
    caught: list[int] = []

    def catch(number: int, frame: FrameType | None) -> None:
        if caught:
            raise KeyboardInterrupt
        caught.append(number)

    try:
        before = {number: signal.signal(number, catch) for number in (signal.SIGINT, signal.SIGTERM)}
    except ValueError:  # not the main thread: the caller stops us his own way
        yield caught
        return
    try:
        yield caught
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def writable(path: str | None) -> None:
    """Refuse a place that cannot be written before the work, not after a minute of it."""
    target = Path(path).absolute() if path else None
    if target and (target.is_dir() or not os.access(target.parent, os.W_OK)):
        raise BadInput(str(path), "写不了这个文件。", "cannot write this file: no such folder, or no right to write in it")


def write(path: str, content: bytes) -> None:
    """Write a plan whole or not at all; refuse by name what cannot be written."""
    try:
        write_whole(path, content)
    except OSError as error:
        raise BadInput(path, f"写不了这个文件：{error.strerror}。", f"cannot write this file: {error.strerror}") from error


def refuse(args: argparse.Namespace, error: BadInput) -> int:
    """Say what is wrong, where and what to do, in both languages; return the exit code."""
    if args.json:
        print(json.dumps({"error": {"place": error.place, "zh": error.zh, "en": error.en}}, ensure_ascii=False))
    else:
        print(f"{error.place}：{error.zh}\n{error.place}: {error.en}", file=sys.stderr)
    return 2
