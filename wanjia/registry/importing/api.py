"""Import over HTTP: send, verdicts, confirm, cancel, go on, the marked workbook. The same commands and queries as the pages."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile

from wanjia.doors.answers import Answer
from wanjia.doors.calls import list_of, router_of
from wanjia.doors.dialect import PROBLEMS, SignedIn, run
from wanjia.doors.words import both
from wanjia.registry.duties import Duty
from wanjia.verdict import Refused

from ..models import Upload
from . import commands, queries
from .forms import SendWorkbook
from .pages import go_on, workbook
from .progress import is_running
from .resuming import resume as resume_work
from .rules import visible_uploads
from .subjects import UPLOADS


class UploadOut(
    Answer, of=Upload,
    columns="id template file_name state running received_at outcome file_code said sheet mapping row_count rows_ok rows_refused done forecast counts",
):  # fmt: skip
    """An upload and how far it is. forecast: what confirming would write; counts: what was written."""

    running: bool
    said: str
    mapping: list[tuple[str, str | None]]
    forecast: dict
    counts: dict

    @staticmethod
    def resolve_running(upload, context):
        return is_running(upload, context["request"].at)

    @staticmethod
    def resolve_said(upload):
        return queries.file_sentence(upload)


class RowOut(Schema):
    """One thing said about one row; row 0 is the file, 1 the header."""

    row: int
    code: str
    said: str


def _upload(request, upload_id):
    return get_object_or_404(visible_uploads(request.user), pk=upload_id)


router = router_of(UPLOADS, UploadOut, tags=["import"], others={"import_marked": (200, None, workbook)})
router.auth = [SignedIn(Duty.IMPORT)]


lists = Router(tags=["import"])


@list_of(lists, "imports", UploadOut, page="registry:import", words=_("本单位上传过的表"))
def imports(request, _asked):
    """My units' uploads, newest first."""
    return visible_uploads(request.user)


@router.get("", response={200: list[UploadOut], **PROBLEMS}, summary=both(_("本单位上传过的表")), deprecated=True)
def uploads(request):
    """List my units' latest hundred uploads."""
    return visible_uploads(request.user)[:100]


@router.post("", response={200: UploadOut, **PROBLEMS}, summary=both(_("上传并核对")))
def send(request, template: Form[str], workbook: File[UploadedFile]):
    """Send a workbook to be judged; a large one is judged after the answer: ask again until it is no longer running."""
    form = SendWorkbook({"template": template}, {"workbook": workbook}, actor=request.user)
    if not form.is_valid():
        raise Refused(" ".join(error for errors in form.errors.values() for error in errors))
    upload = run(request, commands.receive_upload, **form.cleaned_data)
    go_on(upload, by=request.user)
    return Upload.objects.get(pk=upload.pk)


@router.get("/{upload_id}", response={200: UploadOut, **PROBLEMS}, summary=both(_("一次导入")))
def upload(request, upload_id: UUID):
    """Tell where an upload stands."""
    return _upload(request, upload_id)


@router.get("/{upload_id}/verdicts", response={200: list[RowOut], **PROBLEMS}, summary=both(_("每一行的结论")))
def verdicts(request, upload_id: UUID, after: int = -1, limit: int = 500):
    """List what the judge said of the rows after row `after`, up to `limit` (at most 2,000) rows."""
    found = queries.sentences(_upload(request, upload_id), after=after, limit=max(1, min(limit, 2000)))
    return [{"row": row, "code": code, "said": said} for row, code, said in found]


@router.post("/{upload_id}/resume", response={200: UploadOut, **PROBLEMS}, summary=both(_("继续")))
def resume(request, upload_id: UUID):
    """Go on with work that stopped half-way."""
    upload = _upload(request, upload_id)
    resume_work(upload, by=request.user)
    return Upload.objects.get(pk=upload.pk)
