"""A household's words are sealed where the form says so: a marked sentence planted wherever it speaks is met at no other address.

Allowed are the one door to the words of a callback, what the form itself says goes to the handling unit (a slip's "not solved",
the reason of a reopening), and the note of a visit on the visit's own page.

The walks of many readers are shared in `make test` (shares.py).
"""

import io
import re
import zipfile
from importlib import import_module
from uuid import UUID

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection
from django.urls import reverse

from wanjia.casework.callback.commands import call_back, keep_need, open_words, withdraw_need
from wanjia.casework.closing.commands import recheck_need
from wanjia.casework.exporting.columns import lines
from wanjia.casework.handling.commands import ask_withdrawal
from wanjia.casework.models import Callback, Need, Recheck, Saying, Slip, Step
from wanjia.casework.protection.commands import report_child
from wanjia.casework.slip.commands import HOUSEHOLD, answer_by_slip
from wanjia.casework.states import PaperKind
from wanjia.casework.tests.walk import bring, reported_with_slip
from wanjia.kernel import triggers
from wanjia.kernel.models import Entry, EntryKind, Receipt
from wanjia.orgs.roles import Role
from wanjia.policy.visit_form import questions
from wanjia.registry.visits.commands import record_visit
from wanjia.verdict import Refused

from .acts import DONE_ON, MONDAY, World, actor, nth, visit
from .shares import NINTHS, THIRDS, WHOLE, mine
from .test_permissions import crowd
from .test_separation import addresses

pytestmark = pytest.mark.django_db

# Where the household spoke → the addresses whose page may say it to those who see the need, the visit or the record at all.
CALLED, KEPT, SLIPPED, NOTED, SECRET = (f"怕他知道{word}" for word in "甲乙丙丁戊")
ASKED = "照实说的撤回原因"
SEALED = {CALLED, KEPT, SLIPPED, SECRET, ASKED}


@pytest.fixture
def spoken():
    """A world in which a household spoke wherever it can: (world, what fills the gaps of addresses)."""
    world = World()
    need = bring(world, "done_reported", summary="请求修路")
    call_back(need_id=need.pk, way="phone", reached=True, word="partly", words=CALLED, by=world.caller, at=nth(5), key=UUID(int=5))
    slipped, _code = reported_with_slip(world, summary="请求通水")
    answer_by_slip(need_id=slipped.pk, word="solved", words=SLIPPED, by=HOUSEHOLD, at=nth(5), key=UUID(int=6))
    kept = world.need(summary="请求通电")
    ask_withdrawal(need_id=kept.pk, words=ASKED, by=world.visitor, at=nth(1))
    keep_need(need_id=kept.pk, way="phone", words=KEPT, by=world.caller, at=nth(2))
    one = visit(world)
    record_visit(visit_id=one.pk, done_on=DONE_ON, method="home", visitor_ids=[world.visitor.pk, world.register.yang.pk],
                 home={_a_question(): {"choice": "", "words": NOTED}},
                 by=world.visitor, at=nth(5))  # fmt: skip
    report_child(area=world.datong, discovered_at=MONDAY, situation="疑似受伤", facts=SECRET, child_words=SECRET, by=world.visitor, at=MONDAY,
                 key=UUID(int=7))  # fmt: skip
    return world, [need, slipped, kept], one


def _a_question():
    return next(q.code for q in questions().values() if q.about == "home")


def code_of(spoken):
    """Return the code of the slip that was printed: shown in the answer to the act that made it, and then nowhere."""
    return Slip.objects.get(need=spoken[1][1]).code


def text_of(answer):
    """Return what an answer says, what lies in a workbook too."""
    body = b"".join(answer) if answer.streaming else answer.content
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            return "".join(book.read(name).decode(errors="ignore") for name in book.namelist())
    return body.decode(errors="ignore")


def met(client, user, spoken, words, turn=None, whole=WHOLE, parts=THIRDS):
    """Return ({(address, word)} met at any address, how many were opened). turn: which third of the addresses, where not all."""
    world, needs, one = spoken
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    found, opened = set(), 0
    asked = min(word for word in words if not word.isascii())
    for at, (name, address) in enumerate(_of(world, needs, one)):
        if not mine(at, turn, whole, parts):
            continue
        for query in ("",) if name.endswith("|") else ("", f"?q={asked}"):
            said = text_of(client.get(address + query)).replace(query.removeprefix("?q="), "") if query else text_of(client.get(address))
            opened += 1
            found |= {(name.rstrip("|"), word) for word in words if word in said}
    return found, opened


def opened_by(spoken):
    """Return how many addresses a whole walk opens."""
    return sum(1 if name.endswith("|") else 2 for name, _address in _of(*spoken))


def _of(world, needs, one):
    """Yield (name, address) of every address that can be filled; a name ends in | where the address names a row."""
    for need in needs:
        gaps = {"need_id": need.pk, "household_id": world.register.home.pk, "visit_id": one.pk, "code": world.county.code,
                "person_id": world.register.head.pk, "unit_id": world.civil.pk, "user_id": world.handler.pk}  # fmt: skip
        for name, path in addresses():
            wanted = re.findall(r"<(?:\w+:)?(\w+)>", path)
            if not set(wanted) <= set(gaps) or name == "account_logout" or (need != needs[0] and "need_id" not in wanted):
                continue
            for gap in wanted:
                path = re.sub(rf"<(?:\w+:)?{gap}>", str(gaps[gap]), path)
            yield name + "|" * bool(wanted), "/" + path


def test_sealed_words_stand_at_no_address(client, spoken):
    """As each role, in a place where it sees most: every page, list, search, paper form and API answer."""
    people = crowd(spoken[0])
    for turn, role in enumerate(Role):
        found, opened = met(client, people[role, "near"], spoken, SEALED, turn, parts=NINTHS)
        assert (role, found) == (role, set())
        assert opened > 40


@pytest.mark.parametrize(("turn", "who"), list(enumerate(["handler", "visitor", "caller"])))
def test_a_slips_code_stands_at_no_address_once_it_was_shown(client, spoken, turn, who):
    """Its holder's word is the household's: whoever handles, printed or calls meets it nowhere, also who asks for it."""
    world, needs, one = spoken
    found, opened = met(client, actor(world, who), (world, needs[1:2], one), {code_of(spoken), CALLED}, turn)
    assert found == set()
    assert opened > 30


@pytest.mark.parametrize(("turn", "who"), list(enumerate(["handler", "visitor", "admin", "auditor"])))
def test_what_the_unit_is_told_stands_on_the_needs_page_alone(client, spoken, turn, who):
    found, _opened = met(client, actor(spoken[0], who), spoken, {ASKED, NOTED}, turn)
    assert not {name for name, word in found if word == ASKED}
    assert {name for name, word in found if word == NOTED} <= {"registry:visit", "registry:visit_record", "api-1.0.0:visit"}
    if who in ("admin", "auditor"):
        assert found == set()


def test_the_walk_meets_words_where_they_are_not_sealed(client, spoken):
    """Negative control: with a callback's words and a slip's code in a column that is not sealed, the same walk meets them."""
    world, needs, _one = spoken
    code = code_of(spoken)
    type(needs[0]).objects.filter(pk=needs[0].pk).update(outcome_text=CALLED + code)
    thirds = [met(client, world.handler, spoken, {*SEALED, code}, turn, whole=False) for turn in range(THIRDS)]
    assert {("casework:need", CALLED), ("casework:need", code)} <= set.union(*(third for third, _opened in thirds))
    assert sum(opened for _third, opened in thirds) == opened_by(spoken), "the thirds of the walk together are not the whole of it"


def test_no_line_of_the_journal_no_receipt_and_no_letter_says_them(spoken):
    lines_said = str(list(Entry.objects.values_list("reason", "detail", "before", "after", "by_name")))
    for word in {*SEALED, ASKED, NOTED, code_of(spoken)}:
        assert word not in lines_said
        assert word not in str(list(Receipt.objects.values()))
        assert word not in str([letter.message() for letter in mail.outbox])


def test_no_export_says_them(spoken):
    said = str(list(lines(Need.objects.all(), sensitive=["联系电话"])))
    assert not [word for word in SEALED if word in said]
    assert "请求修路" in said


@pytest.mark.parametrize("kind", [kind for kind in PaperKind if kind != PaperKind.MONTHLY])
def test_no_paper_says_them(spoken, kind):
    """The record of callbacks printed them, for whoever may close: the handling unit's own ledger clerk too."""
    from wanjia.casework.papers.kinds import PAPERS
    from wanjia.reporting.models import Paper
    from wanjia.reporting.papers.sheets import sheet_of

    world, needs, _one = spoken
    for need in needs:
        paper = Paper(kind=kind, number="x", subject="casework.need", subject_id=need.pk, printed_at=nth(6), printed_by=world.clerk)
        try:
            sheet = sheet_of(PAPERS, paper, world.clerk, nth(6))
        except (AttributeError, TypeError):  # a paper that does not fit this need yet
            continue
        assert not [word for word in SEALED if word in str(sheet)]
        assert kind != PaperKind.CALLBACK or need == needs[2] or "已密封保存" in str(sheet)


def test_the_database_file_holds_them_sealed(spoken):
    """What lies in the table is no text: a backup's listing, a dump and a log of queries show none of it."""
    assert not [row for row in Callback.objects.all() if any(word in str(row.__dict__["words"]) for word in SEALED)]


# The one door


def test_whoever_asks_households_reads_the_words_with_a_chosen_reason(client, spoken):
    world, (need, *_more), _one = spoken
    client.force_login(world.inspector, backend="django.contrib.auth.backends.ModelBackend")
    door = reverse("casework:words", args=[need.pk])
    assert door in client.get(reverse("casework:need", args=[need.pk])).content.decode()
    assert CALLED not in client.get(door).content.decode()
    before = Entry.objects.filter(act="need.open_words").count()
    answer = client.post(door, {"reason": "recheck"})
    assert CALLED in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store, private"
    line = Entry.objects.get(act="need.open_words")
    assert (before, line.kind, line.by_id, line.reason) == (0, EntryKind.READING, world.inspector.pk, "抽查复核")
    assert CALLED not in client.post(door, {"reason": "好奇"}).content.decode()
    assert Entry.objects.filter(act="need.open_words").count() == 1


@pytest.mark.parametrize("who", ["handler", "head", "visitor", "clerk", "ledger", "admin", "auditor", "officer", "teacher", "stranger"])
def test_nobody_else_comes_through_the_door(client, spoken, who):
    world, (need, *_more), _one = spoken
    client.force_login(actor(world, who), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("casework:need", args=[need.pk]))
    assert reverse("casework:words", args=[need.pk]) not in page.content.decode()
    for address, body in ((reverse("casework:words", args=[need.pk]), {"reason": "recheck"}), (f"/api/needs/{need.pk}/open-words", '{"reason":"recheck"}')):
        answer = client.post(address, body, **({"content_type": "application/json"} if "api" in address else {}))
        assert answer.status_code in (403, 404, 409)
        assert CALLED not in answer.content.decode()
    assert not Entry.objects.filter(act="need.open_words").exists()


def test_a_callback_officer_who_sits_in_the_handling_unit_is_refused(spoken):
    from wanjia.casework.tests.factories import worker

    world, (need, *_more), _one = spoken
    inside = worker("neibu", "本单位回访员", world.civil, Role.CALLBACK_OFFICER)
    with pytest.raises(Refused, match="办理过这件诉求的单位"):
        open_words(need_id=need.pk, reason="recheck", by=inside, at=nth(6))


def test_the_api_opens_them_for_whoever_may(client, spoken):
    world, (need, *_more), _one = spoken
    client.force_login(world.caller, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(f"/api/needs/{need.pk}/open-words", '{"reason":"call_again"}', content_type="application/json")
    assert answer.status_code == 200, answer.content
    assert [row["words"] for row in answer.json()] == [CALLED]
    assert Entry.objects.filter(act="need.open_words", reason="再次回访前了解").count() == 1


# Words of a withdrawal and of a recheck


FOUND = "邻居说是他打的"


def rechecked(world, agrees=False):
    need = bring(world, "done_reported", summary="请求修渠", involves_child=True)
    call_back(need_id=need.pk, way="phone", reached=True, word="solved", by=world.caller, at=nth(5), key=UUID(int=25))
    recheck_need(need_id=need.pk, agrees=agrees, words=FOUND, told="请把渠底补平", by=world.inspector, at=nth(6))
    return Need.objects.get(pk=need.pk)


@pytest.mark.parametrize("agrees", [True, False])
@pytest.mark.parametrize(("turn", "who"), list(enumerate(["handler", "visitor", "clerk", "caller", "admin", "auditor"])))
def test_what_a_recheck_was_told_stands_at_no_address_and_what_is_to_be_done_does(client, spoken, turn, who, agrees):
    world, _needs, one = spoken
    need = rechecked(world, agrees)
    found, _opened = met(client, actor(world, who), (world, [need], one), {FOUND}, turn + agrees)
    assert found == set()
    line = need.steps.last()
    assert ("请把渠底补平" in line.words) is not agrees
    assert "情况密封" in line.words
    assert FOUND not in str(list(Entry.objects.values_list("reason", "detail"))) + str(list(Recheck.objects.values()))


def test_the_one_door_opens_the_words_of_a_withdrawal_and_a_recheck_too(spoken):
    world, (*_others, kept), _one = spoken
    need = rechecked(world)
    said = open_words(need_id=need.pk, reason="recheck", by=actor(world, "inspector"), at=nth(7))
    assert FOUND in [one.words for one in said]
    said = open_words(need_id=kept.pk, reason="call_again", by=actor(world, "caller"), at=nth(7))
    assert [one.words for one in said] == [ASKED, KEPT]
    with pytest.raises(Refused):
        open_words(need_id=need.pk, reason="recheck", by=actor(world, "handler"), at=nth(7))


def test_lines_written_before_the_sealing_show_their_words_to_nobody(client, spoken):
    """The journal bears their digest, so that no migration may change them: what they say is shown sealed."""
    world, _needs, one = spoken
    need = rechecked(world)
    triggers.lift(models=[Step])
    need.steps.filter(act="dispute").update(words=f"抽查不属实:{FOUND}")
    asked = bring(world, "admitted", summary="请求打井")
    ask_withdrawal(need_id=asked.pk, words="x", by=world.visitor, at=nth(1))
    asked.steps.filter(act="ask_withdrawal").update(words=FOUND)
    assert {need.steps.last().told, asked.steps.last().told} == {"抽查不属实(情况密封)", "原因密封"}
    for turn, who in enumerate(("handler", "clerk", "caller")):
        found, _opened = met(client, actor(world, who), (world, [need, asked], one), {FOUND}, turn)
        assert (who, found) == (who, set())
    assert FOUND not in str(list(lines(Need.objects.all(), sensitive=[])))


@pytest.mark.parametrize("head", ["群众说没有解决:", *["The household says it is not settled:"] * WHOLE])  # in English the same walk once more: make prove-walks
def test_what_an_office_of_0_1_0_wrote_in_clear_at_a_callback_or_a_withdrawal_is_shown_to_nobody(client, spoken, head):
    """Its lines bear no salt; the journal's line of the same act bore the same words as its reason."""
    world, _needs, one = spoken
    need, taken = bring(world, "done_reported", summary="请求修渠"), bring(world, "admitted", summary="请求打井")
    call_back(need_id=need.pk, way="phone", reached=True, word="unsolved", words="x", by=world.caller, at=nth(5), key=UUID(int=26))
    ask_withdrawal(need_id=taken.pk, words="x", by=world.visitor, at=nth(1))
    withdraw_need(need_id=taken.pk, way="phone", words="x", by=world.caller, at=nth(2))
    triggers.lift(models=[Step, Entry])
    need.steps.filter(act="dispute").update(words=head + FOUND, changed={})
    taken.steps.filter(act="withdraw").update(words=FOUND, changed={})
    Entry.objects.filter(act__in=["need.dispute", "need.withdraw"]).update(reason=FOUND)
    assert {need.steps.last().told, taken.steps.last().told} == {f"{head}原话密封", "原因密封"}
    for turn, who in enumerate(("handler", "auditor")):
        found, _opened = met(client, actor(world, who), (world, [need, taken], one), {FOUND}, turn)
        assert (who, found) == (who, set())
    assert FOUND not in str(list(lines(Need.objects.all(), sensitive=[])))


def test_the_migration_seals_what_rechecks_said_in_clear_and_its_way_back_opens_it(spoken):
    world, _needs, _one = spoken
    need = rechecked(world)
    triggers.lift(models=[Recheck, Saying])
    Saying.objects.filter(need=need).delete()
    Recheck.objects.update(words=FOUND)
    there = import_module("wanjia.casework.migrations.0014_seal_move_words")
    there.seal(apps, connection.schema_editor())
    assert (Recheck.objects.get().words, Saying.objects.get(need=need).words) == ("", FOUND)
    there.open_again(apps, connection.schema_editor())
    assert (Recheck.objects.get().words, Saying.objects.filter(need=need).count()) == (FOUND, 0)
    triggers.lay(models=[Recheck, Saying])


def test_the_migration_masks_a_child_that_asked_before(spoken):
    world, _needs, _one = spoken
    child, grown = world.register.child, world.register.head
    old = world.need(summary="想要课外书", requester=child)
    other = world.need(summary="请求修路灯", requester=grown, requester_name=grown.name, requester_last4="1234")
    Need.objects.filter(pk=old.pk).update(requester_name=child.name, requester_last4="1234", requester_initials="wxm")
    import_module("wanjia.casework.migrations.0015_seal_child_requesters").mask(apps, connection.schema_editor())
    old.refresh_from_db()
    other.refresh_from_db()
    assert (old.requester_name, old.requester_last4) == (child.shown_name, "")
    assert child.name not in (old.requester_name, old.requester_initials)
    assert (other.requester_name, other.requester_last4) == (grown.name, "1234")
