"""Every leave to read children's files, held against the journal and its own limits: nobody reads beyond what was approved."""

from datetime import date, datetime, timedelta

from django.db.models import F

from wanjia.kernel.calendar import day_start, today
from wanjia.kernel.models import Entry
from wanjia.orgs.checking.reading import against, live_rows
from wanjia.policy import access as policy

from ..models import AccessKind, FileAccess

COLUMNS = ("pk", "state", "by_id", "area_id", "decided_by_id", "until_at", "reviewed_by_id", "proper")
BEGUN = ("access.ask", "access.break")
AFTER = ("access.grant", "access.refuse", "access.end")


def faults(_day):
    """Yield (what, column, is, should) of a leave that is otherwise than its lines say, too long, or of whom it may not be."""
    yield from against("access", live_rows(FileAccess, COLUMNS), _told())
    for one in FileAccess.objects.filter(kind=AccessKind.EMERGENCY).order_by("pk"):
        lasts = policy.in_force(today(one.asked_at)).broken_for
        if one.from_at != one.asked_at or one.until_at - one.asked_at != lasts:
            yield f"access {one.pk}", "until_at", one.until_at, one.asked_at + lasts
    for one in FileAccess.objects.filter(kind=AccessKind.ASKED, from_at__isnull=False, until_at__lte=F("from_at")):
        yield f"access {one.pk}", "until_at", one.until_at, "after it begins"


def _told():
    """Return {leave: {column: value}} as the acts left them."""
    told = {}
    lines = Entry.objects.filter(subject="registry.fileaccess", act__in=(*BEGUN, *AFTER, "access.review")).order_by("seq")
    asked = lines.values_list("subject_id", "act", "after", "by_id", "detail", "area_code")
    for pk, act, after, by, detail, area in asked.iterator(chunk_size=1000):
        if act in BEGUN:
            nobody = dict.fromkeys(("decided_by_id", "reviewed_by_id", "proper"))
            told[pk] = {"state": after, "by_id": str(by), "area_id": area, "until_at": _until(detail)} | nobody
        elif act == "access.review":
            told[pk] |= {"reviewed_by_id": str(by), "proper": detail["proper"]}
        else:
            told[pk] |= {"state": after}
        if act in ("access.grant", "access.refuse"):
            told[pk] |= {"decided_by_id": str(by), "until_at": _until(detail)}
    return told


def _until(detail):
    """Return the end that a line tells: of a request its last day, else the moment."""
    if "until_on" in detail:
        return day_start(date.fromisoformat(detail["until_on"]) + timedelta(days=1))
    return datetime.fromisoformat(detail["until_at"])
