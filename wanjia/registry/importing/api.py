"""Import over HTTP: send, verdicts, confirm, cancel, go on, the marked workbook. The same commands and queries as the pages."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile

from wanjia.kernel.api import PROBLEMS, SignedIn, run, text
from wanjia.orgs.duties import Duty
from wanjia.sheets.writing import content_disposition
from wanjia.verdict import Refused

from . import commands, jobs, queries
from .forms import SendWorkbook
from .marked import marked_workbook
from .models import Upload
from .rules import visible_uploads

router = Router(tags=["import"], auth=SignedIn(Duty.IMPORT))


class UploadOut(Schema):
    """An upload and how far it is. forecast: what confirming would write; counts: what was written."""

    id: UUID
    template: str
    file_name: str
    state: str
    running: bool
    received_at: datetime
    outcome: str
    file_code: str
    said: str
    sheet: str
    mapping: list[tuple[str, str | None]]
    row_count: int
    rows_ok: int
    rows_refused: int
    done: int
    forecast: dict
    counts: dict

    @staticmethod
    def resolve_running(upload):
        return jobs.is_running(upload, timezone.now())

    @staticmethod
    def resolve_said(upload):
        return queries.file_sentence(upload)


class RowOut(Schema):
    """One thing said about one row; row 0 is the file, 1 the header."""

    row: int
    code: str
    said: str


class Sheet(Schema):
    """Which of several sheets is meant."""

    sheet: text(60, least=1)


def _upload(request, upload_id):
    return get_object_or_404(visible_uploads(request.user), pk=upload_id)


def _fresh(upload):
    return Upload.objects.get(pk=upload.pk)


@router.get("", response={200: list[UploadOut], **PROBLEMS}, summary="本单位上传过的表")
def uploads(request):
    """List my units' latest hundred uploads."""
    return visible_uploads(request.user)[:100]


@router.post("", response={200: UploadOut, **PROBLEMS}, summary="上传并核对")
def send(request, template: Form[str], workbook: File[UploadedFile]):
    """Send a workbook to be judged; a large one is judged after the answer: ask again until it is no longer running."""
    form = SendWorkbook({"template": template}, {"workbook": workbook})
    if not form.is_valid():
        raise Refused(" ".join(error for errors in form.errors.values() for error in errors))
    upload = run(request, commands.receive_upload, **form.cleaned_data)
    jobs.begin(upload, by=request.user)
    return _fresh(upload)


@router.get("/{upload_id}", response={200: UploadOut, **PROBLEMS}, summary="一次导入")
def upload(request, upload_id: UUID):
    """Tell where an upload stands."""
    return _upload(request, upload_id)


@router.get("/{upload_id}/verdicts", response={200: list[RowOut], **PROBLEMS}, summary="每一行的结论")
def verdicts(request, upload_id: UUID, after: int = -1, limit: int = 500):
    """List what the judge said of the rows after row `after`, up to `limit` (at most 2,000) rows."""
    found = queries.sentences(_upload(request, upload_id), after=after, limit=max(1, min(limit, 2000)))
    return [{"row": row, "code": code, "said": said} for row, code, said in found]


@router.post("/{upload_id}/sheet", response={200: UploadOut, **PROBLEMS}, summary="选工作表")
def choose_sheet(request, upload_id: UUID, body: Sheet):
    """Say which sheet is meant."""
    found = run(request, commands.choose_sheet, upload_id=_upload(request, upload_id).pk, sheet=body.sheet)
    jobs.begin(found, by=request.user)
    return _fresh(found)


@router.post("/{upload_id}/confirm", response={200: UploadOut, **PROBLEMS}, summary="确认导入")
def confirm(request, upload_id: UUID, another: bool = False):
    """Write the accepted rows. another: the children of the forecast's "namesakes" were looked at and are others."""
    found = run(request, commands.confirm_upload, upload_id=_upload(request, upload_id).pk, another=another)
    jobs.begin(found, by=request.user)
    return _fresh(found)


@router.post("/{upload_id}/cancel", response={200: UploadOut, **PROBLEMS}, summary="取消")
def cancel(request, upload_id: UUID):
    """Stop: what is written stays, what waits is dropped."""
    found = run(request, commands.cancel_upload, upload_id=_upload(request, upload_id).pk)
    jobs.begin(found, by=request.user)
    return found


@router.post("/{upload_id}/resume", response={200: UploadOut, **PROBLEMS}, summary="继续")
def resume(request, upload_id: UUID):
    """Go on with work that stopped half-way."""
    return _fresh(jobs.resume(_upload(request, upload_id), by=request.user))


@router.post("/{upload_id}/marked", response={200: None, **PROBLEMS}, summary="标好的原表")
def marked(request, upload_id: UUID):
    """Send the same workbook with its cells marked (.xlsx)."""
    found = run(request, commands.take_marked, upload_id=_upload(request, upload_id).pk)
    name, body = marked_workbook(found)
    answer = HttpResponse(body, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    answer["Content-Disposition"], answer["Cache-Control"] = content_disposition(name), "no-store"
    return answer
