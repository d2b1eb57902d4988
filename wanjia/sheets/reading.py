"""Read an upload: always in a child process with limits, so that no file can take the server with it.

`read_file` returns a Sheet or a Rejection and raises nothing for any bytes whatever.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field
from pathlib import Path

from .codes import sentence
from .limits import LIMITS
from .table import from_json
from .writing import safe_file_name

ROOT = Path(__file__).resolve().parents[2]
ANSWER_MB = 8
PATIENCE = 10  # the wall clock, in times of the CPU seconds that the child has
IN_REQUEST = 90  # seconds of the wall clock for all that one request reads and marks: less than the server itself waits
OUT_OF_TIME = (signal.SIGXCPU, signal.SIGKILL)  # whoever has used up its seconds ends by either; whom the system ends for lack of memory, by the second
_UNTIL = ContextVar("until", default=None)
LEAN = {"read": ["-S"], "mark": ["-s"]}  # the reader needs nothing but the standard library


@dataclass(frozen=True)
class Rejection:
    """A file of which no row was read. code: `file.*`; detail: the small fact in the sentence; file: its name made safe."""

    code: str
    detail: str = ""
    file: str = ""
    sheet: str = ""

    def sentence(self, lang="zh"):
        where = f"《{self.file}》:" if lang == "zh" else f"{self.file}: "
        return where + sentence(self.code, lang, self.detail)


@dataclass(frozen=True)
class Sheet:
    """One table, read and not yet judged. Iterate for (row number, {column name: str, Cell or None}, [row codes]), as often as needed.

    columns: {column name: (column from 0, header as written)}; mapping: {header as written: column name or None}, to be
    confirmed and passed in as `remembered` next time; notes: (code, row, detail), row 0 the file and 1 the header; dropped:
    {as the note calls it: column from 0} of the columns that are told and not stored.
    """

    file: str
    name: str
    template: object
    header_row: int
    columns: dict
    mapping: dict
    epoch1904: bool
    row_count: int
    blank_rows: int
    notes: tuple
    dropped: dict
    _lines: object = field(repr=False, compare=False)

    def __iter__(self):
        fd, offset, rest, names = self._lines.fileno(), 0, b"", list(self.columns)
        decode = json.JSONDecoder().raw_decode
        while chunk := os.pread(fd, 1 << 18, offset):
            offset += len(chunk)
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                number, cells, flags, rich = decode(line.decode("ascii"))[0]
                yield number, dict(zip(names, map(from_json, cells) if rich else cells)), flags


@contextmanager
def within(seconds):
    """Let all that is read and marked inside take so many seconds of the wall clock together: the answer must come before the server gives up."""
    before = _UNTIL.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _UNTIL.reset(before)


def patience(limits):
    """Return how many seconds of the wall clock a child may take now."""
    most, until = PATIENCE * limits.seconds, _UNTIL.get()
    return most if until is None else max(0, min(most, until - time.monotonic()))


def read_file(data, upload_name, template, *, sheet=None, remembered=None, limits=LIMITS):
    """Read bytes that somebody uploaded under some name. Returns Sheet or Rejection.

    template: a template.Template. sheet: name of the sheet chosen after `file.sheet_ambiguous`. remembered:
    {header: column name or None} confirmed earlier by this office.
    """
    file = safe_file_name(upload_name)
    if not data:
        return Rejection("file.empty", file=file)
    if len(data) > limits.file_mb << 20:
        return Rejection("file.too_large", str(limits.file_mb), file)
    job = {"template": template.as_read(), "upload_name": upload_name, "sheet": sheet, "remembered": remembered, "limits": asdict(limits)}
    lines = tempfile.TemporaryFile()  # noqa: SIM115  lives as long as the Sheet
    answer = run_child("read", data, job, lines, limits)
    if "facts" not in answer:
        lines.close()
        code, detail, name = answer["reject"]
        return Rejection(code, detail, file, name)
    return _sheet(answer["facts"], file, template, lines)


def _sheet(facts, file, template, lines):
    return Sheet(
        file=file, name=facts["sheet"], template=template, header_row=facts["header_row"],
        columns={name: (column, text) for column, name, text in facts["columns"]}, mapping=facts["mapping"],
        epoch1904=facts["epoch1904"], row_count=facts["rows"], blank_rows=facts["blank_rows"],
        notes=tuple(map(tuple, facts["notes"])),
        dropped=dict(facts["dropped"]), _lines=lines,
    )  # fmt: skip


def run_child(what, data, job, out, limits):
    """Run one act of child.py. Returns its answer, never an exception: a crash is `file.corrupt_xlsx`, time that ran out is told as such.

    The child's own limit is CPU time. The wall clock here is only for one that waits for ever: a busy server is no fault of the file.
    """
    with tempfile.TemporaryFile() as upload, tempfile.TemporaryFile() as order, tempfile.TemporaryFile() as answer:
        upload.write(data)
        order.write(json.dumps(job).encode())
        for handle in (upload, order):
            handle.flush()
            handle.seek(0)
        fds = (order.fileno(), out.fileno())
        try:
            done = subprocess.run(
                [sys.executable, *LEAN[what], "-B", "-m", "wanjia.sheets.child", what, *map(str, fds)],
                stdin=upload, stdout=answer, stderr=subprocess.DEVNULL, pass_fds=fds, timeout=patience(limits),
                env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1"}, cwd=tempfile.gettempdir(), check=False,
            )  # fmt: skip
            answer.seek(0)
            if done.returncode == 0:
                return json.loads(answer.read(ANSWER_MB << 20))
            code = "file.not_in_time" if -done.returncode in OUT_OF_TIME else "file.corrupt_xlsx"
        except subprocess.TimeoutExpired:
            code = "file.not_in_time"
        except (ValueError, OSError):
            code = "file.corrupt_xlsx"
    return {"reject": [code, "", ""]}
