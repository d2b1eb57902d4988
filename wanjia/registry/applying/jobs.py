"""Long work on an upload: in the request when it is small, else in a process of its own that survives it and can be taken up again.

A job says every thousand rows that it lives. One that has been silent for a while is taken for dead (`importing.progress`); 继续
starts another, and should the first one come back, it finds itself replaced and stops.
"""

from django.db import transaction
from django.utils import timezone

from wanjia.kernel.apart import start_process
from wanjia.verdict import Conflict

from ..importing import commands
from ..models import Upload
from .commands import apply_upload

SMALL_BYTES = 200 * 1024  # judged within the request
SMALL_ROWS = 1000  # written within the request


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
