"""The keeper's subcommands: their JSON, their words, their exit codes."""

import argparse
import json
from datetime import date

import pytest

from wanjia.kernel import journal, triggers
from wanjia.kernel.command import SystemActor
from wanjia.kernel.models import CalendarDay, Entry
from wanjia.orgs.models import User
from wanjia.sealing import keys
from wanjia.site import cli_journal, cli_kernel


@pytest.fixture
def wanjia(capsys, tmp_path, settings):
    """Run one subcommand on a ring of its own; return (exit code, what it printed)."""
    settings.WANJIA_KEYRING = str(tmp_path / "ring.json")
    keys.make()
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers()
    cli_kernel.add_commands(commands)
    cli_journal.add_commands(commands)

    def run(*words):
        args = parser.parse_args(words)
        code = args.run(args)
        printed = capsys.readouterr().out
        return code, json.loads(printed) if "--json" in words else printed

    return run


@pytest.fixture
def line(db, django_user_model):
    """One journal line."""
    from django.utils import timezone

    day = CalendarDay(day=date(2024, 2, 10))
    return journal.record(act="calendar.look", subject=day, by=SystemActor("系统"), at=timezone.now())


def test_a_whole_journal_verifies(wanjia, line):
    code, answer = wanjia("journal", "verify", "--json")

    assert (code, answer["ok"], answer["lines"]) == (0, True, 1)
    assert answer["head"] == {"seq": 1, "digest": line.digest}
    assert "日志完整" in wanjia("journal", "verify")[1]


def test_a_changed_journal_exits_with_one_and_says_where(wanjia, line):
    triggers.lift(models=[Entry])
    Entry.objects.update(reason="改")

    code, answer = wanjia("journal", "verify", "--json")

    assert (code, answer["ok"]) == (1, False)
    assert "第 1 条" in answer["fault"]


def test_a_key_is_added_and_every_row_sealed_anew(wanjia, db):
    user = User.objects.create_user("someone", name="某人", phone="13800000001")

    assert wanjia("keys", "add", "encrypt", "--suite", "SM4-GCM", "--json") == (
        0, {"role": "encrypt", "key": "k2", "suite": "SM4-GCM"},
    )  # fmt: skip
    code, answer = wanjia("keys", "rotate", "--json")

    assert (code, answer["rows"], answer["models"]["orgs.user"]) == (0, 1, 1)
    assert User.objects.get(pk=user.pk).phone == "13800000001"
    assert wanjia("keys", "rotate", "--json")[1]["rows"] == 0


def test_a_suite_of_the_wrong_kind_is_refused_in_words(wanjia):
    code, words = wanjia("keys", "add", "index", "--suite", "AES-GCM")

    assert code == 2
    assert "HMAC-SM3" in words
    assert set(keys.ring()["keys"]) == {"k1", "i1"}
