"""Judged rows on their way into the database and out again: what was written in the sheet, what was understood, chunk by chunk."""

import itertools
import json
from functools import cached_property

from wanjia.registry import bulk
from wanjia.sealing import keys
from wanjia.sealing.fields import log_unopened
from wanjia.sheets.values import text_of

from ..models import UploadRow

CHUNK = 1000
HOME = 100  # rows that one home may take more than a chunk has room for
BESIDE = 8  # rows looked at behind a chunk, to see whether its last home goes on there
SENT_BACK = {"unopened": "row.unopened", "afar": "scope.person_not_yours", "changed": "row.changed"}  # what becomes of a row when it is written → its code
TABLE_NOTES = {"warn.row.footer_skipped", "warn.row.no_known_column"}  # about rows that are no data and are not staged


class AsWritten:
    """A Sheet that remembers the row it handed out last, so that a refused row can be shown as it was written."""

    def __init__(self, sheet):
        self._sheet, self.cells = sheet, {}

    def __getattr__(self, name):
        return getattr(self._sheet, name)

    def __iter__(self):
        for number, cells, flags in self._sheet:
            self.cells = cells
            yield number, cells, flags


def staged_row(upload, row, cells):
    """Return the UploadRow of a JudgedRow: its values; what was not understood as it was written. Sealed when saved."""
    values = row.values if row.ok else {name: row.values.get(name) or text_of(cell) for name, cell in cells.items() if cell is not None}
    findings = [f.parts() for f in row.findings]
    return bulk.fresh(
        UploadRow, upload=upload, number=row.number, code=row.code or "", ok=row.ok, village_code=row.place or "",
        values=json.dumps({name: value for name, value in values.items() if value is not None}, ensure_ascii=False),
        findings=json.dumps(findings, ensure_ascii=False) if findings else "",
    )  # fmt: skip


def tally_of(report):
    """Return the groups of a report's findings: [[code, column, how many, first row]], faults before warnings, the rare before the frequent."""
    listed = [[code, column, n, first] for (code, column), (n, first) in report.tally.items()]
    return sorted(listed, key=lambda group: (group[0].startswith("warn."), group[2] if group[0].startswith("warn.") else -group[2], group[3]))


class Waiting:
    """An accepted row as an applier takes it: where it stood, which village, and its content opened."""

    def __init__(self, pk, number, village_code, sealed):
        self.pk, self.number, self.village_code, self._sealed = pk, number, village_code, sealed

    @cached_property
    def content(self):
        """What the row says, {column: text}; empty when it does not open (`opens`): the other rows go on."""
        self.opens = True
        try:
            return json.loads(keys.open_sealed(self._sealed.body, VALUES.place(self))) if self._sealed else {}
        except keys.Unopened:
            self.opens = False
            log_unopened(VALUES.place(self))
            return {}

    @property
    def sound(self):
        """Whether the row's content opens."""
        return self.content is not None and self.opens
VALUES = UploadRow._meta.get_field("values")


def chunks(rows, size=CHUNK, after=0, together=""):
    """Yield `rows` (a query set of UploadRows) as lists of about `size` Waiting; adjacent rows that say the same under `together`, as those of
    one home do, are never cut apart.

    after: the row behind which to begin; whoever knows it spares the database a walk over all that is done.
    """
    last = after
    while waiting := _some(rows, last, size):
        while together and len(waiting) < size + HOME and (home := waiting[-1].content.get(together)):
            beside = _some(rows, waiting[-1].number, BESIDE)
            same = list(itertools.takewhile(lambda row, home=home: row.content.get(together) == home, beside))
            waiting += same
            if len(same) < BESIDE:
                break
        last = waiting[-1].number
        yield waiting


def _some(rows, after, count):
    found = rows.filter(number__gt=after).order_by("number").values_list("pk", "number", "village_code", "values")
    return [Waiting(*row) for row in found[:count]]
