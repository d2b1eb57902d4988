"""The preview of an upload as the page shows it: the sheet with its cells coloured, what stands out, and what confirming writes."""

from dataclasses import dataclass, replace

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wanjia.sheets.codes import is_warning, sentence
from wanjia.sheets.report import Finding, clean
from wanjia.sheets.template import SKIP

from ..models import KnownHeader
from . import queries
from .brought import imports

SHORT = 40  # characters of a cell that the grid shows
UNOPENED = {"rows_unopened": _("内容打不开、没有写入的行")}


@dataclass(frozen=True)
class Group:
    """Rows with the same thing to say: {words} in column, how many, the first row."""

    code: str
    column: str
    n: int
    first: int
    words: str

    @property
    def fault(self):
        return not is_warning(self.code)


def groups(upload):
    """Return what stood out, faults first; a frequent warning is one line, not a thousand, with its first row as the example."""
    brought, first = imports()[upload.template], _first_findings(upload)
    return [Group(code, column, n, row, _example(first.get((row, code, column)), code, n, brought)) for code, column, n, row in upload.tally]


def _first_findings(upload):
    """{(row, code, column): Finding} of the rows that the tally names first."""
    rows = upload.rows.filter(number__in={first for *_group, first in upload.tally})
    kept = [*(Finding(*parts) for parts in upload.findings), *(finding for row in rows for finding in queries.findings_of(row))]
    return {(finding.row, finding.code, finding.column): finding for finding in reversed(kept)}


def _example(finding, code, n, brought):
    if finding is None:
        return sentence(code, _language(), "…|…", brought.sentences)
    if n > 1 and (finding.detail or finding.was):
        return _("如第 %(row)s 行:%(said)s") % {"row": finding.row, "said": _say(finding, brought)}
    return _say(finding, brought)


def _language():
    return "en" if (get_language() or "").startswith("en") else "zh"


def counts(upload, found):
    """Return [(words, n, whether it is written)] of the counts that are not nought, in the order of what was brought."""
    brought = imports()[upload.template]
    return [(words, found[name], name not in brought.quiet) for name, words in {**brought.counts, **UNOPENED}.items() if found.get(name)]


def writes(upload, found):
    """Tell whether confirming would write anything."""
    return any(n for _words, n, written in counts(upload, found) if written)


def headers(upload):
    """Return [(header, column or None, whether the office confirmed it before)] in the order of the sheet."""
    known = KnownHeader.objects.filter(organisation=upload.organisation, template=upload.template)
    known = {row.header: row.column or None for row in known}
    return [(header, column, header in known and known[header] == column) for header, column in upload.mapping]


def columns(upload):
    """Return the template's columns that this sheet has, in the order of the sheet."""
    template = imports()[upload.template].template
    named = dict.fromkeys(column for _header, column in upload.mapping if column)
    return [column for column in map(template.column, named) if column.kind is not SKIP]


def rows_shown(upload, show):
    """Return the UploadRows of one tab: "refused", "warned", "ok" or everything."""
    rows = upload.rows.order_by("number")
    return {"refused": rows.filter(ok=False), "warned": rows.filter(ok=True).exclude(code=""), "ok": rows.filter(code="")}.get(show, rows)


def grid(upload, page):
    """Return [(row, [cell per column], [sentence])] of a page of UploadRows; cell: {"text", "tone", "said"}."""
    named, brought = columns(upload), imports()[upload.template]
    return [_line(row, named, brought) for row in page]


def _line(row, named, brought):
    values, findings = queries.written(row), queries.findings_of(row)
    by_column = {}
    for finding in findings:
        by_column.setdefault(finding.column, []).append(finding)
    cells = [_cell(column, values.get(column.name) or "", by_column.get(column.name, ()), row.ok, brought) for column in named]
    return row, cells, [(finding.column, _say(finding, brought), is_warning(finding.code)) for finding in findings]


def _cell(column, text, findings, ok, brought):
    """One cell. What is sensitive is masked, except where it must be read to be mended."""
    faulty = any(not is_warning(finding.code) for finding in findings)
    if text and column.kind.mask and (ok or not faulty):
        text = column.kind.mask(text)
    tone = "fault" if faulty else "warned" if findings else ""
    return {"text": clean(text, SHORT), "more": len(text) > SHORT, "tone": tone, "said": " ".join(_say(finding, brought) for finding in findings), "name": column.name}


def _say(finding, brought):
    """Say a finding. What a sensitive column held is masked, except where it must be read to be mended."""
    mask = brought.masks.get(finding.column) if is_warning(finding.code) else None
    if mask:
        finding = replace(finding, **{name: mask(part) for name in ("detail", "was") if (part := getattr(finding, name))})
    return finding.said(_language(), brought.sentences)
