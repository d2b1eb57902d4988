"""Receive, judge, forecast, confirm, cancel; what is sealed goes when it is no longer needed. Writing is `registry.applying`."""

import base64
import hashlib
import json
import uuid
from typing import Annotated

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import gate, journal
from wanjia.kernel.acts import Asked, act, inside
from wanjia.kernel.calendar import today as china_today
from wanjia.kernel.command import command
from wanjia.orgs.accounts.queries import as_of_now
from wanjia.orgs.scope import unit
from wanjia.registry import bulk
from wanjia.registry.duties import Duty
from wanjia.sheets.judge import judge
from wanjia.sheets.reading import Rejection, read_file
from wanjia.sheets.writing import safe_file_name
from wanjia.verdict import Conflict, Refused

from ..lookups.commands import meet_by_file, try_by_file
from ..lookups.rules import BIRTHS, BY_FILE
from ..models import KnownHeader, Upload, UploadContent, UploadRow
from ..states import UPLOAD
from . import pages, rules
from .brought import imports
from .forms import Headers
from .pace import Pace, looking_first
from .queries import content_of, over_mending, remembered, sent_name
from .staging import TABLE_NOTES, AsWritten, chunks, staged_row, tally_of
from .subjects import HEADERS, UPLOADS
from .world import world_for

NOTES = 2000
CHANGES = 200
HEADER_CHARS = 120
JUDGED = (
    "outcome", "file_code", "detail", "sheet", "mapping", "findings", "tally", "row_count", "rows_ok", "rows_refused", "blank_rows", "done",
)  # fmt: skip
PAGE = "registry/importing/upload.html"
REJECTED = ("outcome", "file_code", "detail", "findings", "tally")


class Stopped(Conflict):
    """The upload was cancelled, or another run took it over: this one writes nothing more."""

    def __init__(self):
        super().__init__(_("这份表已取消,或者已由另一个进程接着处理。这边已停下,没有重复写入,请看导入页上的进度。"))


@act(
    UPLOADS, "import", words=_("批量导入"), duty=Duty.IMPORT, may=inside, new=True, page=False, call=None, as_sent="name",
    because="step one is the page of all uploads (views.uploads); the call takes a form with a file (api.send)", lines={"upload.receive": _("上传名单")},
)  # fmt: skip
def receive_upload(*, template, name, body, by, at, today=None):
    """Keep an uploaded workbook, sealed, to be judged. body: bytes or a File; name: as the browser sent it (data, never a path)."""
    rules.can_upload(by, template).or_raise()
    body = body.read() if isinstance(body, File) else body
    upload = Upload.objects.create(
        template=template, file_name=safe_file_name(name), sent_name=json.dumps(name[:500]), digest=hashlib.sha256(body).hexdigest(), size=len(body),
        by=by, organisation=unit(by, duty=Duty.IMPORT), received_at=at, today=today or china_today(at),
    )  # fmt: skip
    UploadContent.objects.create(upload=upload, body=base64.b64encode(body).decode())
    journal.record(act="upload.receive", subject=upload, by=by, at=at, digest=upload.digest, size=upload.size)
    return upload


def judge_upload(upload, *, by, at, sheet=None):
    """Read the file in a child process, judge every row and stage it, sealed, in chunks. Large files: outside the request.

    Reading and judging hold no lock. A run that died leaves staged rows and the state "received": the next one starts anew.
    Raises Stopped when the upload was cancelled meanwhile or another run took over.
    """
    if upload.state != "received":
        return upload
    rules.can_work_on(by, upload).or_raise()
    drop_cancelled()
    drop_mended(at)
    staging = _Staging(upload, by)
    template, known = imports()[upload.template].template, remembered(upload.organisation, upload.template)
    table = read_file(content_of(upload), sent_name(upload), template, sheet=sheet or upload.sheet or None, remembered=known)
    if isinstance(table, Rejection):
        refuse = ask_sheet if table.code == "file.sheet_ambiguous" else reject_upload
        return refuse(upload_id=upload.pk, code=table.code, detail=table.detail, run=staging.pace.run, by=as_of_now(by), at=at)
    staging.total = table.row_count
    watched = AsWritten(table)
    world = world_for(by, upload.today, upload.template)
    report = judge(watched, template, world, each=lambda row: staging.take(row, watched.cells), keep=False, counted=True)
    rest = {"staged": staging.rows, "total": table.row_count, "run": staging.pace.run}
    return stage_rows(upload_id=upload.pk, report=report, by=as_of_now(by), at=at, **rest)


class _Staging:
    """Keeps judged rows a little at a time and says how far it has come; each time it asks whether it is still wanted, and may go on."""

    def __init__(self, upload, by):
        self.upload, self.by, self.pace, self.total, self.done, self.rows = upload, by, Pace(uuid.uuid4().hex), 0, 0, []
        if not Upload.objects.filter(pk=upload.pk, state="received").update(run=self.pace.run, heartbeat_at=timezone.now(), done=0):
            raise Stopped
        _by_and_by(upload.rows.all(), lambda rows: rows.delete(), self.pace)

    def take(self, row, cells):
        self.rows.append(staged_row(self.upload, row, cells))
        if len(self.rows) >= self.pace.rows:
            _still_may(self.by, self.upload)
            self.done += len(self.rows)
            # Sealed before the first lock: the beat, which locks the upload, comes last. It takes the rows back when it is not wanted.
            with looking_first(), transaction.atomic(), self.pace.holding():
                gate.beside()
                bulk.insert(UploadRow, self.rows)
                self._beat()
            self.pace.took(len(self.rows))
            self.rows = []
            self.pace.rest()

    def _beat(self):
        mine = Upload.objects.filter(pk=self.upload.pk, state="received", run=self.pace.run)
        if not mine.update(done=self.done, row_count=self.total, heartbeat_at=timezone.now()):
            raise Stopped


@command("registry.reject_upload")
def reject_upload(*, upload_id, code, detail, by, at, run=""):
    """Send a file back as a whole: no row was read; its content is dropped."""
    upload = _still_mine(upload_id, run)
    rules.can_work_on(by, upload).or_raise()
    _note_refusal(upload, code, detail)
    UploadContent.objects.filter(upload=upload).delete()
    journal.move(upload, UPLOAD, "reject", by=by, at=at, saving=REJECTED, code=code)
    return upload


@command("registry.ask_sheet")
def ask_sheet(*, upload_id, code, detail, by, at, run=""):
    """Several sheets look like data: the file waits, sealed, until somebody says which one is meant."""
    upload = _still_mine(upload_id, run)
    rules.can_work_on(by, upload).or_raise()
    _note_refusal(upload, code, detail)
    if not Upload.objects.filter(pk=upload.pk, state="received").update(**{name: getattr(upload, name) for name in REJECTED}):
        raise Conflict()
    journal.record(act="upload.ask_sheet", subject=upload, by=by, at=at, code=code)
    return upload


def _still_may(by, upload):
    """Return the actor with the posts of this moment. Raises Refused when the post by which the work began has ended meanwhile."""
    by = as_of_now(by)
    rules.can_work_on(by, upload).or_raise()
    return by


def _still_mine(upload_id, run):
    """Lock an upload for the verdict of a run. Raises Stopped when it was cancelled meanwhile, or another run took it over.

    run: "" for whoever judges without one.
    """
    upload = Upload.objects.select_for_update().get(pk=upload_id)
    if run and (upload.run, upload.state) != (run, "received"):
        raise Stopped
    return upload


def _note_refusal(upload, code, detail):
    upload.outcome, upload.file_code, upload.detail = "REJECT", code, str(detail)[:200]
    upload.findings, upload.tally = [[0, code, "", str(detail)[:200]]], [[code, "", 1, 0]]


@act(
    UPLOADS, "import_sheet", at="sheet", call="sheet", words=_("选工作表"), duty=Duty.IMPORT, may=rules.can_work_on, template=PAGE, more=pages.facts,
    after=pages.go_on, lines={"upload.choose_sheet": _("选定工作表")},
)  # fmt: skip
def choose_sheet(upload, *, sheet: Annotated[str, Asked(_("哪一张工作表"), least=1)], by, at):
    """Say which sheet of a waiting workbook is meant; it is judged next."""
    rules.can_move(by, upload, "judge").or_raise()
    if sheet not in upload.detail.split("、"):
        raise Refused(_("这个文件里没有叫“%(sheet)s”的数据表,请从列出的表里选一个。") % {"sheet": sheet})
    upload.sheet, upload.outcome, upload.file_code, upload.detail, upload.findings, upload.tally = sheet[:60], "", "", "", [], []
    upload.save(update_fields=["sheet", "outcome", "file_code", "detail", "findings", "tally"])
    journal.record(act="upload.choose_sheet", subject=upload, by=by, at=at)
    return upload


@command("registry.stage_rows")
def stage_rows(*, upload_id, report, staged, total, by, at, run=""):
    """Keep the judge's verdict and its last rows, sealed, until the office confirms."""
    upload = _still_mine(upload_id, run)
    rules.can_work_on(by, upload).or_raise()
    upload.outcome, upload.sheet, upload.mapping = report.outcome, report.sheet[:60], list(map(list, report.mapping.items()))
    upload.file_code = upload.detail = ""
    upload.findings = [[f.row, f.code, f.column, f.detail] for f in report.findings if f.row <= 1 or f.code in TABLE_NOTES][:NOTES]
    upload.tally = tally_of(report)
    upload.row_count, upload.rows_ok, upload.rows_refused = total, report.rows_ok, report.rows_refused
    upload.blank_rows, upload.done = report.blank_rows, 0
    journal.move(upload, UPLOAD, "judge", by=by, at=at, saving=JUDGED, ok=report.rows_ok, refused=report.rows_refused)
    bulk.insert(UploadRow, staged)
    return upload


def forecast_upload(upload, *, by, at):
    """Work out, without writing a row of the register, what confirming would write, and keep the answer with the upload."""
    if upload.state != "judged":
        return upload
    memory = look_ahead(upload, by=by, at=at)
    if memory["beyond"]:
        return stop_at_limit(upload, memory["beyond"], by=by, at=at)
    upload.forecast = {"counts": memory.get("counts", {}), "changes": memory.get("changes", [])[:CHANGES]}
    if alike := memory.get("namesakes"):
        upload.forecast |= {"namesakes": alike[:CHANGES], "n_namesakes": len(alike)}
    asked = Upload.objects.filter(pk=upload.pk, state="judged", version=upload.version)
    if not asked.update(forecast=upload.forecast, heartbeat_at=None):
        raise Stopped  # judged anew under other headers, or cancelled: this answer is to a question of before
    return upload


def look_ahead(upload, *, by, at):
    """Return what writing an upload's rows would do, and journal whom they met, before anybody is told.

    "beyond": the code of a day's limit that the file passes, else "". Raises Refused when the actor's post ended meanwhile: nothing is told.
    """
    brought, memory, pace = imports()[upload.template], {}, Pace()
    for rows in chunks(upload.rows.filter(ok=True), together=brought.together):
        beat(upload.pk, rows[-1].number)
        by = _still_may(by, upload)
        brought.tell([row for row in rows if row.sound], upload, by, at, memory)
        pace.rest()
    by = _still_may(by, upload)
    met = sorted(memory.get("met", ()))
    for start in range(0, len(met), CHANGES):  # every child by its id, before the answer is shown: it tells which numbers are a child's
        some = met[start : start + CHANGES]
        journal.record_reading(act="upload.meet_children", subject=upload, by=by, at=at, reason=_("导入预览对上的儿童"), n=len(met), people=some)
    memory["beyond"] = _beyond(upload, memory, by=by, at=at)
    return memory


def _beyond(upload, memory, *, by, at):
    """Return the code of the day's limit that the file passes, or ""."""
    if (afar := memory.get("afar")) and not meet_by_file(upload, len(afar), by=by, at=at):
        return "file.too_many_afar"
    tried = {str(person): len(births) for person, births in memory.get("tried", {}).items()}
    return "file.too_many_births" if tried and not try_by_file(upload, tried, by=by, at=at) else ""


LIMITS = {"file.too_many_afar": BY_FILE, "file.too_many_births": BIRTHS}


def stop_at_limit(upload, code, *, by, at):
    """The file asks more of registered people than one day allows: it tells nothing and ends."""
    with transaction.atomic():
        gate.beside()
        Upload.objects.filter(pk=upload.pk).update(file_code=code, detail=str(LIMITS[code]))
        upload = cancel_upload(upload_id=upload.pk, by=by, at=at)
    drop_cancelled()
    return upload


def beat(upload_id, done=None):
    """Say that the work on an upload goes on."""
    Upload.objects.filter(pk=upload_id).update(heartbeat_at=timezone.now())


def take_up(upload):
    """Claim work that stopped half-way: of several who take it up at once, one is told True."""
    asked = Upload.objects.filter(pk=upload.pk, state=upload.state, heartbeat_at=upload.heartbeat_at)
    return bool(asked.update(heartbeat_at=timezone.now()))


@act(
    UPLOADS, "import_confirm", at="confirm", call="confirm", words=_("确认导入"), duty=Duty.IMPORT, may=rules.can_work_on, template=PAGE, more=pages.facts,
    after=pages.go_on, lines={"upload.confirm": _("确认导入名单")},
)  # fmt: skip
def confirm_upload(upload, *, by, at, another: Annotated[bool, Asked(_("我核对过,这些孩子是别的人"))] = False):
    """Confirm an upload: its accepted rows are to be written; its headers are remembered for this office.

    another: somebody looked at the children whose names are registered already (forecast "namesakes"): they are others.
    """
    upload, same = locked_with_same(upload)
    if busy := rules.taken(upload, same):
        raise busy
    rules.can_move(by, upload, "confirm").or_raise()
    if not upload.rows_ok:
        raise Refused(_("这份表里没有可以导入的行,请改好标出的单元格再上传。"))
    if (n := upload.forecast.get("n_namesakes")) and not another:
        raise Refused(_("表里有 %(n)s 个孩子和已登记的孩子同名,可能是同一个。请逐个核对:是同一个的,在表里写上原来的身份证号或户编号再上传;确实是另外的孩子,请勾选后再确认。") % {"n": n})
    _remember(upload, at)
    upload.done, upload.heartbeat_at = 0, timezone.now()
    journal.move(upload, UPLOAD, "confirm", by=by, at=at, saving=("done", "heartbeat_at"), ok=upload.rows_ok)
    return upload


def locked_with_same(upload):
    """Lock every upload of the same file, in one order; return (this upload read anew, all of them)."""
    alike = Upload.objects.filter(digest=upload.digest, template=upload.template)
    same = list(alike.select_for_update().order_by("pk"))
    return next(one for one in same if one.pk == upload.pk), same


def _remember(upload, at):
    """Keep the office's headers as they were understood and just confirmed."""
    known = remembered(upload.organisation, upload.template)
    for header, column in upload.mapping:
        if len(header) <= HEADER_CHARS and known.get(header, "") != column:
            KnownHeader.objects.update_or_create(
                organisation=upload.organisation, template=upload.template, header=header,
                defaults={"column": column or "", "confirmed_at": at},
            )  # fmt: skip


@act(
    UPLOADS, "import_headers", at="headers", words=_("按这个对照重新核对"), done=_("表头已按您选的对照,并记住了。"), duty=Duty.IMPORT,
    may=rules.can_work_on, form=Headers, template=PAGE, more=pages.facts, after=pages.go_on, call=None,
    because="a person who knows the list says what its headers mean; a program sends them as the template names them",
    lines={"upload.rejudge": _("重新核对上传的名单")},
)  # fmt: skip
def correct_headers(upload, *, meanings, by, at):
    """Say what the office's headers mean; they are remembered and the file is judged anew. meanings: {header: column or ""}."""
    rules.can_move(by, upload, "rejudge").or_raise()
    rules.can_mean(imports()[upload.template].template, upload.mapping, meanings).or_raise()
    upload.mapping = [[header, meanings.get(header, column) or None] for header, column in upload.mapping]
    _remember(upload, at)
    upload.forecast, upload.heartbeat_at = {}, None
    journal.move(upload, UPLOAD, "rejudge", by=by, at=at, saving=("forecast", "heartbeat_at"), headers=meanings)
    return upload


@act(
    HEADERS, "import_forget", at="forget", words=_("忘记这条对照"), done=_("已忘记。下次按表头原来的字面理解。"), duty=Duty.IMPORT,
    may=rules.can_forget, call=None, because="headers are confirmed and forgotten by a person at a screen", lines={"header.forget": _("取消表头对照")},
)  # fmt: skip
def forget_header(known, *, by, at):
    """Take back what the office said a header means; from now on it is understood by its words again."""
    journal.record(act="header.forget", subject=known, by=by, at=at, header=known.header, column=known.column)
    known.delete()


@act(
    UPLOADS, "import_marked", at="marked", call="marked", words=_("下载标好的原表"), duty=Duty.IMPORT, may=rules.can_take_marked, template=PAGE,
    more=pages.facts, then=pages.workbook, lines={"upload.take_marked": _("取回标注的名单")},
)  # fmt: skip
def take_marked(upload, *, by, at):
    """Journal that the marked workbook is taken out, and return its upload; the page makes the file."""
    journal.record(act="upload.take_marked", subject=upload, by=by, at=at, rows=upload.row_count)
    return upload


def _by_and_by(rows, act, pace):
    """Do something to UploadRows, in so many short transactions that nobody waits for it."""
    last = -1
    while True:
        some = list(rows.filter(number__gt=last).order_by("number").values_list("pk", "number")[: pace.rows])
        if not some:
            return
        with transaction.atomic(), pace.holding():
            gate.beside()
            act(UploadRow.objects.filter(pk__in=[pk for pk, _number in some]))
        pace.took(len(some))
        pace.rest()
        last = some[-1][1]


def drop_values(upload_id):
    """Drop the sealed values of an upload's rows; the verdicts stay."""
    _by_and_by(UploadRow.objects.filter(upload=upload_id).exclude(values=b""), lambda rows: rows.update(values=b""), Pace())


@act(
    UPLOADS, "import_cancel", at="cancel", call="cancel", words=_("取消导入"), done=_("已取消。原表内容已清除。"), duty=Duty.IMPORT, may=rules.can_work_on,
    tone="danger", template=PAGE, more=pages.facts, after=pages.go_on, lines={"upload.cancel": _("取消名单导入")},
)  # fmt: skip
def cancel_upload(upload, *, by, at):
    """Cancel an import. What is written stays; the file is dropped at once, what waits after it, a little at a time: `drop_cancelled`."""
    rules.can_move(by, upload, "cancel").or_raise()
    UploadContent.objects.filter(upload=upload).delete()
    Upload.objects.filter(pk=upload.pk).update(heartbeat_at=timezone.now())
    forget_names(upload)
    journal.move(upload, UPLOAD, "cancel", by=by, at=at)
    return upload


def forget_names(upload):
    """Leave of a forecast its counts: whose names it held was asked before the import ended, and nothing ever empties them here."""
    upload.forecast = {"counts": upload.forecast["counts"]} if "counts" in upload.forecast else {}
    Upload.objects.filter(pk=upload.pk).update(forecast=upload.forecast)


def drop_cancelled():
    """Drop the values of every cancelled upload that still has some, also of one whose dropping was killed."""
    for pk in list(Upload.objects.filter(state="cancelled").exclude(heartbeat_at=None).values_list("pk", flat=True)):
        drop_values(pk)
        Upload.objects.filter(pk=pk).update(heartbeat_at=None)


def drop_mended(at):
    """Drop the sealed files of finished imports whose time for mending is over; return how many."""
    return over_mending(at).delete()[0]
