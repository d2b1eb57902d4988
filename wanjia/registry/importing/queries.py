"""Progress and verdicts of an upload."""

import base64
import json

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wanjia.sealing.fields import UNOPENED, opened
from wanjia.sheets.report import Finding, JudgedRow

from ..models import KnownHeader, Upload, UploadContent, UploadRow
from .brought import imports
from .rules import MENDING
from .staging import SENT_BACK

OVER = ("applied", "cancelled", "rejected")


def remembered(organisation, template):
    """Return {header: column or None} that this office confirmed before."""
    rows = KnownHeader.objects.filter(organisation=organisation, template=template)
    return {row.header: row.column or None for row in rows}


def content_of(upload):
    """Return the bytes of the workbook as it was sent; none once the import is over."""
    kept = UploadContent.objects.filter(upload=upload).first()
    return opened(kept, "body", base64.b64decode, b"") if kept else b""


def over_mending(at):
    """Return the sealed files of finished imports whose time for mending is over."""
    return UploadContent.objects.filter(upload__state="applied", upload__received_at__lte=at - MENDING)


def sent_name(upload):
    """Return the file's name as it was sent, else as it is shown."""
    return json.loads(upload.sent_name or '""') or upload.file_name


def written(row):
    """Return {column: text} of an UploadRow; nothing of one that does not open: `findings_of` says so."""
    return opened(row, "values", lambda text: json.loads(text or "{}"), {})


def findings_of(row):
    """Return the Findings of an UploadRow; of one that does not open, that one."""
    if row.result in SENT_BACK:
        return [Finding(row.number, SENT_BACK[row.result], "", "")]
    if row.values == UNOPENED:
        return [Finding(row.number, SENT_BACK["unopened"], "", "")]
    return opened(row, "findings", lambda text: [Finding(*parts) for parts in json.loads(text or "[]")], [])


def judged(row):
    """Return an UploadRow as the JudgedRow it was."""
    return JudgedRow(row.number, dict(written(row)), tuple(findings_of(row)), row.village_code or None)


def verdicts(upload):
    """Return {sheet row: code} of file, header and rows, in order: the contract's `rows`."""
    rows = {row: code for row, code, *_rest in reversed(upload.findings)}
    rows |= dict(upload.rows.exclude(code="").values_list("number", "code"))
    return {str(number): code for number, code in sorted(rows.items())}


def sentences(upload, lang="zh", limit=500, after=-1):
    """Yield (row number, code, sentence) of what the judge said of the rows after row `after`, file first, then row by row."""
    place = {"file": upload.file_name, "sheet": upload.sheet, "sentences": imports()[upload.template].sentences}
    for finding in (Finding(*parts) for parts in upload.findings):
        if finding.row > after:
            yield finding.row, finding.code, finding.sentence(lang, **place)
    for row in upload.rows.filter(number__gt=after).exclude(code="").order_by("number")[:limit]:
        for finding in judged(row).findings:
            yield row.number, finding.code, finding.sentence(lang, **place)


def normalised(upload):
    """Return {"row": {column: value}} of the accepted rows, blanks left out: the contract's `normalised`."""
    accepted = upload.rows.filter(ok=True).order_by("number").iterator(chunk_size=1000)
    return {
        str(row.number): {name: value for name, value in written(row).items() if value is not None} for row in accepted
    }


def answer(upload):
    """Return what the command line and the API say of an upload, in the contract's shape."""
    rejected = upload.outcome == "REJECT"
    return {
        "outcome": upload.outcome,
        "file_code": upload.file_code or None,
        "rows_ok": None if rejected else upload.rows_ok,
        "rows": {} if rejected else verdicts(upload),
        "normalised": {} if rejected or not upload.rows.exists() else normalised(upload),
        "state": upload.state,
        "id": str(upload.pk),
        "applied": upload.done if upload.state in ("applying", "applied") else 0,
        "counts": upload.counts,
        "messages": [{"row": row, "code": code, "zh": said} for row, code, said in sentences(upload, limit=200)],
    }


def file_sentence(upload):
    """Return the sentence about a file of which no row was read, or ""."""
    if not upload.file_code:
        return ""
    lang = "en" if (get_language() or "").startswith("en") else "zh"
    return Finding(0, upload.file_code, "", upload.detail).said(lang, imports()[upload.template].sentences)


def tabs(upload):
    """Return [(word, words, how many rows)] of the preview's tabs."""
    warned = upload.rows.filter(ok=True).exclude(code="").count()
    refused = upload.rows.filter(ok=False).count()
    whole = upload.rows.count()
    return [("refused", _("退回"), refused), ("warned", _("有提醒"), warned), ("ok", _("没有问题"), whole - refused - warned), ("all", _("全部"), whole)]


def step_of(upload):
    """Return which of the three steps an upload is at: 1 sending, 2 looking, 3 written."""
    return {"received": 1, "rejected": 1, "judged": 2, "applying": 3, "applied": 3}.get(upload.state, 2)


def served(before):
    """Return the rows staged for imports that ended long ago; the import itself and its journal lines stay."""
    return UploadRow.objects.filter(upload__in=Upload.objects.filter(state__in=OVER, received_at__lt=before))
