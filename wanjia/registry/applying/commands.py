"""Write what was confirmed, in chunks by the clock. A kill at any point leaves whole chunks, and the rest goes on later."""

import contextlib
import time
import uuid
from collections import defaultdict
from datetime import timedelta

from django.db import IntegrityError, OperationalError
from django.utils import timezone

from wanjia.kernel import journal
from wanjia.kernel.command import command
from wanjia.orgs.accounts.queries import as_of_now

from ..importing import rules
from ..importing.brought import imports
from ..importing.commands import Stopped, drop_values, forget_names, look_ahead, stop_at_limit
from ..importing.pace import Pace, looking_first
from ..importing.staging import SENT_BACK, chunks
from ..models import Upload, UploadContent
from ..states import UPLOAD

TRIES = 8  # of one chunk, when another import writes the same homes at the same moment


def apply_upload(upload, *, by, at):
    """Write the confirmed rows chunk by chunk until none waits; go on where a killed run stopped.

    Between chunks everybody else has a turn. Each chunk bears the moment of its own writing, `at` and what has passed since: what
    a notice printed meanwhile knew (ADR 67) did not hold it. Raises Stopped when another run took this upload over.
    """
    if not upload.forecast and (beyond := look_ahead(upload, by=by, at=at)["beyond"]):  # confirmed before anybody looked
        return stop_at_limit(upload, beyond, by=by, at=at)
    pace, begun = Pace(uuid.uuid4().hex), time.monotonic()
    Upload.objects.filter(pk=upload.pk, state="applying").update(run=pace.run)
    while _next_chunk(upload.pk, pace, by, at + timedelta(seconds=time.monotonic() - begun)):
        pace.rest()
    drop_values(upload.pk)
    return finish_upload(upload_id=upload.pk, by=by, at=at)


def _next_chunk(upload_id, pace, by, at):
    """Write one chunk; what another import wrote meanwhile is seen the next time. A post that ended meanwhile writes no more."""
    by = as_of_now(by)
    left = TRIES
    while True:
        left -= 1
        try:
            with looking_first() if left else contextlib.nullcontext(), pace.holding():
                rows = apply_chunk(upload_id=upload_id, by=by, at=at, pace=pace)
            pace.took(rows)
            return rows
        except (IntegrityError, OperationalError):
            if not left:
                raise
            pace.rest()


@command("registry.apply_chunk")
def apply_chunk(*, upload_id, by, at, pace=None):
    """Write the next chunk of waiting rows, whole homes together, in one transaction; tell how many rows were written."""
    pace = pace or Pace()
    upload = Upload.objects.select_for_update().get(pk=upload_id)
    rules.can_work_on(by, upload).or_raise()
    if upload.state != "applying":
        return 0
    if pace.run and pace.run != upload.run:
        raise Stopped
    brought = imports()[upload.template]
    rows = next(chunks(upload.rows.filter(ok=True, applied=False), pace.rows, pace.after, brought.together), None)
    if not rows:
        return 0
    sound = [row for row in rows if row.sound]
    results, counts = brought.apply(sound, upload, by, at) if sound else ([], {})
    if bad := len(rows) - len(sound):
        counts = counts | {"rows_unopened": bad}
    _note_results(upload, rows, iter(results))
    total = {key: upload.counts.get(key, 0) + n for key, n in counts.items()}
    Upload.objects.filter(pk=upload.pk).update(done=upload.done + len(rows), counts=upload.counts | total, heartbeat_at=timezone.now())
    pace.reached = rows[-1].number
    return len(rows)


def _note_results(upload, rows, results):
    """Write beside each row what became of it. One sent back is named on the page; what is sealed stays as long as the upload has its rows."""
    told = defaultdict(list)
    for row in rows:
        told[next(results) if row.sound else "unopened"].append(row.number)
    for word, numbers in told.items():
        sent_back = {"ok": False, "code": SENT_BACK[word]} if word in SENT_BACK else {}
        upload.rows.filter(number__in=numbers).update(applied=True, result=word, **sent_back)


@command("registry.finish_upload")
def finish_upload(*, upload_id, by, at):
    """End an import when no row waits: the values are dropped, the verdicts stay; the sealed file stays a while if something is to be mended."""
    upload = Upload.objects.get(pk=upload_id)
    rules.can_work_on(by, upload).or_raise()
    if upload.state != "applying" or upload.rows.filter(ok=True, applied=False).exists():
        return upload
    upload.rows.exclude(values=b"").update(values=b"")  # few, if any: the run has dropped them
    if not upload.tally:
        UploadContent.objects.filter(upload=upload).delete()
    Upload.objects.filter(pk=upload.pk).update(heartbeat_at=None)
    forget_names(upload)
    journal.move(upload, UPLOAD, "finish", by=by, at=at, **upload.counts)
    return upload
