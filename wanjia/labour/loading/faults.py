"""The refused rows of a file, marked: as they stand in it, with a sentence on each. For whoever loads alone; nothing of it is kept in the house."""

import csv
import os

from wanjia.sheets.report import is_warning
from wanjia.sheets.values import text_of
from wanjia.sheets.writing import guard


class Faults:
    """Writes rows to a CSV that its owner alone can read. path: None writes nothing."""

    def __init__(self, path, names, sentences):
        self.path, self.names, self.sentences, self.file = path, names, sentences, None

    def __enter__(self):
        if self.path:
            self.file = os.fdopen(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8-sig", newline="")
            os.fchmod(self.file.fileno(), 0o600)
            self.rows = csv.writer(self.file)
            self.rows.writerow(["原行号", "问题", *self.names])
        return self

    def __exit__(self, *_fault):
        if self.file:
            self.file.close()

    def add(self, judged, cells):
        """Add a refused row. cells: {column: cell}, None where only its number is known."""
        if not self.file:
            return
        said = [finding for finding in judged.findings if not is_warning(finding.code)] or judged.findings
        words = ";".join(self._sentence(finding) for finding in said)
        texts = [text_of(cell) if (cell := (cells or {}).get(name)) is not None else judged.values.get(name) or "" for name in self.names]
        self.rows.writerow([judged.number, words, *map(guard, texts)])

    def _sentence(self, finding):
        return finding.sentence("zh", sentences=self.sentences)
