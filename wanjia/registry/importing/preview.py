"""The preview of an upload as the page shows it: the sheet with its cells coloured, what stands out, and what confirming writes."""

from dataclasses import dataclass, replace

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.privacy import mask_citizen_id, mask_phone
from wanjia.sheets.codes import is_warning, sentence
from wanjia.sheets.report import Finding, clean

from ..models import KnownHeader
from . import queries
from .appliers import imports

MASKS = {"citizen_id": mask_citizen_id, "phone": mask_phone, "account": lambda text: "*" * 6 + text[-4:]}
SHORT = 40  # characters of a cell that the grid shows
COUNTS = {
    "households_new": _("新建户"), "households_changed": _("更新户"), "households_same": _("没有变化的户"), "people_new": _("新增人员"),
    "people_changed": _("更新人员"), "memberships_new": _("新增成员关系"), "statuses_new": _("新增特殊群体标记"),
    "absences_new": _("新增外出记录"), "two_homes": _("同时在另一户的人"), "elsewhere": _("由别处保管档案的人"),
    "needs_new": _("新登记诉求"), "needs_same": _("已在台账的诉求"), "benefits_new": _("新增补贴记录"), "benefits_same": _("已有的补贴记录"),
    "benefits_afar": _("由别处保管档案、不写入的补贴行"), "rows_unopened": _("内容打不开、没有写入的行"),
}  # fmt: skip
QUIET = {"households_same", "needs_same", "benefits_same", "benefits_afar", "two_homes", "elsewhere"}  # nothing is written for these


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
    kinds, first = _kinds(upload), _first_findings(upload)
    return [Group(code, column, n, row, _example(first.get((row, code, column)), code, n, kinds)) for code, column, n, row in upload.tally]


def _first_findings(upload):
    """{(row, code, column): Finding} of the rows that the tally names first."""
    rows = upload.rows.filter(number__in={first for *_group, first in upload.tally})
    kept = [*(Finding(*parts) for parts in upload.findings), *(finding for row in rows for finding in queries.findings_of(row))]
    return {(finding.row, finding.code, finding.column): finding for finding in reversed(kept)}


def _example(finding, code, n, kinds):
    if finding is None:
        return sentence(code, _language(), "…|…")
    if n > 1 and (finding.detail or finding.was):
        return _("如第 %(row)s 行:%(said)s") % {"row": finding.row, "said": _say(finding, kinds)}
    return _say(finding, kinds)


def _language():
    return "en" if (get_language() or "").startswith("en") else "zh"


def counts(found):
    """Return [(words, n, whether it is written)] of the counts that are not nought, in the order of COUNTS."""
    return [(words, found[name], name not in QUIET) for name, words in COUNTS.items() if found.get(name)]


def writes(found):
    """Tell whether confirming would write anything."""
    return any(n for _words, n, written in counts(found) if written)


def headers(upload):
    """Return [(header, column or None, whether the office confirmed it before)] in the order of the sheet."""
    known = KnownHeader.objects.filter(organisation=upload.organisation, template=upload.template)
    known = {row.header: row.column or None for row in known}
    return [(header, column, header in known and known[header] == column) for header, column in upload.mapping]


def columns(upload):
    """Return the template's columns that this sheet has, in the order of the sheet."""
    template = imports()[upload.template].template
    named = dict.fromkeys(column for _header, column in upload.mapping if column)
    return [column for column in map(template.column, named) if column.kind != "skip"]


def rows_shown(upload, show):
    """Return the UploadRows of one tab: "refused", "warned", "ok" or everything."""
    rows = upload.rows.order_by("number")
    return {"refused": rows.filter(ok=False), "warned": rows.filter(ok=True).exclude(code=""), "ok": rows.filter(code="")}.get(show, rows)


def grid(upload, page):
    """Return [(row, [cell per column], [sentence])] of a page of UploadRows; cell: {"text", "tone", "said"}."""
    named, kinds = columns(upload), _kinds(upload)
    return [_line(row, named, kinds) for row in page]


def _line(row, named, kinds):
    values, findings = queries.written(row), queries.findings_of(row)
    by_column = {}
    for finding in findings:
        by_column.setdefault(finding.column, []).append(finding)
    cells = [_cell(column, values.get(column.name) or "", by_column.get(column.name, ()), row.ok, kinds) for column in named]
    return row, cells, [(finding.column, _say(finding, kinds), is_warning(finding.code)) for finding in findings]


def _cell(column, text, findings, ok, kinds):
    """One cell. What is sensitive is masked, except where it must be read to be mended."""
    faulty = any(not is_warning(finding.code) for finding in findings)
    if text and column.kind in MASKS and (ok or not faulty):
        text = MASKS[column.kind](text)
    tone = "fault" if faulty else "warned" if findings else ""
    return {"text": clean(text, SHORT), "more": len(text) > SHORT, "tone": tone, "said": " ".join(_say(finding, kinds) for finding in findings), "name": column.name}


def _kinds(upload):
    """{column's name: its kind} of the upload's template."""
    return {column.name: column.kind for column in imports()[upload.template].template.columns}


def _say(finding, kinds):
    """Say a finding. What a sensitive column held is masked, except where it must be read to be mended."""
    mask = MASKS.get(kinds.get(finding.column)) if is_warning(finding.code) else None
    if mask:
        finding = replace(finding, **{name: mask(part) for name in ("detail", "was") if (part := getattr(finding, name))})
    return finding.said(_language())
