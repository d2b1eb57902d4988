"""The keeper of the machine attacks the database, the anchors' file beside it and the signing key: what `wanjia journal verify` says."""

import argparse
import json
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction

from wanjia.casework import commands
from wanjia.casework.commands import carried, line_digest
from wanjia.casework.models import Step
from wanjia.casework.states import NeedState
from wanjia.casework.tests.factories import MONDAY, World
from wanjia.casework.tests.walk import bring
from wanjia.kernel import erasure, journal, triggers
from wanjia.kernel.erasure import WORD
from wanjia.kernel.models import Anchor, Entry, ErasureLine, Head
from wanjia.kernel.tests.factories import CLERK, now
from wanjia.kernel.tests.test_journal import write
from wanjia.orgs.checking.queries import differences
from wanjia.orgs.tests.test_anchor import compute_anew, dropped
from wanjia.orgs.trail import anchor
from wanjia.registry.models import Person
from wanjia.sealing import keys
from wanjia.site import cli_journal


@pytest.fixture
def file(tmp_path, settings):
    """An anchors' file of this test's own."""
    settings.WANJIA_ANCHORS = str(tmp_path / "anchors.jsonl")
    return Path(settings.WANJIA_ANCHORS)


def verified(*asked):
    """What `wanjia journal verify` says: (exit code, faults)."""
    args = argparse.ArgumentParser()
    cli_journal.add_commands(args.add_subparsers())
    asked = args.parse_args(["journal", "verify", *map(str, asked)])
    answer, _words, code = cli_journal.journal_verify(asked)
    return code, answer.get("faults")


def three_anchors():
    """A journal anchored three times; return the printed codes."""
    codes = []
    for _turn in range(3):
        write(2)
        codes.append(dropped().code)
    return codes


def restore(seq):
    """Bring the whole database back to what it was after line `seq`, its own table of anchors too, as a copy of the file would."""
    triggers.lift(models=[Entry, Anchor])
    Entry.objects.filter(seq__gt=seq).delete()
    Anchor.objects.filter(seq__gte=seq).delete()
    Head.objects.update(seq=seq, digest=Entry.objects.get(seq=seq).digest)


def test_unharmed_journal_and_file_are_said_to_be_whole(db, file):
    codes = three_anchors()
    assert verified("--anchor", *codes, "--anchors", file, "--public-key", anchor.public_key()) == (0, [])


@pytest.mark.parametrize("work_goes_on", [False, True])
def test_an_older_database_in_silence_is_found_by_file_and_by_code(db, file, work_goes_on):
    codes = three_anchors()
    restore(4)
    if work_goes_on:
        write(9)
    assert verified() == (0, [])  # negative control: the chain alone says whole
    assert verified("--anchors", file)[0] == 1
    assert verified("--anchor", codes[-1])[0] == 1
    assert verified("--anchor", codes[0]) == (0, [])  # an anchor from before still holds: it says how far the history is true


def test_a_deleted_file_is_said_to_be_missing_and_one_begun_anew_to_lack_lines(db, file):
    codes = three_anchors()
    file.unlink()
    assert verified("--anchors", file)[0] == 2
    write(1)
    dropped()  # the house makes the file again, with one line
    code, faults = verified("--anchors", file)
    assert code == 1
    assert "少了 3 行" in faults[0] and codes[0] in faults[0]


@pytest.mark.parametrize("kept", [0, 1, 2])
def test_a_shortened_file_is_found(db, file, kept):
    three_anchors()
    file.write_text("".join(file.read_text().splitlines(keepends=True)[:kept]))
    code, faults = verified("--anchors", file)
    assert (code, len(faults)) == (1, 1)
    assert f"少了 {3 - kept} 行" in faults[0]


def sign(seq, digest, at):
    """A line of the file by whoever holds the ring."""
    one = Anchor(seq=seq, digest=digest, at=at)
    return json.dumps({"seq": seq, "digest": digest, "at": at.isoformat(), "signature": anchor._signer().sign(anchor._signed_text(one)).hex()})


@pytest.mark.parametrize("signed", [False, True])
def test_a_rewritten_last_line_is_found_signed_anew_or_not(db, file, signed):
    three_anchors()
    *before, last = file.read_text().splitlines()
    other = Entry.objects.get(seq=2)
    line = sign(other.seq, other.digest, now()) if signed else json.dumps({**json.loads(last), "digest": other.digest})
    file.write_text("\n".join([*before, line]) + "\n")
    code, faults = verified("--anchors", file)
    assert code == 1
    assert any("少了 1 行" in one for one in faults)
    assert any("签名不对" in one for one in faults) is not signed


def test_database_and_file_put_back_together_are_found_by_the_printed_code_alone(db, file):
    codes = three_anchors()
    lines = file.read_text().splitlines(keepends=True)
    restore(3)
    file.write_text(lines[0])
    write(6)
    assert verified("--anchors", file) == (0, [])  # negative control: nothing on the machine knows better
    code, faults = verified("--anchor", codes[2], "--anchors", file)
    assert code == 1
    assert "被改写、重算过" in faults[0]
    assert verified("--anchor", codes[0]) == (0, [])


def exchange_key(settings, tmp_path):
    """Put another first index key into the ring."""
    ring = json.loads(Path(settings.WANJIA_KEYRING).read_text())
    ring["keys"]["i1"]["secret"] = "33" * 32
    settings.WANJIA_KEYRING = str(tmp_path / "ring.json")
    Path(settings.WANJIA_KEYRING).write_text(json.dumps(ring))


def test_an_exchanged_signing_key_is_found(db, file, settings, tmp_path):
    three_anchors()
    exchange_key(settings, tmp_path)
    code, faults = verified("--anchors", file)
    assert code == 1
    assert sum("签名不对" in one for one in faults) == 3


def test_a_whole_forgery_under_an_exchanged_key_is_found_by_code_and_by_the_noted_public_key(db, file, settings, tmp_path):
    codes, noted = three_anchors(), anchor.public_key()
    exchange_key(settings, tmp_path)
    triggers.lift(models=[Entry, Anchor])
    compute_anew(None)
    Anchor.objects.all().delete()
    file.write_text(sign(*Entry.objects.values_list("seq", "digest").get(seq=8), now()) + "\n")
    assert verified("--anchors", file) == (0, [])  # negative control: what is signed with the new key holds under the new key
    assert "公钥" in verified("--anchors", file, "--public-key", noted)[1][0]
    assert verified("--anchor", codes[-1])[0] == 1


def erasure_forged(table, row, stood, stands):
    """Whoever keeps database and ring lays down all that an erasure leaves: its line, and its act in the journal."""
    line = ErasureLine.objects.create(order=uuid4(), person=uuid4(), table=table, row=row, stood=keys.blind(journal.ERASED, stood), stands=stands, at=now())
    with transaction.atomic():
        journal.record(act=erasure.ACT, subject=Person(pk=line.person), by=CLERK, at=now(), order=str(line.order), rows=1, lines=erasure.digest([line]))


def rewritten_as_if_erased(seq, **values):
    triggers.lift(models=[Entry])
    stood = Entry.objects.get(seq=seq).digest
    Entry.objects.filter(seq=seq).update(**values)
    erasure_forged(Entry._meta.db_table, str(seq), stood, journal.digest_of(Entry.objects.get(seq=seq)))


EMPTIED = {"reason": WORD, "detail": {"salt": WORD}}
WRITTEN_OVER = [
    pytest.param({"by_name": "别人"}, id="in clear"),
    pytest.param({"by_name": "别人", **EMPTIED}, id="its words emptied too"),
    pytest.param({"detail": {"salt": WORD, "n": 7}, "reason": WORD}, id="what stays of its detail"),
    pytest.param({"by_name": "别人", **EMPTIED, "words_digest": ""}, id="passed for a line of before"),
]


@pytest.mark.parametrize("values", WRITTEN_OVER)
def test_a_line_written_over_in_the_guise_of_an_erasure_is_found(db, file, values):
    codes = three_anchors()
    rewritten_as_if_erased(2, **values)
    code, faults = verified("--anchor", *codes, "--anchors", file)
    assert code == 1
    assert "第 2 条内容被改动过" in faults[0]


def all_passed_for_lines_of_before(upto):
    for seq in range(1, upto + 1):
        rewritten_as_if_erased(seq, by_name="别人", **EMPTIED, words_digest="")


@pytest.mark.parametrize("upto", [1, 2])
def test_no_line_passes_for_one_of_before_though_every_line_before_it_does(db, file, upto):
    codes = three_anchors()
    all_passed_for_lines_of_before(upto)
    code, faults = verified("--anchor", *codes, "--anchors", file)
    assert (code, "第 1 条内容被改动过" in faults[0]) == (1, True)


def test_negative_control_without_the_mark_of_its_digest_it_does(db, file, monkeypatch):
    borne_out = journal.borne_out
    monkeypatch.setattr(journal, "borne_out", lambda entry: entry.digest if erasure.is_emptied(entry) else borne_out(entry))
    codes = three_anchors()
    all_passed_for_lines_of_before(2)
    assert verified("--anchor", *codes, "--anchors", file) == (0, [])


def test_behind_a_line_that_lost_its_words_digest_none_passes_for_a_line_of_before(db):
    """Asked from there on (as the doctor asks), the walk took the word of a line that it does not look at."""
    write(4)
    rewritten_as_if_erased(3, by_name="别人", **EMPTIED, words_digest="")
    Entry.objects.filter(seq=2).update(words_digest="")
    assert "第 3 条内容被改动过" in (journal.verify(since=2)[1] or "")


def test_negative_control_chained_whole_it_passed_for_an_erased_one(db, file, monkeypatch):
    """As it was before what stays had its own digest: the whole says it is true."""
    with monkeypatch.context() as before:
        before.setattr(erasure, "parted", lambda entry: ({}, ""))
        codes = three_anchors()
    rewritten_as_if_erased(2, by_name="别人", **EMPTIED)
    assert verified("--anchor", *codes, "--anchors", file) == (0, [])


def test_a_line_truly_emptied_stays_whole(db, file):
    codes = three_anchors()
    rewritten_as_if_erased(2, **EMPTIED)
    assert verified("--anchor", *codes, "--anchors", file) == (0, [])


def differing(need, n, **values):
    """What `wanjia check` says of a need whose line n was written over in the guise of an erasure."""
    step = Step.objects.get(need=need, n=n)
    stood = line_digest(step, carried(step))
    triggers.lift(models=[Step])
    Step.objects.filter(pk=step.pk).update(words=WORD, changed={**step.changed, "salt": WORD}, **values)
    erasure_forged(Step._meta.db_table, str(step.pk), stood, line_digest(Step.objects.get(pk=step.pk), stood))
    return [one.column for one in differences() if one.kind == "need"]


@pytest.mark.parametrize("values", [{"by_name": "别人"}, {"happened_at": MONDAY}, {"outcome": "solved"}], ids=["who", "when", "what"])
def test_a_timelines_line_written_over_in_the_guise_of_an_erasure_is_named(db, values):
    assert "step 4.journal" in differing(bring(World(), NeedState.IN_PROGRESS), 4, **values)


def test_a_timelines_line_truly_emptied_is_no_difference(db):
    assert differing(bring(World(), NeedState.IN_PROGRESS), 4) == []


def test_negative_control_digested_whole_the_timelines_line_passed(db, monkeypatch):
    monkeypatch.setattr(commands, "line_digest", lambda step: line_digest(step, "whole"))
    assert differing(bring(World(), NeedState.IN_PROGRESS), 4, by_name="别人") == []
