"""An anchor kept outside finds what the chain alone cannot: a cut tail, a chain computed anew, an older copy, a forged file."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from wanjia.kernel import erasure, journal, triggers
from wanjia.kernel.models import Anchor, Entry, Head
from wanjia.kernel.tests.factories import CLERK, now
from wanjia.kernel.tests.test_journal import write
from wanjia.orgs.trail import anchor
from wanjia.orgs.trail.commands import anchor_journal


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
        entry.previous, entry.words_digest = previous, erasure.parted(entry)[1]
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
    assert "不是锚码" in anchor.faults([f"{'9' * 5000}-ABCD-EFGH-IJKL-MNOP"])[0]  # no number that Python reads: the page broke on it


def test_an_anchor_is_a_line_of_the_journal_too(db):
    write(3)
    made = dropped()

    assert (made.seq, Anchor.objects.get().code) == (3, anchor.code(3, Entry.objects.get(seq=3).digest))
    assert Entry.objects.get(seq=4).act == "journal.anchor"
    assert journal.verify() == (4, None)
