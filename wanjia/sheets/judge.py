"""Rows → verdicts, by a template that is given. Pure: the same sheet, template and world give the same report, and nothing is written anywhere."""

from .limits import LIMITS
from .report import Finding, JudgedRow, Report, clean
from .rules import Draft
from .values import CHOICE, judge_cell, text_of

ORIGINAL = "(原文)"  # behind a column's name: the word that stood in the cell, where another was taken for it
KNOWN = 50_000  # verdicts on cells that are remembered: most columns say one of few words
KEPT = 20_000  # rows that a report keeps unless told otherwise; larger sheets are streamed through `each`


def judge(sheet, template, world, *, each=None, keep=None, counted=False, limits=LIMITS):
    """Judge a reading.Sheet against a template.Template. Returns a report.Report.

    world: whatever the template's kinds and rules ask; a day asks `world.today`, the judge itself nothing. each: called with every
    JudgedRow in sheet order, e.g. to stage rows in chunks; keep: whether the report keeps the accepted rows (default: up to KEPT rows). counted: for
    whoever keeps each row's findings by `each`: the report counts them and keeps only those of the file, its header and the rows that are no data.
    One pass over the sheet, and one more for each rule that looks `ahead`.
    """
    bench = _Bench(sheet, template, world, limits)
    report = Report(sheet.file, sheet.name, template.name, sheet.header_row, sheet.mapping, sheet.blank_rows, sentences=template.sentences)
    keep = sheet.row_count <= KEPT if keep is None else keep
    for code, row, detail in sheet.notes:
        report.add(Finding(row, code, "", str(detail)))
    for number, cells, flags in sheet:
        judged = bench.row(number, cells, flags)
        for finding in judged.findings:
            (report.count if counted else report.add)(finding)
        ok = judged.ok
        report.rows_ok += ok
        report.rows_refused += not ok
        if keep and ok:
            report.accepted.append(judged)
        if each:
            each(judged)
    return report


class _Bench:
    """Template, world and the state of the rules for one sheet."""

    def __init__(self, sheet, template, world, limits):
        self.world, self.limits, self.epoch = world, limits, sheet.epoch1904
        self.columns = [c for c in template.kept if c.name in sheet.columns]
        self.by_name = {c.name: c for c in self.columns}
        self.told = set()  # (column, code, detail) of what is told once
        self.known = {}  # {(column, text): (value, code, detail)}: a verdict on a cell hangs on nothing else
        self.rules = [rule(world, rule.ahead(sheet, self._value) if rule.ahead else None) for rule in template.rules]

    def _value(self, name, cell):
        return self._judged(self.by_name[name], cell)[0]

    def row(self, number, cells, flags):
        """The JudgedRow of one row: its flags, its cells in the template's order, then the rules in theirs."""
        cut_short = "row.too_few_cells" in flags
        lacking = "、".join(c.name for c in self.columns if c.required and cells.get(c.name) is None) if cut_short else ""
        draft = Draft(number, {}, [Finding(number, code, "", lacking) for code in flags])
        for column in self.columns:
            cell = cells.get(column.name)
            if cell is None:
                draft.values[column.name] = None
                if column.required and not cut_short:
                    draft.find(column.kind.lacking, column.name, column.name)
                continue
            self._cell(draft, column, cell)
        for rule in self.rules:
            rule(draft)
        findings = draft.findings
        if len(findings) > 1:
            findings.sort(key=lambda f: f.code.startswith("warn.") and f.code != "warn.dup.identical_row")
        return JudgedRow(number, draft.values, tuple(findings), draft.place)

    def _again(self, name, code, detail):
        """Tell whether this was told of an earlier row."""
        known = len(self.told)
        self.told.add((name, code, detail))
        return len(self.told) == known

    def _judged(self, column, cell):
        if not isinstance(cell, str):
            return judge_cell(cell, column, self.epoch, self.world, self.limits.cell_chars)
        found = self.known.get((column.name, cell))
        if found is None:
            if len(self.known) >= KNOWN:
                self.known.clear()
            found = self.known[column.name, cell] = judge_cell(cell, column, self.epoch, self.world, self.limits.cell_chars)
        return found

    def _cell(self, draft, column, cell):
        kind, name = column.kind, column.name
        value, code, detail = self._judged(column, cell)
        draft.values[name] = value
        if kind is CHOICE and value and (written := text_of(cell).strip()) != value:
            draft.values[name + ORIGINAL] = written
        if value in (None, "") and code is None and column.required:
            code, detail = kind.lacking, name
        if code in kind.once and self._again(name, code, detail):
            code = None
        if code:
            written = text_of(cell)
            changed = value is not None and code.startswith("warn.") and written != value
            draft.findings.append(Finding(draft.number, code, name, str(detail), clean(written, 60) if changed else ""))
        if kind.note:
            kind.note(draft, column, value, code)
