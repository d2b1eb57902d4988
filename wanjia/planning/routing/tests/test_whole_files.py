"""A planner killed while it writes leaves the last good plan; a plain write, killed at the same moment, leaves half of one."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

KILLED = """
import os, signal, sys
from wanjia.planning.contract import write_whole

def plain(path, content):
    with open(path, "wb") as file:
        file.write(content[: len(content) // 2])
        file.flush()
        os.fsync(file.fileno())
        file.write(content[len(content) // 2 :])

os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)
{"whole": write_whole, "plain": plain}[sys.argv[1]](sys.argv[2], b"the new plan" * 1000)
"""


@pytest.mark.parametrize("writer", ["whole", "plain"])
def test_killed_in_the_middle_of_a_write(tmp_path: Path, writer: str) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(b"the old plan")
    words = [sys.executable, "-c", KILLED, writer, str(path)]
    done = subprocess.run(words, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}, check=False)
    assert done.returncode == -signal.SIGKILL
    if writer == "whole":
        assert path.read_bytes() == b"the old plan"
    else:
        assert path.read_bytes() == b"the new plan" * 500
