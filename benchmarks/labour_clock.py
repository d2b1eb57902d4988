"""What a step of a benchmark takes: seconds by the wall, processor seconds of ours and of the database's server, and memory; and its table."""

import contextlib
import glob
import os
import resource
import time

TICK = os.sysconf("SC_CLK_TCK")
WORDS = {
    "file": "files made", "row judge": "row judge (sample)", "copy": "bare copy, one flat table", "peer": "django-import-export (sample)", "load": "CSV: committed", "load ready": "CSV: ready to search",
    "again": "same file but for one row", "new": "new people", "month": "the month after", "parquet": "Parquet: committed", "parquet ready": "Parquet: ready to search", "workbook": "XLSX: committed",
    "workbook ready": "XLSX: ready to search",
}  # fmt: skip
PHASES = ("cut", "judged", "closed", "written", "ready")


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


def show(title, found):
    """Print one table, and the phases of each load below it."""
    floor = found.get("copy")
    print(f"\n{title}\n{'':30}{'rows':>11}{'wall s':>9}{'rows/s':>10}{'× copy':>8}{'CPU ours':>10}{'server':>8}{'rows/CPU s':>12}{'B/row':>7}{'MB':>7}")
    for name, words in WORDS.items():
        if one := found.get(name):
            rate, whole = one["rows"] / one["wall"], one["cpu"] + one["server"]
            ratio = f"{rate * floor['wall'] / floor['rows']:.2f}" if floor and name != "file" else ""
            size = f"{one['bytes a row']:,.0f}" if "bytes a row" in one else ""
            print(f"{words:30}{one['rows']:>11,}{one['wall']:>9.1f}{rate:>10,.0f}{ratio:>8}{one['cpu']:>10.1f}{one['server']:>8.1f}{one['rows'] / max(whole, 0.01):>12,.0f}{size:>7}{one['mb']:>7,}")
    print(f"\nby phases: wall s (CPU s ours + server){'':1}" + "".join(f"{phase:>20}" for phase in PHASES))
    for name, words in WORDS.items():
        if phases := found.get(name, {}).get("phases"):
            print(f"{words:40}" + "".join(f"{_three(phases[phase]):>20}" for phase in PHASES))
    if one := found.get("beside"):
        print(f"an act of another: p95 {one['quiet']:.0f} ms quiet, {one['beside']:.0f} ms while the month is loaded ({one['beside'] / one['quiet']:.1f} ×), longest {one['longest']:.0f} ms of {one['acts']} acts")
    if floor and (peer := found.get("peer")) and peer["rows"]:
        for name in ("copy", "load", "load ready"):
            print(f"{WORDS[name]}: {found[name]['rows'] / found[name]['wall'] * peer['wall'] / peer['rows']:.1f} × django-import-export")


def _three(one):
    return f"{one['wall']:.1f} ({one['cpu']:.1f}+{one['server']:.1f})"
