"""Long work in a process of its own, which survives the request that asked for it."""

import subprocess
import sys


def start_process(*words):
    """Start `wanjia …` apart from this process and its terminal. It takes settings from the environment, as we did."""
    return subprocess.Popen(
        [sys.executable, "-m", "wanjia.site.cli", *map(str, words)],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
