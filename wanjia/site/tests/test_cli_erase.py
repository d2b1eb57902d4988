"""An erasure is the word of two people who are there: each types the own password and, where there is one, the code of the moment."""

import io
import sys

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)

from wanjia.office.erasing import commands
from wanjia.office.tests.erased_world import Planted
from wanjia.orgs.accounts.second_factor import proves
from wanjia.registry.models import Person
from wanjia.site.cli import main

pytestmark = pytest.mark.django_db
MINE, THEIRS = "shan-shui-ren-jia-1", "cao-mu-bai-wu-2"


@pytest.fixture
def planted(tmp_path, monkeypatch):
    monkeypatch.setattr(commands, "sweep", lambda: None)  # no page is freed inside a test's transaction
    monkeypatch.setattr("wanjia.office.erasing.queries.orders_path", lambda: tmp_path / "erasures.jsonl")
    planted = Planted()
    for user, password in ((planted.world.clerk, MINE), (planted.world.auditor, THEIRS)):
        user.set_password(password)
        user.save()
    return planted


def ask(planted, monkeypatch, *typed):
    """Run `wanjia erase` with these lines typed; return its exit code."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in typed)))
    world = planted.world
    words = ["erase", str(planted.person.pk), "--by", world.clerk.username, "--and", world.auditor.username, "--reason", "本人依法书面申请删除个人信息"]
    try:
        return main(words) or 0
    except SystemExit as end:
        return end.code


def kept(planted):
    return Person.objects.get(pk=planted.person.pk).name == planted.person.name


@pytest.mark.parametrize("typed", [(), (MINE, "", MINE, ""), (THEIRS, "", THEIRS, ""), (MINE, "", "", "")])
def test_one_alone_erases_nobody(planted, monkeypatch, typed):
    assert ask(planted, monkeypatch, *typed)
    assert kept(planted)


def test_a_first_password_from_the_machine_proves_nobody(planted, monkeypatch):
    """Whoever has the shell prints both slips with `wanjia people slip`."""
    type(planted.world.auditor).objects.filter(pk=planted.world.auditor.pk).update(must_change_password=True)
    assert ask(planted, monkeypatch, MINE, "", THEIRS, "")
    assert kept(planted)


def test_two_who_are_there_do(planted, monkeypatch):
    assert ask(planted, monkeypatch, MINE, "", THEIRS, "") == 0
    assert not kept(planted)


def test_where_there_is_a_second_factor_the_password_is_not_enough(planted):
    auditor, at, secret = planted.world.auditor, planted.world.register.home.registered_at, generate_totp_secret()
    TOTP.activate(auditor, secret)
    now = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    assert Authenticator.objects.filter(user=auditor).exists()
    assert not proves(auditor, THEIRS, "", at)
    assert not proves(auditor, THEIRS, "000000" if now != "000000" else "111111", at)
    assert not proves(auditor, MINE, now, at)
    assert proves(auditor, THEIRS, now, at)
