"""Whether somebody is at work on an upload, by when it was last heard of."""

from datetime import timedelta

SILENT = timedelta(seconds=90)
WAITING = ("received", "applying")


def is_stale(upload, now):
    """Tell whether work on this upload is due but nobody has been heard of for a while."""
    if upload.file_code == "file.sheet_ambiguous":
        return False
    return upload.state in WAITING and (upload.heartbeat_at is None or now - upload.heartbeat_at > SILENT)


def is_running(upload, now):
    """Tell whether somebody is at work on it."""
    busy = upload.state in WAITING or (upload.state == "judged" and not upload.forecast and upload.heartbeat_at is not None)
    return busy and not is_stale(upload, now) and upload.file_code != "file.sheet_ambiguous"
