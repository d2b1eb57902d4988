"""A timeline rewritten together with its journal is whole in itself: only the code printed on the notice finds it."""

import pytest

from wanjia.casework.commands import line_digest
from wanjia.casework.models import Need, Step
from wanjia.casework.states import NeedState as S
from wanjia.casework.tests.factories import World, later
from wanjia.casework.tests.test_documents import text_of
from wanjia.casework.tests.walk import bring
from wanjia.kernel import journal, triggers
from wanjia.kernel.models import Entry, Head
from wanjia.orgs.checking.queries import differences
from wanjia.orgs.trail import anchor
from wanjia.reporting.documents.drawing import pdf
from wanjia.reporting.models import PublishedNotice
from wanjia.reporting.notices.commands import print_monthly
from wanjia.reporting.notices.queries import notice

from ..cli import build_parser

NOW = later(days=20)


@pytest.fixture
def world(db):
    return World()


def rewrite(need):
    """Say that another word stood in the third line, and make everything that follows from it say so too."""
    step = Step.objects.get(need=need, n=3)
    step.words = "当时就说好了"
    Step.objects.filter(pk=step.pk).update(words=step.words)
    entry = next(one for one in Entry.objects.filter(subject_id=str(need.pk)) if one.detail.get("n") == 3)
    entry.detail["line"] = line_digest(step)
    Entry.objects.filter(pk=entry.pk).update(detail=entry.detail)
    previous = ""
    for one in Entry.objects.order_by("seq"):
        one.previous = previous or one.previous
        one.digest = previous = journal.digest_of(one)
        Entry.objects.filter(pk=one.pk).update(previous=one.previous, digest=one.digest)
    Head.objects.update(digest=previous)


def verify(capsys, *words):
    """Run `wanjia journal verify`; return (exit code, what it printed)."""
    args = build_parser().parse_args(["journal", "verify", *words])
    code = args.run(args)
    return code, capsys.readouterr().out


def test_the_code_printed_on_the_notice_finds_a_rewritten_timeline(world, capsys):
    need = bring(world, S.CLOSED)
    paper = print_monthly(area=world.county, month="202611", by=world.ledger, at=later(days=10))
    printed = anchor.CODE.search(text_of(pdf("casework/papers/monthly.html", notice(paper), name="x")))[0]
    assert verify(capsys, "--anchor", printed)[0] == 0
    triggers.lift(models=[Entry, Step, Need, PublishedNotice])
    rewrite(need)
    assert list(differences(NOW)) == []
    code, said = verify(capsys)
    assert (code, "日志完整" in said) == (0, True)  # negative control: without the code everything is whole
    code, said = verify(capsys, "--anchor", printed)
    assert (code, "被改写、重算过" in said) == (1, True)


@pytest.mark.parametrize("column", ["words", "by_name"])
def test_rewritten_without_its_journal_the_check_names_the_line(world, column):
    need = bring(world, S.CLOSED)
    assert list(differences(NOW)) == []  # negative control
    triggers.lift(models=[Step])
    Step.objects.filter(need=need, n=3).update(**{column: "别的"})
    assert "step 3.journal" in {one.column for one in differences(NOW)}
