"""What the judge found: one verdict per row, every finding with its sentence, and what may be imported."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from .codes import SENTENCES, is_warning, sentence

WHERE_ZH, WHERE_EN = {0: "", 1: "表头"}, {0: "", 1: "header"}


def clean(text, longest=160):
    """A quoted bit of the file made fit to show: no control or direction marks, cut."""
    return "".join(c for c in str(text) if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))[:longest]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. row: sheet row; 0 is the file, 1 the header (as in the contract). column: its name here, or "".
    was: how the cell was written, where what is taken reads otherwise."""

    row: int
    code: str
    column: str = ""
    detail: str = ""
    was: str = ""

    def parts(self):
        """The finding as a list of plain texts, to be kept; `Finding(*parts)` is the finding again."""
        return [self.row, self.code, self.column, self.detail, *([self.was] if self.was else [])]

    def said(self, lang="zh", sentences=SENTENCES):
        """The sentence (of a template's `sentences`), and how the cell was written where what is taken reads otherwise: 日期已整理为 1990-03-05(原为“1990.3.5”)。"""
        said = sentence(self.code, lang, clean(self.detail), sentences)
        if not self.was:
            return said
        return f"{said.rstrip('。')}(原为“{clean(self.was)}”)。" if lang == "zh" else f"{said.rstrip('.')} (was: {clean(self.was)})."

    def sentence(self, lang="zh", *, file="", sheet="", sentences=SENTENCES):
        """The whole sentence with file, sheet, row and column, in "zh" or "en"; quoted text is cleaned, not escaped."""
        said = self.said(lang, sentences)
        if lang == "zh":
            place = WHERE_ZH.get(self.row, f"第 {self.row} 行")
            return f"《{file}》" * bool(file) + f"“{sheet}”" * bool(sheet) + place + f"“{self.column}”" * bool(self.column) + ":" + said
        place = WHERE_EN.get(self.row, f"row {self.row}")
        return ", ".join(filter(None, (file, f"sheet {sheet}" if sheet else "", place, self.column))) + ": " + said


@dataclass(frozen=True)
class JudgedRow:
    """One row. values: {column name: text or None}, in the spelling to be stored; place: the key of its place or None;
    ok: may be imported (an identical second row may not: it is there already)."""

    number: int
    values: dict
    findings: tuple
    place: str | None = None

    @property
    def code(self):
        """The verdict of the row: its first fault, else its first warning, else None."""
        codes = [f.code for f in self.findings]
        return next((c for c in codes if not is_warning(c)), codes[0] if codes else None)

    @property
    def ok(self):
        return all(is_warning(f.code) and f.code != "warn.dup.identical_row" for f in self.findings)


@dataclass
class Report:
    """The judgement of one sheet. rows: {sheet row: code}; tally: {(code, column): [how many, first row]} of all findings, those that were only
    counted too; accepted: the JudgedRows kept, unless the sheet was streamed; sentences: what its codes say."""

    file: str
    sheet: str
    template: str
    header_row: int
    mapping: dict
    blank_rows: int = 0
    rows_ok: int = 0
    rows_refused: int = 0
    rows: dict = field(default_factory=dict)
    tally: dict = field(default_factory=dict)
    findings: list = field(default_factory=list)
    accepted: list = field(default_factory=list)
    sentences: Mapping = field(default_factory=lambda: SENTENCES)

    @property
    def file_code(self):
        """None: a file with a file code never comes this far (see Rejection)."""
        return None

    @property
    def outcome(self):
        """ACCEPT, WARN or PARTIAL, by the contract."""
        if any(not is_warning(code) for code, _column in self.tally):
            return "PARTIAL"
        return "WARN" if self.tally else "ACCEPT"

    @property
    def normalised(self):
        """{"row": {column: value}} of the accepted rows, blanks left out."""
        return {str(r.number): {k: v for k, v in r.values.items() if v is not None} for r in self.accepted}

    def add(self, finding):
        """Note a finding of the file, the header or a row; the first fault of a row, else its first warning, is its code."""
        self.count(finding)
        self.findings.append(finding)
        known = self.rows.get(finding.row)
        if known is None or (is_warning(known) and not is_warning(finding.code)):
            self.rows[finding.row] = finding.code

    def count(self, finding):
        """Count a finding that is kept elsewhere."""
        group = self.tally.setdefault((finding.code, finding.column), [0, finding.row])
        group[0] += 1
        group[1] = min(group[1], finding.row)

    def messages(self, lang="zh"):
        """Every finding as a sentence, in the order of the rows."""
        return [f.sentence(lang, file=self.file, sheet=self.sheet, sentences=self.sentences) for f in sorted(self.findings, key=lambda f: f.row)]

    def as_contract(self):
        """The verdict in the shape of the contract: outcome, file_code, rows_ok, rows, normalised."""
        return {
            "outcome": self.outcome, "file_code": None, "rows_ok": self.rows_ok,
            "rows": {str(k): v for k, v in sorted(self.rows.items())}, "normalised": self.normalised,
        }  # fmt: skip
