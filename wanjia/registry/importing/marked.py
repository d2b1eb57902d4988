"""The office's own workbook back with marked cells: made anew from the sealed file and the verdicts, by a child process."""

from wanjia.sheets.marking import mark_file
from wanjia.sheets.reading import Rejection, read_file
from wanjia.sheets.report import Finding, Report
from wanjia.verdict import Refused

from .brought import imports
from .queries import content_of, findings_of, remembered, sent_name


def marked_workbook(upload):
    """Return (file name, XLSX bytes). Raises Refused when the sealed file is gone or can no longer be read."""
    body = content_of(upload)
    template, known = imports()[upload.template].template, remembered(upload.organisation, upload.template)
    name = sent_name(upload)
    sheet = read_file(body, name, template, sheet=upload.sheet or None, remembered=known)
    if isinstance(sheet, Rejection):
        raise Refused(sheet.sentence())
    stem = upload.file_name.rsplit(".", 1)[0]
    return f"{stem}-已标注.xlsx", mark_file(body, sheet, _report(upload, sheet))


def _report(upload, sheet):
    report = Report(upload.file_name, upload.sheet, upload.template, sheet.header_row, sheet.mapping, upload.blank_rows, sentences=imports()[upload.template].sentences)
    report.rows_ok, report.rows_refused = upload.rows_ok, upload.rows_refused
    for parts in upload.findings:
        report.add(Finding(*parts))
    for row in upload.rows.exclude(code="").order_by("number").iterator(chunk_size=2000):
        for finding in findings_of(row):
            report.add(finding)
    return report
