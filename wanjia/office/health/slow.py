"""Slow pages: a small file beside the data, pattern and duration only. Two halves turn, so it never grows."""

import contextlib
import json
import os
import time
from collections import defaultdict
from pathlib import Path

from django.conf import settings

FROM_MS = 2000
HALF_BYTES = 100_000


def _file():
    return Path(settings.WANJIA_VAR) / "slow.jsonl"


def remember(path, ms):
    """Note one slow request. A full disk must not make it slower still: then it is not noted."""
    file = _file()
    with contextlib.suppress(OSError):
        if file.exists() and file.stat().st_size > HALF_BYTES:
            os.replace(file, file.with_suffix(".old"))
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a") as out:
            out.write(json.dumps([round(time.time()), path, ms]) + "\n")


def pages(since=7 * 24 * 3600, now=None):
    """Return the slow pages of the last days: [{"path", "n", "worst_ms"}], the most frequent first."""
    first, found = (now or time.time()) - since, defaultdict(list)
    for file in (_file().with_suffix(".old"), _file()):
        with contextlib.suppress(OSError, ValueError):
            for line in file.read_text().splitlines():
                at, path, ms = json.loads(line)
                if at >= first:
                    found[path].append(ms)
    rows = [{"path": path, "n": len(took), "worst_ms": max(took), "worst_s": round(max(took) / 1000, 1)} for path, took in found.items()]
    return sorted(rows, key=lambda row: (-row["n"], -row["worst_ms"]))[:20]
