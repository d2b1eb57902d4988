"""The process that touches hostile bytes: `python -m wanjia.sheets.child <what> <job fd> <out fd>` with the upload on stdin.

It limits itself before it reads: address space, CPU, files written, no further processes. The answer is JSON on stdout (one
object) and, for `read`, one JSON line per row on the out fd. Whatever goes wrong, the parent turns it into one refusal.
"""

import json
import os
import resource
import sys

from .limits import Limits, Reject


def confine(limits):
    """Give away what a reader does not need. Soft and hard limits, so that they cannot be raised again."""
    mb = 1 << 20
    for what, most in (
        (resource.RLIMIT_AS, limits.memory_mb * mb),
        (resource.RLIMIT_CPU, limits.seconds),
        (resource.RLIMIT_FSIZE, 4 * limits.inflated_mb * mb),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))


def read(job, out):
    """Read the upload on stdin as a table; the answer is the facts of the sheet."""
    from .cells import Cell
    from .opening import open_table
    from .table import as_json
    from .template import of_reader

    template, limits = of_reader(job["template"]), Limits(**job["limits"])
    encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode

    def emit(number, cells, flags):
        rich = any(cell.__class__ is Cell for cell in cells)
        out.write(encode([number, [as_json(c) for c in cells] if rich else cells, flags, rich]) + "\n")

    return open_table(sys.stdin.buffer, job, limits, template, emit)


def mark(job, out):
    """Write the marked copy of the upload on stdin to the out fd; the answer is empty."""
    from .marking import write_marked

    write_marked(sys.stdin.buffer, job, out.buffer)
    return {}


def peak_mb():
    """Largest resident size of this process so far, or 0 where the system does not tell."""
    try:
        with open("/proc/self/status", encoding="ascii") as status:
            return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        return 0


def main(what, job_fd, out_fd):
    with os.fdopen(int(job_fd), encoding="utf-8") as handle:
        job = json.load(handle)
    acts = {"read": read, "mark": mark}
    confine(Limits(**job["limits"]))
    with os.fdopen(int(out_fd), "w", encoding="utf-8", buffering=1 << 16) as out:
        try:
            answer = {"facts": acts[what](job, out)}
        except Reject as refusal:
            answer = {"reject": [refusal.code, refusal.detail, refusal.sheet]}
        out.flush()
    json.dump(answer | {"peak_mb": peak_mb()}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
