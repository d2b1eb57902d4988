"""The journal's page speaks words: every act that any command can journal is called something, found by its number, and sealed where it must."""

import ast
import re
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wanjia.casework.callback.commands import call_back, show_phone
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
from wanjia.orgs.trail import queries, subjects, telling
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


SENTENCES = {act for one in subjects.named().values() for act in one.said}


def test_every_line_about_a_need_has_a_sentence_of_its_own():
    acts = {act for _about, some in queries.acts() for act, _words in some if act.startswith("need.")}
    assert len(acts) > 30
    assert acts - SENTENCES == set()
    assert all("%(matter)s" in str(sentence) for one in subjects.named().values() for sentence in one.said.values())


def shown(client, reader, **asked):
    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    return re.sub(r"\s+", " ", client.get("/journal", asked).content.decode())  # where a template breaks its lines says nothing


def told(html):
    """Return how many lines a page of the journal tells."""
    return html.partition("<tbody>")[2].partition("</tbody>")[0].count("<time")


def plain(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html[html.index("<tbody>") :]))


def test_a_line_is_a_sentence_that_names_its_matter(auditor, client):
    world, reader = auditor
    need = bring(world, "done_reported", summary="屋顶漏雨", category="housing")
    said = plain(shown(client, reader, q=need.number))
    assert f"永善县民政局 陈民政 把 {need.number}(住房) 报办结" in said
    assert f"细沙乡人民政府 王台账 交办了 {need.number}(住房)" in said
    assert f"永善县民政局 陈民政 把 {need.number}(住房) 报办结" in [line.sentence for line in telling.told(reader, queries.entries(reader, q=need.number))]


def test_the_matter_is_opened_and_told_to_whoever_sees_it_and_to_nobody_else(auditor, client):
    world, reader = auditor
    need = bring(world, "done_reported", summary="屋顶漏雨", category="housing")
    html = shown(client, reader, q=need.number)
    assert "屋顶漏雨" not in html
    assert f"/needs/{need.pk}/" not in html, "an auditor opens no content"
    html = shown(client, actor(world, "inspector"), q=need.number)
    assert f'<a href="/needs/{need.pk}/">{need.number}</a>' in html, "control: an inspector sees needs"
    assert "(屋顶漏雨)" in html


def test_nothing_sealed_stands_in_a_sentence(auditor, client):
    world, reader = auditor
    need = bring(world, "done_reported", requester_phone="13800001111", story="家里的事")
    show_phone(need_id=need.pk, by=world.caller, at=nth(5))
    call_back(need_id=need.pk, way="phone", reached=True, word="unsolved", words="他打过我", by=world.caller, at=nth(6))
    for who in (reader, actor(world, "inspector")):
        html = shown(client, who, q=need.number)
        assert "为回访查看了" in html
        assert [word for word in ("13800001111", "家里的事", "他打过我", need.requester_name) if word in html] == []


def test_lines_are_asked_by_person_unit_and_day(auditor):
    world, reader = auditor
    need = bring(world, "done_reported")

    def found(**asked):
        return set(queries.entries(reader, **asked).values_list("act", flat=True))

    assert found(person="陈民政") == found(person=world.handler.username) == found(unit="民政局") == {"need.accept", "need.start", "need.report_done"}
    assert found(person="民政") == found(person="陈民政"), "a part of a name is enough"
    assert found(q=need.number, since="2026-11-06", until="2026-11-06") == {"need.report_done"}
    assert found(unit="没有这个单位") == found(person="没有这个人") == set()


def test_the_page_goes_on_where_it_ended(auditor, client):
    world, reader = auditor
    need = bring(world, "assigned")
    for turn in range(60):
        reveal_household(household_id=world.register.home.pk, reason=f"第{turn}次上门核对", by=world.visitor, at=MONDAY)
    seqs = list(queries.entries(reader).order_by("-seq").values_list("seq", flat=True))
    html = shown(client, reader)
    assert told(html) == 50
    assert f"below={seqs[49]}" in html
    html = shown(client, reader, below=seqs[49])
    assert told(html) == len(seqs) - 50
    assert need.number in html
    for odd in ("x", "-1", "9" * 30):
        assert told(shown(client, reader, below=odd)) in (0, 50)


def test_a_page_of_fifty_lines_asks_what_a_page_of_one_asks(auditor, client):
    world, reader = auditor
    need = bring(world, "done_reported")
    shown(client, reader)
    counts = []
    for asked in ({"q": need.number, "act": "need.record"}, {"q": need.number}, {"unit": "永善"}):
        with CaptureQueriesContext(connection) as questions:
            shown(client, reader, **asked)
        counts.append(len(questions))
    assert counts[0] == counts[1]
    for _turn in range(8):
        bring(world, "done_reported")
    with CaptureQueriesContext(connection) as questions:
        shown(client, reader, unit="永善")
    assert len(questions) == counts[2]


@pytest.mark.parametrize("asked", [{"q": "530625-202611-0001"}, {"person": "陈民政"}, {"person": "没有这个人"}, {"unit": "民政局"}, {"act": "need.accept"},
                                   {"since": "2026-11-06", "until": "2026-11-06"}], ids=str)  # fmt: skip
def test_what_is_asked_of_millions_of_lines_goes_by_an_index(auditor, asked):
    world, reader = auditor
    bring(world, "done_reported")
    plan = planned(queries.entries(reader, **asked).order_by("-seq")[:51])
    assert reads_whole(plan) == [], plan


def test_a_question_without_an_index_is_noticed(auditor):
    """The negative control: a part of a name asked of the journal itself."""
    world, reader = auditor
    bring(world, "done_reported")
    assert reads_whole(planned(queries.entries(reader).filter(by_name__icontains="民政").order_by("at")))


def planned(found):
    """Return how the database would answer, forced off the short way that a small table has."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan TO off")
    return found.explain()


def reads_whole(plan):
    """List the parts of a plan that read the journal from end to end."""
    return [line for line in plan.splitlines() if re.search(r"(SCAN|Seq Scan on) kernel_entry\b", line)]
