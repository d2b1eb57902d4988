"""The office's own workbook back, with what was found: a fill and a comment on each cell concerned, and a summary sheet.

A small XLSX is copied by openpyxl in the child process and only marked. Text tables and large sheets get a new workbook from
the rows already read. Strings stay strings either way; no formula appears that was not in the upload.
"""

import io
import sys
import tempfile
from dataclasses import asdict

from .codes import is_warning
from .limits import LIMITS, Limits
from .writing import NOT_IN_XML, put

SUMMARY = "导入结果"
COPIED_ROWS = 20_000  # above this openpyxl would want hundreds of MB: the rows with findings are written anew instead
COMMENTS = 5_000
RED, YELLOW = "FFC7CE", "FFEB9C"
OUTCOMES = {"ACCEPT": "全部可以导入", "WARN": "可以导入,有提醒请过目", "PARTIAL": "部分行需要改正,其余可以导入", "REJECT": "没有读取"}


def mark_file(data, sheet, report, limits=LIMITS):
    """The marked workbook as XLSX bytes. data: the upload; sheet, report: what read_file and judge made of it."""
    if data[:2] == b"PK" and sheet.row_count <= COPIED_ROWS and (copied := _copied(data, sheet, report, limits)):
        return copied
    return _written_anew(sheet, report)


def _marks(sheet, report):
    """[sheet row, column from 0 or None, whether a warning, sentence] for every finding that has a cell."""
    marks = []
    for finding in report.findings:
        row = {0: None, 1: sheet.header_row}.get(finding.row, finding.row)
        if row is not None:
            marks.append([row, _place(sheet, finding), is_warning(finding.code), finding.said("zh", report.sentences)])
    return marks


def _place(sheet, finding):
    """The column of a finding's cell from 0: its own, or that of the header which is told and not stored; None when it has none."""
    return sheet.columns[finding.column][0] if finding.column in sheet.columns else sheet.dropped.get(finding.detail)


def _summary(report):
    """Rows of the summary sheet."""
    yield ["文件", report.file]
    yield ["结论", OUTCOMES[report.outcome]]
    yield ["可以导入的行", report.rows_ok]
    yield ["退回或跳过的行", report.rows_refused]
    yield ["空行", report.blank_rows]
    yield []
    yield ["行号", "列", "情况", "English"]
    for f in sorted(report.findings, key=lambda f: f.row)[:50_000]:
        yield [f.row or "文件", f.column, f.said("zh", report.sentences), f.said("en", report.sentences)]


def _copied(data, sheet, report, limits):
    """Marked copy made by the child, or b"" when it could not."""
    return copy_marked(data, sheet.name, _marks(sheet, report), list(_summary(report)), limits)


def copy_marked(data, sheet, marks, summary, limits):
    """A copy of the workbook with marks ([row, column from 0 or None, whether a warning, sentence]) and a summary sheet."""
    from .reading import run_child

    job = {"limits": asdict(limits), "sheet": sheet, "marks": marks, "summary": summary}
    with tempfile.TemporaryFile() as out:
        if "facts" not in run_child("mark", data, job, out, limits):
            return b""
        out.seek(0)
        return out.read()


def _sum_up(book, lines):
    """Put the summary on a sheet of its own, in place of an older one."""
    if SUMMARY in book.sheetnames:
        del book[SUMMARY]
    result = book.create_sheet(SUMMARY)
    for number, line in enumerate(lines, 1):
        for place, value in enumerate(line, 1):
            cell = result.cell(number, place)
            cell.value, cell.data_type = (NOT_IN_XML.sub("", value), "s") if isinstance(value, str) else (value, "n")


def write_marked(stream, job, out):
    """In the child: mark a copy of the workbook on `stream` and write it to `out`. The zip is guarded once more."""
    sys.modules["numpy"] = None  # openpyxl would import it for nothing: most of the time and memory of a small file
    from openpyxl import load_workbook
    from openpyxl.styles import PatternFill

    from .zipguard import Guarded

    guarded = Guarded(stream, Limits(**job["limits"]), "xlsx")
    guarded.refuse_dtd()
    stream.seek(0)
    book = load_workbook(stream, keep_vba=False, keep_links=False)
    fills = {w: PatternFill("solid", start_color=c, end_color=c) for w, c in ((False, RED), (True, YELLOW))}
    page = book[job["sheet"]]
    for count, (row, column, warning, said) in enumerate(sorted(job["marks"], key=lambda m: not m[2])):
        _mark_cell(page.cell(row, (column or 0) + 1), fills[warning], said if count < COMMENTS else "")
    _sum_up(book, job["summary"])
    buffer = io.BytesIO()
    book.save(buffer)
    out.write(buffer.getvalue())
    out.flush()


def _mark_cell(cell, fill, said):
    from openpyxl.cell.cell import MergedCell
    from openpyxl.comments import Comment

    if isinstance(cell, MergedCell):
        return
    cell.fill = fill
    if said:
        before = cell.comment.text + "\n" if cell.comment else ""
        cell.comment = Comment(before + said, "万家")


def _written_anew(sheet, report):
    """A new workbook: the rows (of a large sheet only those with findings) as text, marked, and the summary."""
    import xlsxwriter

    from .values import text_of

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    styles = {key: book.add_format({"num_format": "@", **({"bg_color": f"#{key}"} if key else {})}) for key in ("", RED, YELLOW)}
    page, names = book.add_worksheet("数据"), list(sheet.columns)
    for place, title in enumerate(["原行号", *(sheet.columns[n][1] for n in names)]):
        put(page, 0, place, title, styles[""])
    by_row = {}
    for finding in report.findings:
        by_row.setdefault(finding.row, []).append(finding)
    line = 0
    for number, cells, _flags in sheet:
        found = by_row.get(number, ())
        if found or sheet.row_count <= COPIED_ROWS:
            line += 1
            texts = [str(number), *(text_of(cells[n]) if cells[n] is not None else "" for n in names)]
            _write_line(page, line, texts, found, names, styles, report.sentences)
    _write_summary(book.add_worksheet(SUMMARY), report, styles[""])
    book.close()
    return buffer.getvalue()


def _write_line(page, line, texts, found, names, styles, sentences):
    said = {}
    for finding in found:
        place = names.index(finding.column) + 1 if finding.column in names else 0
        said.setdefault(place, []).append(finding)
    for place, text in enumerate(texts):
        here = said.get(place)
        style = styles[""] if not here else styles[YELLOW] if all(is_warning(f.code) for f in here) else styles[RED]
        put(page, line, place, text, style)
        if here:
            if not text:
                page.write_blank(line, place, None, style)
            if line <= COMMENTS:
                page.write_comment(line, place, "\n".join(f.said("zh", sentences) for f in here))


def _write_summary(page, report, style):
    for number, row in enumerate(_summary(report)):
        for place, value in enumerate(row):
            put(page, number, place, value, style)
    page.set_column(0, 1, 16)
    page.set_column(2, 3, 60)
