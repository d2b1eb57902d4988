"""A progress bar for people who wait at a terminal; silence for programs."""

import contextlib
import sys
from collections.abc import Callable, Iterator


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
