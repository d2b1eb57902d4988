"""Receive, judge, confirm, apply in chunks, cancel. A kill at any point leaves whole chunks, and the rest goes on later."""

import base64
import hashlib
import json

from django.db import transaction
from django.utils.translation import gettext as _

from wanjia.kernel import journal
from wanjia.kernel.calendar import today as china_today
from wanjia.kernel.command import command
from wanjia.kernel.verdict import Refused
from wanjia.sheets.judge import judge
from wanjia.sheets.reading import Rejection, read_file
from wanjia.sheets.writing import safe_file_name

from . import rules
from .appliers import APPLIERS
from .models import UPLOAD, KnownHeader, Upload, UploadRow
from .queries import remembered
from .world import world_for

CHUNK = 500
STAGE = 1000
JUDGED = ("outcome", "file_code", "detail", "sheet", "mapping", "findings", "row_count", "rows_ok", "rows_refused", "blank_rows")


@command("registry.receive_upload")
def receive_upload(*, template, name, body, by, at, today=None):
    """Keep an uploaded workbook, sealed, to be judged. body: bytes; name: as the browser sent it (data, never a path)."""
    rules.can_upload(by, template).or_raise()
    upload = Upload.objects.create(
        template=template, file_name=safe_file_name(name), sent_name=json.dumps(name[:500]), digest=hashlib.sha256(body).hexdigest(), size=len(body),
        body=base64.b64encode(body).decode(), by=by, organisation=by.org, received_at=at, today=today or china_today(at),
    )  # fmt: skip
    journal.record(act="upload.receive", subject=upload, by=by, at=at, digest=upload.digest, size=upload.size)
    return upload


def judge_upload(upload, *, by, at, sheet=None):
    """Read the file in a child process, judge every row and stage it. Long work: run it outside the request.

    The reading holds no lock; verdicts and rows appear together at the end, in one transaction.
    """
    if upload.state != "received":
        return upload
    template = APPLIERS[upload.template].template
    body = base64.b64decode(upload.body)
    table = read_file(
        body,
        json.loads(upload.sent_name) or upload.file_name,
        template,
        sheet=sheet or None,
        remembered=remembered(upload.organisation, upload.template),
    )
    if isinstance(table, Rejection):
        return reject_upload(upload_id=upload.pk, code=table.code, detail=table.detail, by=by, at=at)
    staged, progress = [], _Heartbeat(upload, table.row_count, at)
    report = judge(
        table,
        template,
        world_for(by, upload.today),
        each=lambda row: progress.note(staged.append(_staged(upload, row))),
        keep=False,
    )
    return stage_rows(upload_id=upload.pk, report=report, staged=staged, total=table.row_count, by=by, at=at)


def _staged(upload, row):
    findings = [[f.row, f.code, f.column, f.detail] for f in row.findings]
    return UploadRow(
        upload=upload, number=row.number, code=row.code or "", ok=row.ok, village_code=row.village or "",
        values=json.dumps(row.values, ensure_ascii=False) if row.ok else "",
        findings=json.dumps(findings, ensure_ascii=False) if findings else "",
    )  # fmt: skip


class _Heartbeat:
    """Says every thousand rows how far the judge has come, outside any transaction."""

    def __init__(self, upload, total, at):
        self.upload, self.total, self.read = upload, total, 0

    def note(self, _nothing):
        self.read += 1
        if self.read % STAGE == 0 and not transaction.get_connection().in_atomic_block:
            beat(self.upload.pk, self.read, self.total)


def beat(upload_id, done, total):
    """Show progress: how many rows are done of how many."""
    from django.utils import timezone

    Upload.objects.filter(pk=upload_id).update(done=done, row_count=total, heartbeat_at=timezone.now())


@command("registry.reject_upload")
def reject_upload(*, upload_id, code, detail, by, at):
    """Send a file back as a whole: no row was read; its content is dropped."""
    upload = Upload.objects.get(pk=upload_id)
    rules.can_work_on(by, upload).or_raise()
    upload.outcome, upload.file_code, upload.detail, upload.body = "REJECT", code, str(detail)[:200], ""
    upload.findings = [[0, code, "", str(detail)[:200]]]
    journal.move(upload, UPLOAD, "reject", by=by, at=at, saving=("outcome", "file_code", "detail", "findings"), code=code)
    upload.save(update_fields=["body"])
    return upload


@command("registry.stage_rows")
def stage_rows(*, upload_id, report, staged, total, by, at):
    """Keep the judge's verdicts and rows, sealed, until the office confirms."""
    upload = Upload.objects.get(pk=upload_id)
    rules.can_work_on(by, upload).or_raise()
    upload.outcome, upload.sheet, upload.mapping = report.outcome, report.sheet[:60], report.mapping
    upload.findings = [[f.row, f.code, f.column, f.detail] for f in report.findings if f.row <= 1]
    upload.row_count, upload.rows_ok, upload.rows_refused, upload.blank_rows = (
        total,
        report.rows_ok,
        report.rows_refused,
        report.blank_rows,
    )
    upload.done = 0
    UploadRow.objects.bulk_create(staged, batch_size=STAGE)
    journal.move(upload, UPLOAD, "judge", by=by, at=at, saving=(*JUDGED, "done"), ok=report.rows_ok, refused=report.rows_refused)
    return upload


@command("registry.confirm_upload")
def confirm_upload(*, upload_id, by, at):
    """Confirm an upload: its accepted rows are to be written; its headers are remembered for this office."""
    upload = Upload.objects.get(pk=upload_id)
    rules.can_move(by, upload, "confirm").or_raise()
    if not upload.rows_ok:
        raise Refused(_("这份表里没有可以导入的行,请改好标出的单元格再上传。"))
    for header, column in upload.mapping.items():
        KnownHeader.objects.update_or_create(
            organisation=upload.organisation, template=upload.template, header=header[:120],
            defaults={"column": column or "", "confirmed_at": at},
        )  # fmt: skip
    journal.move(upload, UPLOAD, "confirm", by=by, at=at)
    return upload


def apply_upload(upload, *, by, at):
    """Write the confirmed rows chunk by chunk until none waits; go on where a killed run stopped."""
    while apply_chunk(upload_id=upload.pk, by=by, at=at):
        pass
    return finish_upload(upload_id=upload.pk, by=by, at=at)


@command("registry.apply_chunk")
def apply_chunk(*, upload_id, by, at):
    """Write the next chunk of waiting rows, whole homes together, in one transaction; tell how many rows were written."""
    upload = Upload.objects.select_for_update().get(pk=upload_id)
    rules.can_work_on(by, upload).or_raise()
    if upload.state != "applying":
        return 0
    rows = _next_rows(upload)
    if not rows:
        return 0
    results, counts = APPLIERS[upload.template].apply(rows, upload, by, at)
    for row, result in zip(rows, results, strict=True):
        row.applied, row.result = True, result
    UploadRow.objects.bulk_update(rows, ["applied", "result"], batch_size=CHUNK)
    total = {key: upload.counts.get(key, 0) + n for key, n in counts.items()}
    Upload.objects.filter(pk=upload.pk).update(done=upload.done + len(rows), counts=upload.counts | total, heartbeat_at=at)
    return len(rows)


def _next_rows(upload):
    """Return the next waiting rows with their content opened; a home's rows are never cut apart."""
    waiting = list(upload.rows.filter(ok=True, applied=False).order_by("number")[: CHUNK + 100])
    for row in waiting:
        row.content = json.loads(row.values)
    if len(waiting) <= CHUNK:
        return waiting
    cut = CHUNK
    while (
        cut < len(waiting)
        and waiting[cut].content.get("户编号")
        and waiting[cut].content["户编号"] == waiting[cut - 1].content["户编号"]
    ):
        cut += 1
    return waiting[:cut]


@command("registry.finish_upload")
def finish_upload(*, upload_id, by, at):
    """End an import when no row waits: the sealed file and values are dropped, the verdicts stay."""
    upload = Upload.objects.get(pk=upload_id)
    rules.can_work_on(by, upload).or_raise()
    if upload.state != "applying" or upload.rows.filter(ok=True, applied=False).exists():
        return upload
    _drop_content(upload)
    journal.move(upload, UPLOAD, "finish", by=by, at=at, **upload.counts)
    return upload


@command("registry.cancel_upload")
def cancel_upload(*, upload_id, by, at):
    """Cancel an import. What is written stays; what waits is dropped."""
    upload = Upload.objects.get(pk=upload_id)
    rules.can_move(by, upload, "cancel").or_raise()
    _drop_content(upload)
    journal.move(upload, UPLOAD, "cancel", by=by, at=at)
    return upload


def _drop_content(upload):
    upload.rows.update(values=b"")
    Upload.objects.filter(pk=upload.pk).update(body=b"")
