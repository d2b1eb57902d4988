"""The office's own workbook back with its faults marked: a fill and a comment on each cell, by the import's own marking."""

from collections import defaultdict
from dataclasses import dataclass

from wanjia.sheets.limits import LIMITS
from wanjia.sheets.marking import copy_marked
from wanjia.sheets.reading import Rejection, read_file

from .people import SHEETS


@dataclass(frozen=True)
class Summary:
    """What the marked workbook's last sheet says."""

    faults: list

    def rows(self):
        """Yield the rows of the summary sheet."""
        yield ["工作表", "行号", "列", "情况"]
        for fault in self.faults:
            yield [fault.sheet, fault.row or "", fault.column, fault.words]


def workbook(data, faults):
    """Return the workbook as XLSX bytes with every fault marked; the upload itself when it cannot be copied."""
    by_sheet = defaultdict(list)
    for fault in faults:
        by_sheet[fault.sheet].append(fault)
    for sheet, found in by_sheet.items():
        read = read_file(data, "people.xlsx", SHEETS[sheet], sheet=sheet)
        if isinstance(read, Rejection):
            continue
        marks = [[fault.row, read.columns.get(fault.column, (None,))[0], False, fault.words] for fault in found if fault.row]
        data = copy_marked(data, sheet, marks, list(Summary(faults).rows()), LIMITS) or data
    return data
