"""Long work in a process of its own, which survives the request that asked for it."""

import subprocess
import sys


def start_process(*words: object) -> subprocess.Popen[bytes]:
    """Start `wanjia …` apart from this process and its terminal. It takes settings from the environment, as we did.

    What it logs goes where ours goes: a fault of long work is read in the same log as one of a request.
    """
    return subprocess.Popen(
        [sys.executable, "-m", "wanjia.site.cli", *map(str, words)],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
