"""What the acts at the machine refuse, asked in this process: the same sentences the tests of whole offices meet in others."""

from types import SimpleNamespace

import pytest
from django.db import OperationalError

from wanjia.office.erasing import commands as erasing
from wanjia.office.keeping import commands as keeping
from wanjia.office.moving import commands as moving
from wanjia.office.upgrading import commands as upgrading
from wanjia.verdict import Refused

pytestmark = pytest.mark.django_db


def test_an_erasure_names_accounts_that_there_are():
    with pytest.raises(Refused, match="没有“nobody”这个账号"):
        erasing.account("nobody")


class Cursor:
    """A cursor whose database is read all the while."""

    def __init__(self, fault=None):
        self.fault = fault

    def __enter__(self):
        return self

    def __exit__(self, *_fault):
        return False

    def execute(self, _statement):
        if self.fault:
            raise self.fault

    def fetchone(self):
        return [1]


@pytest.mark.parametrize("fault", [None, OperationalError("database is locked")], ids=["read", "locked"])
def test_pages_that_somebody_reads_are_not_given_up(monkeypatch, fault):
    monkeypatch.setattr(erasing, "connection", SimpleNamespace(vendor="sqlite", cursor=lambda: Cursor(fault)))
    with pytest.raises(Refused) as refusal:
        erasing.sweep()
    assert str(refusal.value.reason) == str(erasing.LEFT)


def test_a_half_that_is_none():
    with pytest.raises(Refused, match="这不是恢复单的一半"):
        keeping.read("万家\n01 AAAA")


def test_a_half_that_lacks_a_line():
    with pytest.raises(Refused, match="半应有 9 行,现在是 0 行"):
        keeping.read("万家密钥恢复单 甲半 ABCD 9")


def test_what_lies_in_postgresql_is_not_moved_there(monkeypatch, tmp_path):
    monkeypatch.setattr(moving, "connection", SimpleNamespace(vendor="postgresql"))
    with pytest.raises(Refused, match="已经是 PostgreSQL"):
        moving.move({}, tmp_path, say=print)


def test_an_upgrade_whose_journal_is_shorter_than_before():
    with pytest.raises(Refused, match="升级后核对不符"):
        upgrading._refuse_faults({"seq": 1}, {"seq": 0})


def test_an_upgrade_whose_books_disagree(monkeypatch):
    monkeypatch.setattr(upgrading, "faults", lambda: ["one"])
    with pytest.raises(Refused, match="1 处与自己的经过不一致"):
        upgrading._refuse_faults({"seq": 0}, {"seq": 0})


def test_a_migration_that_waits_too_long_is_given_up():
    with pytest.raises(Refused, match="改表时等不到一张表"), upgrading.time_outs():
        raise OperationalError("canceling statement due to lock timeout")


def test_nothing_to_go_back_to(monkeypatch):
    monkeypatch.setattr(upgrading, "_said", lambda: None)
    with pytest.raises(Refused, match="没有可以退回的升级"):
        upgrading.go_back(say=print)
