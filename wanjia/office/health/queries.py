"""The doctor's round: every look, none of which may stop the others; and what a probe, a monitor and the page show of it."""

import sys
from datetime import timedelta

import django
from axes.models import AccessAttempt, AccessFailureLog
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from wanjia import __version__
from wanjia.registry.models import Upload
from wanjia.registry.states import UploadState as U

from . import backups, data_checks, machine_checks, settings_checks, slow
from .findings import RED, Finding

BARE = _("第一次用:运行 wanjia init。已经开办过:先 export WANJIA_VAR=数据文件夹(用 PostgreSQL 的核对 DATABASE_URL),再运行一次;数据库丢了:wanjia restore。")
UNDER_WAY, AT_WORK = (U.RECEIVED, U.JUDGED, U.APPLYING), (U.RECEIVED, U.APPLYING)


def examine():
    """Return every Finding, in the order of the files of checks."""
    if _is_bare():
        return [Finding("installation", RED, _("这里还没有开办:数据库是空的。"), BARE, blocks=True)]
    return [_looked(check) for room in (settings_checks, machine_checks, data_checks) for check in room.checks()]


def _is_bare():
    """Tell whether no table was ever made here: most often another folder is meant, and no other finding helps then."""
    try:
        return not connection.introspection.table_names()
    except (DatabaseError, OSError):
        return False  # the look at the database says what is wrong with it


def _looked(check):
    try:
        with transaction.atomic():  # on PostgreSQL a failed look must not spoil the next one
            return check()
    except Exception as error:  # the doctor never falls ill: what cannot be looked at is a finding
        name = check.__name__
        return Finding(name, RED, _("“%(name)s”查不了(%(kind)s)。"), _("先改好其他红色的项;数据库连不上时检查 DATABASE_URL。"), {"name": name, "kind": type(error).__name__})


def blocking(findings):
    """The findings under which serving would lose or leak data."""
    return [found for found in findings if found.blocks]


def ready():
    """Return {what: whether} of what a probe needs to know: it reaches the database, may write, fits it, has its keys."""
    answer = {"database": False, "writable": False, "migrated": False, "keys": False}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        answer["database"] = True
        answer["writable"] = _writable()
        answer["migrated"] = data_checks.migrations().level != RED
    except DatabaseError:
        pass
    answer["keys"] = machine_checks.os.path.exists(settings.WANJIA_KEYRING)
    return answer


def _writable():
    """Tell whether a row could be written, without writing one."""
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA query_only")
                room = machine_checks.shutil.disk_usage(settings.WANJIA_VAR).free > 16 * machine_checks.MB
                return cursor.fetchone()[0] == 0 and room and machine_checks.os.access(connection.settings_dict["NAME"], machine_checks.os.W_OK)
            cursor.execute("SHOW transaction_read_only")
            return cursor.fetchone()[0] == "off"
    except DatabaseError:
        return False


def watch(now=None):
    """What the administrator watches, counts alone: imports under way, failed sign-ins, locked pairs, slow pages, versions."""
    now = now or timezone.now()
    day, room = now - timedelta(days=1), machine_checks.shutil.disk_usage(settings.WANJIA_VAR)
    return {
        "imports": Upload.objects.filter(state__in=UNDER_WAY).count(),
        "imports_stuck": Upload.objects.filter(state__in=AT_WORK, heartbeat_at__lt=now - timedelta(hours=1)).count(),
        "failed_sign_ins": AccessFailureLog.objects.filter(attempt_time__gte=day).count()
        or sum(AccessAttempt.objects.filter(attempt_time__gte=day).values_list("failures_since_start", flat=True)),
        "locked_pairs": AccessAttempt.objects.filter(attempt_time__gte=day, failures_since_start__gte=settings.AXES_FAILURE_LIMIT).count(),
        "backup": _backup(),
        "disk": {"free_gb": round(room.free / 1e9, 1), "total_gb": round(room.total / 1e9, 1)},
        "slow": slow.pages(now=now.timestamp()),
        "versions": versions(),
    }


def _backup():
    """Return when the last backup was made and when the last checked one was, as ISO times, or None."""
    last = backups.last()
    return last and {"at": last.at.isoformat(), "checked": last.checked and last.checked.isoformat()}


def versions():
    """The versions of what runs here."""
    return {"wanjia": __version__, "python": sys.version.split()[0], "django": django.__version__,
            "database": data_checks.database().words("en")[0].rstrip(".。")}  # fmt: skip


def metrics():
    """Yield the lines of a plain-text exposition (Prometheus 0.0.4): gauges without anybody's data."""
    levels, seen, last = {"green": 0, "yellow": 1, "red": 2}, watch(), backups.last()
    yield "# HELP wanjia_finding What the doctor finds: 0 green, 1 yellow, 2 red.\n# TYPE wanjia_finding gauge"
    for found in examine():
        yield f'wanjia_finding{{id="{found.id}"}} {levels[found.level]}'
    for name, words in COUNTS.items():
        yield from _gauge(name, words, seen[name])
    yield from _gauge("slow_requests", "Requests of the last seven days that took more than two seconds.", sum(row["n"] for row in seen["slow"]))
    yield from _gauge("disk_free_bytes", "Room on the disk of the data folder.", machine_checks.shutil.disk_usage(settings.WANJIA_VAR).free)
    if last is not None:
        yield from _gauge("backup_made_timestamp_seconds", "When the last backup was made.", round(last.at.timestamp()))
    if last is not None and last.checked is not None:
        yield from _gauge("backup_checked_timestamp_seconds", "When the newest checked backup was made.", round(last.checked.timestamp()))


COUNTS = {
    "imports": "Imports under way.", "imports_stuck": "Imports at work that were not heard of for an hour.",
    "failed_sign_ins": "Failed sign-ins of the last day.", "locked_pairs": "Pairs of account and address locked in the last day.",
}  # fmt: skip


def _gauge(name, words, value):
    yield f"# HELP wanjia_{name} {words}\n# TYPE wanjia_{name} gauge\nwanjia_{name} {value}"
