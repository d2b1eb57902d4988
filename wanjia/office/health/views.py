"""A probe, a monitor, and the page of the administrator. None of them shows anything of a need or a person."""

import secrets

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse

from wanjia.doors.guard import PUBLIC, address_of
from wanjia.doors.reading import page
from wanjia.orgs.duties import Duty

from . import backups, queries
from .findings import GREEN

LOOPBACK = ("127.0.0.1", "::1")


@page("healthz", PUBLIC, fresh=True)
def healthz(request):
    """Tell a probe whether the office can work: 200 or 503, and which of four things is missing."""
    answer = queries.ready()
    return JsonResponse({"ok": all(answer.values()), **answer}, status=200 if all(answer.values()) else 503)


@page("metrics", PUBLIC, fresh=True)
def metrics(request):
    """Tell an existing monitor the same figures as the page: with its token, or, when none is set, from this machine alone."""
    token, given = settings.WANJIA_METRICS_TOKEN, request.headers.get("Authorization", "").removeprefix("Bearer ")
    allowed = secrets.compare_digest(given.encode(), token.encode()) if token else address_of(request) in LOOPBACK
    if not allowed:
        raise Http404
    return HttpResponse("\n".join(queries.metrics()) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")


@page("office/watch", Duty.MANAGE_USERS, template="office/watching.html", fresh=True)
def watching(request):
    """Show the administrator what the doctor finds, and the counts that a round cannot judge."""
    findings = queries.examine()
    counts = {level: sum(found.level == level for found in findings) for level in ("red", "yellow", "green")}
    wrong = sorted((found for found in findings if found.level != GREEN), key=lambda found: found.level)  # red before yellow
    right = [found for found in findings if found.level == GREEN]
    return {"wrong": wrong, "right": right, "counts": counts, "watch": queries.watch(), "backup": backups.last()}
