"""What a probe, a monitor and the administrator's page say of an office where each thing has happened."""

import contextlib
import sys
from datetime import timedelta
from types import SimpleNamespace

import django
import pytest
from axes.models import AccessAttempt, AccessFailureLog
from django.db import DatabaseError, OperationalError, connection, transaction
from django.utils import timezone

from wanjia.kernel import triggers
from wanjia.office.health import queries, slow
from wanjia.orgs.models import Organisation, User
from wanjia.registry.models import Upload

from .test_doctor import found, parsed
from .test_doctor import office as office
from .test_doctor import opened as opened


def test_healthz_names_each_thing_that_is_missing(office, client, monkeypatch):
    def asked():
        answer = client.get("/healthz")
        return answer.status_code, {what for what, well in answer.json().items() if not well}

    assert asked() == (200, set())
    with monkeypatch.context() as spoilt:
        spoilt.setattr(queries.data_checks.MigrationExecutor, "migration_plan", lambda self, targets: [1])
        assert asked() == (503, {"ok", "migrated"})
    with monkeypatch.context() as spoilt:
        spoilt.setattr(queries, "connection", SimpleNamespace(cursor=_unreachable))
        assert asked() == (503, {"ok", "database", "writable", "migrated"})
    with read_only():
        assert asked() == (503, {"ok", "writable"})


def _unreachable():
    raise DatabaseError("connection refused")


def test_with_the_database_away_a_probe_is_answered_and_whoever_sits_there_is_told(office, client):
    """No question goes through to the database, whoever asks it: the frame around the answer neither."""
    with connection.execute_wrapper(_gone):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"ok": False, "database": False, "writable": False, "migrated": False, "keys": True})
    client.raise_request_exception = False
    client.force_login(User.objects.get(username="admin"), backend="django.contrib.auth.backends.ModelBackend")
    with connection.execute_wrapper(_gone):
        told = [client.get(path) for path in ("/healthz", "/office/watch")]
    assert [(one.status_code, "数据库暂时连不上" in one.content.decode()) for one in told] == [(503, True)] * 2
    assert client.get("/healthz").status_code == 200


def _gone(execute, sql, params, many, context):
    raise OperationalError("server closed the connection unexpectedly")


@contextlib.contextmanager
def read_only():
    """The database really refuses to write meanwhile; on PostgreSQL until the savepoint is rolled back."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = 1" if connection.vendor == "sqlite" else "SET TRANSACTION READ ONLY")
        yield
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA query_only = 0")
        transaction.set_rollback(True)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL keeps its files elsewhere: the doctor's own look sees its disk")
def test_a_full_disk_is_not_writable(office, client, monkeypatch):
    monkeypatch.setattr(queries.machine_checks.shutil, "disk_usage", lambda path: SimpleNamespace(total=10**10, used=10**10, free=10**6))
    assert client.get("/healthz").json()["writable"] is False


@pytest.fixture
def busy(office, monkeypatch):
    """Four imports under way, two of them stuck; four failed sign-ins and two locked pairs; a page that was slow twice."""
    now = timezone.now()
    for number, (state, heard) in enumerate((("received", now), ("judged", now), ("applying", now - timedelta(hours=3)), ("received", now - timedelta(hours=2)), ("applied", now))):
        Upload.objects.create(template="needs", file_name=f"{number}.xlsx", digest=str(number), size=1, by=User.objects.first(),
                              organisation=Organisation.objects.first(), received_at=now, today=now.date())  # fmt: skip
        triggers.lift(models=[Upload])
        Upload.objects.filter(digest=str(number)).update(state=state, heartbeat_at=heard)
        triggers.lay(models=[Upload])
    limit = office.settings.AXES_FAILURE_LIMIT
    for number, failures in enumerate((limit, limit + 1, 1)):
        AccessAttempt.objects.create(username=f"u{number}", ip_address="10.1.1.1", user_agent="x", failures_since_start=failures)
    for _turn in range(4):
        AccessFailureLog.objects.create(username="u0", ip_address="10.1.1.1", user_agent="x")
    for ms in (2400, 7300):
        slow.remember("/needs/<id>/", ms)
    return office


COUNTED = {"imports": 4, "imports_stuck": 2, "failed_sign_ins": 4, "locked_pairs": 2, "slow_requests": 2}


def test_the_monitor_reads_what_has_happened(busy, client):
    read = parsed(client.get("/metrics").content.decode())
    assert {name: read[f"wanjia_{name}", None] for name in COUNTED} == COUNTED


def test_a_quiet_office_counts_nothing(office, client):
    read = parsed(client.get("/metrics").content.decode())
    assert {name: read[f"wanjia_{name}", None] for name in COUNTED} == dict.fromkeys(COUNTED, 0)


def test_the_page_says_what_has_happened(busy, client):
    User.objects.update(must_change_password=False)
    busy.settings.WANJIA_REQUIRE_TOTP = False
    client.force_login(User.objects.get(username="admin"), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/office/watch").content.decode()
    for said in ("没有办完的导入 4 份", "其中 2 份停了一小时以上", "一天内登录失败 4 次", "锁住了 2 处", "/needs/&lt;id&gt;/", ">7.3<",
                 found()["calendar"].seen, found()["calendar"].facts["day"], sys.version.split()[0], django.__version__, connection.display_name):  # fmt: skip
        assert said in page, said


def test_a_database_too_old_is_named(office, monkeypatch):
    assert found()["database"].level == "green"
    if connection.vendor == "sqlite":
        monkeypatch.setattr(connection.Database, "sqlite_version_info", (3, 34, 1))
    else:
        monkeypatch.setattr(connection, "pg_version", 130011)
    said = found()["database"]
    assert (said.level, said.facts["version"]) == ("red", "3.34.1" if connection.vendor == "sqlite" else "13.11")
    assert "PostgreSQL 14" in said.to_do
