"""Long work on an upload: in the request when it is small, else in a process of its own that survives it and can be taken up again.

A job says every thousand rows that it lives. One that has been silent for a while is taken for dead; 继续 starts another, and
should the first one come back, it finds itself replaced and stops.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wanjia.kernel.apart import start_process
from wanjia.kernel.calendar import CHINA
from wanjia.verdict import Conflict

from ..applying.commands import apply_upload
from ..models import Upload
from . import commands

SMALL_BYTES = 200 * 1024  # judged within the request
SMALL_ROWS = 1000  # written within the request
SILENT = timedelta(seconds=90)
WAITING = ("received", "applying")


def work(upload, *, by):
    """Do what is next: judge and forecast what was received, write what was confirmed, drop what was cancelled. Returns the upload."""
    try:
        if upload.state == "received":
            upload = commands.judge_upload(upload, by=by, at=timezone.now())
            upload = commands.forecast_upload(upload, by=by, at=timezone.now())
        elif upload.state == "judged" and not upload.forecast:
            upload = commands.forecast_upload(upload, by=by, at=timezone.now())
        elif upload.state == "applying":
            upload = apply_upload(upload, by=by, at=timezone.now())
        elif upload.state == "cancelled":
            commands.drop_cancelled()
    except (commands.Stopped, Conflict):
        upload = Upload.objects.get(pk=upload.pk)  # cancelled, or another run is at it
    return upload


def begin(upload, *, by):
    """Do the next work now when it is small, else start a process for it once this transaction is through."""
    small = upload.size <= SMALL_BYTES if upload.state == "received" else upload.rows_ok <= SMALL_ROWS
    if small:
        return work(upload, by=by)
    commands.beat(upload.pk)
    transaction.on_commit(lambda: start_process("import-job", upload.pk, "--by-id", by.pk))
    return upload


def is_stale(upload, now):
    """Tell whether work on this upload is due but nobody has been heard of for a while."""
    if upload.file_code == "file.sheet_ambiguous":
        return False
    return upload.state in WAITING and (upload.heartbeat_at is None or now - upload.heartbeat_at > SILENT)


def is_running(upload, now):
    """Tell whether somebody is at work on it."""
    busy = upload.state in WAITING or (upload.state == "judged" and not upload.forecast and upload.heartbeat_at is not None)
    return busy and not is_stale(upload, now) and upload.file_code != "file.sheet_ambiguous"


def resume(upload, *, by):
    """Take up work that stopped half-way. Raises Conflict when it is still going on, or somebody took it up a moment ago."""
    due = is_stale(upload, timezone.now()) or (upload.state == "judged" and not upload.forecast)
    if not due or not commands.take_up(upload):
        raise Conflict(_busy(type(upload).objects.get(pk=upload.pk)))
    return begin(upload, by=by)


def _busy(upload):
    """Say who sent it and when it was last heard of."""
    if upload.heartbeat_at is None:
        return _("这份表现在没有要处理的内容,请刷新页面看最新情况。")
    facts = {"who": upload.by.name if upload.by else "", "when": f"{upload.heartbeat_at.astimezone(CHINA):%H:%M:%S}"}
    return _("%(who)s上传的这份表正在处理(%(when)s 还有进展),不用再点。请稍等片刻再看。") % facts

