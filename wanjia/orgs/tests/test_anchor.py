"""An anchor kept outside finds what the chain alone cannot: a cut tail, a chain computed anew, an older copy, a forged file."""

import argparse
import json
from pathlib import Path

import pytest
from django.conf import settings

from wanjia.kernel import journal, triggers
from wanjia.kernel.models import Anchor, Entry, Head
from wanjia.kernel.tests.factories import CLERK, now
from wanjia.kernel.tests.test_journal import write
from wanjia.orgs.trail import anchor
from wanjia.orgs.trail.commands import anchor_journal
from wanjia.site import cli_journal


def dropped():
    return anchor_journal(by=CLERK, at=now())


def cut_tail(entries):
    """Take the last lines away and set the head back: what an administrator can do who may write every row."""
    Entry.objects.filter(seq__gt=2).delete()
    Head.objects.update(seq=2, digest=Entry.objects.get(seq=2).digest)


def compute_anew(entries):
    """Change a line in the middle and compute every later digest again."""
    previous = Entry.objects.get(seq=1).digest
    for entry in Entry.objects.filter(seq__gt=1).order_by("seq"):
        entry.reason = "改写过" if entry.seq == 2 else entry.reason
        entry.previous = previous
        entry.digest = previous = journal.digest_of(entry)
        entry.save()
    Head.objects.update(digest=previous)


def bring_back_older_copy(entries):
    """Restore the rows of an hour ago, then go on working: the chain is whole and has other lines."""
    cut_tail(entries)
    write(5)


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        pytest.param(cut_tail, "尾部被截断", id="cut tail"),
        pytest.param(compute_anew, "被改写、重算过", id="computed anew"),
        pytest.param(bring_back_older_copy, "被改写、重算过", id="older copy"),
    ],
)
def test_a_code_printed_outside_finds_what_the_chain_cannot(db, tamper, said):
    entries = write(4)
    code = dropped().code
    lines = Path(settings.WANJIA_ANCHORS).read_text().splitlines()[-1:]
    assert anchor.faults([code], lines) == []
    triggers.lift(models=[Entry])

    tamper(entries)

    assert journal.verify()[1] is None  # negative control: without the anchor the chain says whole
    assert said in anchor.faults([code])[0]
    assert said in anchor.faults(lines=lines)[0]


def test_a_forged_line_of_the_file_is_named(db):
    write(2)
    dropped()
    line = json.loads(Path(settings.WANJIA_ANCHORS).read_text().splitlines()[-1])
    line["digest"] = "0" * 64

    assert "签名不对" in anchor.faults(lines=[json.dumps(line), ""][:1])[0]


def test_a_code_that_is_none_is_said_so(db):
    assert "不是锚码" in anchor.faults(["1580"])[0]


def test_an_anchor_is_a_line_of_the_journal_too(db):
    write(3)
    made = dropped()

    assert (made.seq, Anchor.objects.get().code) == (3, anchor.code(3, Entry.objects.get(seq=3).digest))
    assert Entry.objects.get(seq=4).act == "journal.anchor"
    assert journal.verify() == (4, None)


# The keeper of the machine attacks the database, the file beside it and the key


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
