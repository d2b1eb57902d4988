"""The log: one line of JSON per event, and nothing in it that names a person, a home, a number or what somebody asked for.

A line carries the address's pattern (`people/<uuid:person_id>/`), never its values; a keyed pseudonym of the user, never a
name; an exception's kind and places in our code, never its words, for the words of a database error hold what was typed.
"""

import json
import logging
import time
import traceback
import uuid
from datetime import UTC, datetime
from pathlib import Path

from django.utils.crypto import salted_hmac

from . import slow

OURS = ("wanjia", "gunicorn")
REQUEST = logging.getLogger("wanjia.request")


class Lines(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record):
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname, "logger": record.name, **said(record), **getattr(record, "line", {}),
        }  # fmt: skip
        if record.exc_info and record.exc_info[0]:
            line["error"], line["at"] = record.exc_info[0].__name__, places(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False)


def said(record):
    """Return the words of a record without what was filled into them; of a foreign logger's ready-made words only the place.

    Django's own lines about requests bear the address with its values: ours stand beside them.
    """
    if hasattr(record, "line") or record.name.startswith("django.request"):
        return {}
    if isinstance(record.msg, str) and (record.args or record.name.startswith(OURS)):
        return {"words": record.msg}
    return {"place": f"{Path(record.pathname).name}:{record.lineno}"}


def places(trace):
    """Return where an exception passed, as file:line function, without any value."""
    frames = traceback.extract_tb(trace)[-12:]
    return [f"{'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}" for frame in frames]


def pseudonym(user):
    """Return a keyed stand-in for a user: equal for equal users, and nobody's without the secret key."""
    return salted_hmac("wanjia.log", str(user.pk), algorithm="sha256").hexdigest()[:12]


class RequestLog:
    """Logs every request when it is answered; the slow ones also where the watching page reads them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        started, request.log_id = time.monotonic(), uuid.uuid4().hex[:16]
        answer = self.get_response(request)
        ms = round((time.monotonic() - started) * 1000)
        path = pattern(request)
        user = getattr(request, "_cached_user", None)  # asked for already, or not at all
        line = {
            "request": request.log_id, "method": request.method if request.method in METHODS else "OTHER", "path": path,
            "status": answer.status_code, "ms": ms, "user": pseudonym(user) if user is not None and user.pk else "",
        }  # fmt: skip
        REQUEST.log(logging.ERROR if answer.status_code >= 500 else logging.INFO, "", extra={"line": line})
        if ms >= slow.FROM_MS:
            slow.remember(path, ms)
        answer.headers["X-Request-ID"] = request.log_id
        return answer


METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def pattern(request):
    """Return the address's pattern, "-" for an address that is none of ours."""
    match = getattr(request, "resolver_match", None)
    return match.route or "/" if match else "-"
