"""From a stream of rows to a table: find the header, fill merged blocks, leave out footers, hand on what the template knows."""

import re

from .cells import Cell, letters_of
from .headers import find_header, label, meaning
from .limits import Reject
from .template import SKIP

FAR_CELLS = 100  # cells beyond the last column allowed that are strays; more of them are a table too wide
FAR_NAMED = 3
PREVIEW = 40  # rows kept until the header is settled
FOOTER = re.compile(
    r"(?:合计|总计|小计|共计|累计|填表|填报|制表|审核|审批|负责人|经办人|单位负责|复核|联系人|联系电话|单位\(|\(?盖章|签字|签名|说明[::]|备注[::]|注[::\d1]|注意|本表|共\d+|第\d+页|以下空白|填写说明)"
)


def shown(cell):
    """The text of a cell, whatever its kind."""
    return cell if isinstance(cell, str) else cell.text


def is_blank(cell):
    return isinstance(cell, str) and not cell.strip()


class Table:
    """Takes cells.Row in order, emits (row number, [cell or None per known column], flags) and gathers notes (code, row, detail)."""

    def __init__(self, template, limits, emit, remembered=None, merges=None):
        self.template, self.limits, self.emit = template, limits, emit
        self.remembered, self.merges = remembered, merges or {}
        self.header, self.buffer, self.notes = None, [], []
        self.last = self.rows = self.blank = self.seen = self.width = 0
        self.filling, self.stray, self.far = {}, set(), []
        self.merged_columns = {column for _row, column in self.merges}

    def take(self, row, width=None):
        """One row; width: number of cells of a text record, None for a sheet."""
        cells = {c: v for c, v in row.cells.items() if v.__class__ is Cell or not v.isspace()}
        if not cells:
            self.blank += width is not None and self.header is not None
            return
        if len(cells) > self.limits.columns:
            raise Reject("file.too_many_columns", self.limits.columns)
        if max(cells) >= self.limits.columns and (width is None or self.header is None):
            row, cells = self._without_far(row, cells)
            if not cells:
                return
        if self.header is None:
            self.buffer.append((row, width))
            if len(self.buffer) >= PREVIEW:
                self.settle()
        else:
            self._data(row, cells, width)

    def _without_far(self, row, cells):
        """The row without its cells beyond the last column allowed: a few are strays to be told, many are a table too wide."""
        far = [column for column in cells if column >= self.limits.columns]
        self.far += [f"{letters_of(column)}{row.number}" for column in far]
        if len(self.far) > FAR_CELLS:
            raise Reject("file.too_many_columns", self.limits.columns)
        return row._replace(cells={c: v for c, v in row.cells.items() if c not in far}), {c: v for c, v in cells.items() if c not in far}

    def settle(self):
        """Find the header among the buffered rows, then read on from behind it."""
        if not self.buffer:
            raise Reject("file.empty")
        self.header = find_header([r for r, _ in self.buffer], self.template, self.remembered, self.merges)
        self.last, waiting, self.buffer = self.header.number, self.buffer, []
        self.width = max(self.header.texts) + 1
        self.known = {c: n for c, n in self.header.columns.items() if self.template.column(n).kind is not SKIP}
        self.last_required = {n: c for c, n in self.known.items() if n in self.template.required}
        self.half = len(self.last_required) // 2
        for row, width in waiting:
            if row.number > self.header.number:
                self._data(row, {c: v for c, v in row.cells.items() if not is_blank(v)}, width)

    def finish(self):
        if self.header is None:
            self.settle()
        if not self.rows:
            raise Reject("file.no_rows")
        for text in self.header.unknown:
            self.notes.append(("warn.column.not_imported", 1, text))
        for column in sorted(self.stray):
            self.notes.append(("warn.column.not_imported", 1, letters_of(column)))
        if self.far:
            named = "、".join(self.far[:FAR_NAMED]) + ("…" if len(self.far) > FAR_NAMED else "")
            self.notes.append(("warn.sheet.stray_cell", 0, named))

    def dropped(self):
        """{column: as its note calls it} of the columns that are told and not stored."""
        named = {text.strip().replace("\n", ""): column for column, text in self.header.texts.items() if column not in self.header.columns}
        return {named[text]: text for text in self.header.unknown if text in named} | {column: letters_of(column) for column in self.stray}

    def _data(self, row, cells, width):
        gap = row.number - self.last - 1
        if width is None:
            self.blank += gap
        self.last = row.number
        self.seen += 1
        if self.seen > self.limits.rows:
            raise Reject("file.too_many_rows", self.limits.rows)
        if self.merged_columns:
            self._fill_down(row, cells)
        if self._is_footer(cells):
            self.notes.append(("warn.row.footer_skipped", row.number, ""))
            return
        values = [cells.get(column) for column in self.known]
        if not any(values):
            self.notes.append(("warn.row.no_known_column", row.number, ""))
            return
        self.rows += 1
        self.emit(row.number, values, self._flags(row, cells, width, gap))

    def _flags(self, row, cells, width, gap):
        """Codes of the row as a row: hidden, after a gap, ragged."""
        flags = ["warn.row.hidden"] if row.hidden else []
        if gap >= 2 and self.rows > 1:
            flags.append("warn.row.after_gap")
        beyond = cells.keys() - self.header.texts.keys()
        if beyond and width is not None and max(beyond) >= self.width:
            flags.append("row.too_many_cells")
        elif beyond:
            self.stray.update(beyond)
        if width is not None and any(column >= width for column in self.last_required.values()):
            flags.append("row.too_few_cells")
        return flags

    def _fill_down(self, row, cells):
        """A vertically merged block means its value for each of its rows; a plain blank means nothing."""
        for column in self.merged_columns:
            last = self.merges.get((row.number, column))
            if last and column in cells:
                self.filling[column] = (last, cells[column])
            elif column in self.filling and column not in cells:
                last, value = self.filling[column]
                if row.number <= last:
                    cells[column] = value

    def _is_footer(self, cells):
        first = cells[min(cells)]
        filled = sum(column in cells for column in self.last_required.values())
        if filled <= self.half and isinstance(first, str) and FOOTER.match(label(first)):
            return True
        if first.__class__ is Cell or meaning(first, self.template, self.remembered) is None:
            return False
        texts = [(self.known[c], v) for c, v in cells.items() if c in self.known and isinstance(v, str)]
        return len(texts) > 2 and all(meaning(v, self.template, self.remembered) == name for name, v in texts)


def as_json(cell):
    """A cell on its way out of the child: text as a string, else the parts of a Cell; None for a blank."""
    return cell if cell is None or isinstance(cell, str) else list(cell)


def from_json(value):
    return value if value is None or isinstance(value, str) else Cell(*value)
