"""The journal's page speaks words: every act that any command can journal is called something, found by its number, and sealed where it must."""

import ast
from datetime import date
from pathlib import Path

import pytest

from wanjia.casework.callback.commands import call_back
from wanjia.casework.ledger.need_page import entry
from wanjia.casework.models import ProtectionReport, Step
from wanjia.casework.protection.commands import open_report
from wanjia.casework.tests.factories import worker
from wanjia.casework.tests.walk import bring, reported_with_slip
from wanjia.kernel import journal
from wanjia.kernel.command import COMMANDS
from wanjia.kernel.models import Entry
from wanjia.orgs.lines import words_of
from wanjia.orgs.models import Post
from wanjia.orgs.roles import Role
from wanjia.orgs.trail import queries, subjects
from wanjia.registry.households.commands import reveal_household

from .acts import ACTS, MONDAY, World, actor, nth, report

HOUSE = Path(__file__).resolve().parents[2]


def literal_acts(source):
    """List the acts that a source file gives by name to `journal.record` or `record_reading`."""
    for call in ast.walk(ast.parse(source)):
        name = getattr(getattr(call, "func", None), "attr", None) or getattr(getattr(call, "func", None), "id", None)
        if isinstance(call, ast.Call) and name in ("record", "record_reading"):
            for word in call.keywords:
                parts = (word.value.body, word.value.orelse) if isinstance(word.value, ast.IfExp) else (word.value,)
                yield from (part.value for part in parts if word.arg == "act" and isinstance(part, ast.Constant))


SOURCES = [path for path in sorted((HOUSE / "wanjia").rglob("*.py")) if "tests" not in path.parts]
LITERAL = sorted({act for path in SOURCES for act in literal_acts(path.read_text(encoding="utf-8"))})


@pytest.mark.parametrize("act", LITERAL)
def test_every_act_written_in_the_code_has_words(act):
    assert words_of(act) != act


def test_the_scan_sees_both_branches_and_misses_none():
    assert list(literal_acts('journal.record(act="a.b" if x else "c.d", by=1)\nrecord_reading(act="e.f")\nother(act="g.h")')) == ["a.b", "c.d", "e.f"]
    assert len(LITERAL) > 60


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_line_that_a_command_writes_has_words(name):
    world, act = World(), ACTS[name]
    what = act.make(world)
    last = Entry.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    COMMANDS[name](by=actor(world, act.by), at=act.at, **what)
    lines = list(Entry.objects.filter(seq__gt=last))
    assert [line.act for line in lines if words_of(line.act) == line.act] == []
    codes = {state for line in lines for state in queries._change(line) if state and state.isascii() and state.isalpha()}
    assert codes == set(), "before and after are said in words"
    assert [step.act for step in Step.objects.all() if step.act == str(entry(step)["words"])] == [], "so does the timeline"


@pytest.fixture
def auditor(db):
    world = World()
    return world, actor(world, "auditor")


def test_a_needs_number_finds_every_line_about_it(auditor):
    world, reader = auditor
    (need, _code), other = reported_with_slip(world), world.need()
    call_back(need_id=need.pk, way="phone", reached=True, word="solved", by=world.caller, at=nth(6))
    acts = set(queries.entries(reader, q=need.number).values_list("act", flat=True))
    assert {"need.record", "need.admit", "need.assign", "need.slip", "need.verify"} <= acts
    assert str(other.pk) not in set(queries.entries(reader, q=need.number).values_list("subject_id", flat=True))
    assert not queries.entries(reader, q=need.requester_name).exists()


def test_a_home_and_a_colleague_are_found_too(auditor):
    world, reader = auditor
    reveal_household(household_id=world.register.home.pk, reason="上门送材料", by=world.visitor, at=MONDAY)
    need = bring(world, "assigned")
    assert "household.reveal" in set(queries.entries(reader, q=world.register.home.number).values_list("act", flat=True))
    assert set(queries.entries(reader, q=world.clerk.username).values_list("subject_id", flat=True)) == {str(need.pk)}
    assert queries.entries(reader, q=world.clerk.name).exists()


def test_the_area_of_the_reader_still_limits(auditor):
    world, _reader = auditor
    need = bring(world, "assigned")
    far = worker("makou-ducha", "码督查", world.elsewhere, Role.INSPECTOR)
    assert not queries.entries(far, q=need.number).exists()


def test_a_row_says_which_need_and_the_change_in_words(auditor, client):
    world, reader = auditor
    need = bring(world, "verified")
    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/journal", {"q": need.number}).content.decode()
    assert need.number in page
    assert "待回访 → 待销号" in page
    assert "done_reported" not in page
    assert need.requester_name not in page


@pytest.mark.parametrize("who", ["auditor", "inspector"])
def test_no_line_says_that_a_sealed_report_exists(auditor, client, who):
    world, _reader = auditor
    one = report(world)
    open_report(report_id=one.pk, reason="处置需要", by=world.officer, at=MONDAY)
    reader = actor(world, who)
    assert not [line for line in queries.entries(reader) if line.subject == "casework.protectionreport"]
    for asked in ({"subject": str(one.pk)}, {"act": "protection.report"}, {"readings": True}):
        assert not queries.entries(reader, **asked).filter(act__startswith="protection").exists()
    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    assert str(one.pk) not in client.get("/journal").content.decode()
    seqs = [str(line.seq) for line in queries.entries(reader)]
    assert not any(f'<td class="num desk-only">{seq}</td>' in client.get("/journal").content.decode() for seq in seqs)
    assert journal.verify()[1] is None


def test_who_may_see_the_report_reads_its_lines(auditor):
    world, _reader = auditor
    one = report(world)
    Post.objects.create(user=world.officer, organisation=world.office, role=Role.INSPECTOR, from_on=date(2020, 1, 1))  # who reads the journal too
    assert queries.entries(actor(world, "officer")).filter(subject_id=str(one.pk)).exists()


def test_without_the_seal_the_lines_would_show(auditor, monkeypatch):
    """The negative control."""
    world, reader = auditor
    report(world)
    monkeypatch.setattr(subjects, "gather", lambda _kind: [])
    assert queries.entries(reader).filter(act="protection.report").exists()
    assert ProtectionReport.objects.exists()
