"""What a step of a benchmark takes: seconds by the wall, processor seconds of ours and of the database's server, and memory."""

import contextlib
import glob
import os
import resource
import time

TICK = os.sysconf("SC_CLK_TCK")


def spent(root):
    """Return the processor seconds of a process and of all that came from it, ended or not."""
    parents, own = {}, {}
    for path in glob.glob("/proc/[0-9]*/stat"):
        with contextlib.suppress(OSError), open(path) as file:
            pid, rest = file.read().split(" (", 1)
            fields = rest.rsplit(")", 1)[1].split()
            parents.setdefault(int(fields[1]), []).append(int(pid))
            own[int(pid)] = sum(map(int, fields[11:15])) / TICK
    whole, waiting = 0.0, [root]
    while waiting:
        one = waiting.pop()
        whole += own.get(one, 0)
        waiting += parents.get(one, [])
    return whole


class Clock:
    """Measures a block. server: the server's first process, or 0 where the database is a file: then all is ours."""

    def __init__(self, server=0):
        self.server = server

    def _now(self):
        return time.perf_counter(), spent(os.getpid()), spent(self.server) if self.server else 0.0

    def __enter__(self):
        self.begun = self._now()
        return self

    def __exit__(self, *_):
        self.wall, self.ours, self.theirs = (now - then for now, then in zip(self._now(), self.begun, strict=True))

    def told(self, rows):
        """Return what a step answers."""
        most = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024
        return {"rows": rows, "wall": self.wall, "cpu": self.ours, "server": self.theirs, "mb": most}
