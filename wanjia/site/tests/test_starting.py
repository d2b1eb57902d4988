"""What keeps an office from starting: `wanjia serve` under a ring that is not its database's."""

from types import SimpleNamespace

import pytest
from django.db import connection

from wanjia.office.health import queries
from wanjia.office.serving import server
from wanjia.office.tests.test_doctor import _foreign_ring
from wanjia.office.tests.test_doctor import office as office
from wanjia.office.tests.test_doctor import opened as opened

from ..cli import main
from ..cli_office import run_serve


@pytest.fixture
def startable(office, monkeypatch):
    """An office that would start; returns the addresses it was served on. The test database alone waits for no disk."""
    served = []
    monkeypatch.setattr(server, "serve", lambda bind, workers: served.append(bind) or 0)
    monkeypatch.setattr(connection, "close", lambda: None)
    monkeypatch.setenv("WANJIA_REQUEST_LOG", "0")
    looks = [look for look in queries.data_checks.checks() if look.__name__ != "writes"]
    monkeypatch.setattr(queries.data_checks, "checks", lambda: looks)
    return served


def test_a_whole_office_starts(startable):
    assert main(["serve"]) == 0
    assert startable == ["127.0.0.1:8000"]


def test_a_foreign_ring_starts_nothing(office, startable, capsys):
    _foreign_ring(office)
    assert main(["serve"]) == 2
    assert startable == []
    assert "密钥" in "".join(capsys.readouterr())


def test_the_doctor_alone_stops_the_start_under_a_foreign_ring(office, startable, capsys):
    """Behind the command line's own look at the ring, which may be taken away one day, stands the doctor's."""
    _foreign_ring(office)
    assert run_serve(SimpleNamespace(bind="127.0.0.1:8000", workers=None, plain_http=False, json=False)) == 2
    assert startable == []
    assert "密钥环不是这个数据库的" in capsys.readouterr().err
