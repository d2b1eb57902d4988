"""The ledger leaves the house: asked with a reason, agreed by another, once, watermarked, inert, and readable by the importer."""

import datetime
import io
import uuid
import zipfile
from types import SimpleNamespace

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from wanjia.casework.models import Holding, Need
from wanjia.casework.states import NeedState as S
from wanjia.casework.tests.factories import later, unit, worker
from wanjia.casework.tests.walk import bring
from wanjia.kernel.models import Entry
from wanjia.orgs.models import Post, Tier, User
from wanjia.orgs.roles import Role
from wanjia.registry.tests.factories import number
from wanjia.reporting.exporting import queries, rules
from wanjia.reporting.exporting.commands import ask_export, decide_export, take_export
from wanjia.reporting.models import Export
from wanjia.sheets.template import SKIP
from wanjia.verdict import ALLOWED, Refused

from ..exporting.columns import COLUMNS, HEADER, SENSITIVE, lines
from ..exporting.kinds import NEEDS as LEDGER
from ..importing.template import NEEDS
from ..ledger.desk import Standing, _summed

AT = later(days=7)


def asked(world, rows=3, columns=(), by=None, at=AT):
    return ask_export(kind="needs", purpose="月底核对台账", query={}, rows=rows, columns=columns, by=by or world.clerk, at=at)


def sheet_of(answer):
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


def test_the_columns_are_those_the_importer_knows():
    known = {column.name for column in NEEDS.columns}
    assert {column.name for column in COLUMNS} <= known
    assert {column.name for column in NEEDS.columns if column.kind is not SKIP} <= {column.name for column in COLUMNS}


def test_few_rows_without_sensitive_columns_are_taken_at_once_and_only_once(world):
    export = asked(world)
    assert export.state == "approved"
    take_export(export_id=export.pk, rows=3, by=world.clerk, at=AT)
    with pytest.raises(Refused, match="只能下载一次"):
        take_export(export_id=export.pk, rows=3, by=world.clerk, at=AT)
    acts = list(Entry.objects.filter(subject_id=str(export.pk)).order_by("seq").values_list("act", flat=True))
    assert acts == ["export.ask", "export.take"]


@pytest.mark.parametrize(("rows", "columns"), [(501, []), (1, SENSITIVE)])
def test_many_rows_or_any_phone_wait_for_another_person(world, boss, rows, columns):
    export = asked(world, rows, columns)
    assert export.state == "waiting"
    with pytest.raises(Refused, match="还没有批准"):
        take_export(export_id=export.pk, rows=rows, by=world.clerk, at=AT)
    decide_export(export_id=export.pk, approve=True, by=boss, at=AT)
    assert take_export(export_id=export.pk, rows=rows, by=world.clerk, at=AT).state == "taken"


def test_nobody_approves_the_own_export(world, boss):
    export = asked(world, 900, by=boss)
    with pytest.raises(Refused, match="不能自己批准"):
        decide_export(export_id=export.pk, approve=True, by=boss, at=AT)


def also_of_makou(world):
    """Let the clerk export in a second township too."""
    Post.objects.create(user=world.clerk, organisation=world.elsewhere, role=Role.TOWNSHIP_WORKER, from_on=datetime.date(2020, 1, 1))
    return User.objects.get(pk=world.clerk.pk)


def test_who_covers_only_a_part_of_an_export_does_not_agree_to_it(world, boss, client_of):
    """As it was, the leader of one township let the sheet of another out of the house."""
    clerk = also_of_makou(world)
    export = asked(world, 900, by=clerk)
    with pytest.raises(Refused, match="超出您批准的范围"):
        decide_export(export_id=export.pk, approve=True, by=boss, at=AT)
    page = client_of(boss, "/exports/")
    assert (page.context["waiting"], queries.to_decide(boss)) == ([], 0)
    county = worker("xian-lingdao", "段县长", world.office, Role.LEADER)
    assert queries.to_decide(county) == 1
    assert decide_export(export_id=export.pk, approve=True, by=county, at=AT).state == "approved"
    assert take_export(export_id=export.pk, rows=900, by=clerk, at=AT).state == "taken"


def test_a_part_that_lies_where_the_leader_is_may_be_agreed_to(world, boss):
    clerk = also_of_makou(world)
    for kind, query in (("needs", {"area": world.datong.pk}), ("homes", {"village": world.datong.pk})):
        export = ask_export(kind=kind, purpose="月底核对台账", query=query, rows=900, columns=(), by=clerk, at=AT)
        assert decide_export(export_id=export.pk, approve=True, by=boss, at=AT).state == "approved"


def held_afar(world):
    """Let the clerk's unit have held a need of another township: the clerk sees it by that tie, wherever it lies."""
    need = world.need(by=world.stranger, village=world.xinmin, household=None)
    Holding.objects.create(need=need, organisation=world.township, from_at=AT, to_at=AT)
    return need


@pytest.mark.parametrize(("query", "agrees"), [({}, False), ({"area": "530625202201"}, True)])
def test_a_row_held_by_a_tie_leaves_only_by_whoever_sees_it(world, query, agrees):
    """As it was, reaches alone were compared: the row of another township left with the word of somebody who cannot see it."""
    held_afar(world)
    beside = worker("dangwei", "石分管", unit("细沙乡党委", Tier.TOWNSHIP, world.xisha), Role.TOWNSHIP_LEADER)
    export = ask_export(kind="needs", purpose="月底核对台账", query=query, rows=900, columns=(), by=world.clerk, at=AT)
    assert (queries.to_decide(beside), len(queries.to_approve(beside))) == (int(agrees), int(agrees))
    if agrees:
        assert decide_export(export_id=export.pk, approve=True, by=beside, at=AT).state == "approved"
        return
    with pytest.raises(Refused, match="超出您批准的范围"):
        decide_export(export_id=export.pk, approve=True, by=beside, at=AT)


@pytest.mark.parametrize("who", ["boss", "county"])
def test_whoever_sees_the_row_by_the_same_tie_or_by_reach_agrees(world, boss, who):
    held_afar(world)
    export = asked(world, 900)
    approver = boss if who == "boss" else worker("xian-lingdao", "段县长", world.office, Role.LEADER)
    assert decide_export(export_id=export.pk, approve=True, by=approver, at=AT).state == "approved"


def test_a_tie_taken_up_after_the_word_widens_nothing(world):
    beside = worker("dangwei", "石分管", unit("细沙乡党委", Tier.TOWNSHIP, world.xisha), Role.TOWNSHIP_LEADER)
    export = asked(world, 900)
    decide_export(export_id=export.pk, approve=True, by=beside, at=AT)
    held_afar(world)
    with pytest.raises(Refused, match="现在管不到这份导出的全部范围"):
        take_export(export_id=export.pk, rows=900, by=world.clerk, at=AT)


@pytest.mark.parametrize("ask", [queries.to_decide, queries.to_approve])
def test_three_waiting_exports_ask_the_database_no_more_than_one(world, ask):
    """The frame counts them on every page."""
    county, counts = worker("xian-lingdao", "段县长", world.office, Role.LEADER), []
    asks = [(world.clerk, world.datong), (world.stranger, world.xinmin), (world.ledger, world.makou)]
    for n, (by, place) in enumerate(asks, 1):
        query = {"area": place.pk, "holder": str(world.township.pk)}
        ask_export(kind="needs", purpose="月底核对台账", query=query, rows=900, columns=(), by=by, at=AT)
        with CaptureQueriesContext(connection) as asked_of:
            found = ask(User.objects.get(pk=county.pk))
        assert (found if isinstance(found, int) else len(found)) == n
        counts.append(len(asked_of))
    assert counts[0] == counts[2], counts


def test_a_post_taken_up_after_the_word_widens_nothing(world, boss):
    export = asked(world, 900)
    decide_export(export_id=export.pk, approve=True, by=boss, at=AT)
    with pytest.raises(Refused, match="现在管不到这份导出的全部范围"):
        take_export(export_id=export.pk, rows=900, by=also_of_makou(world), at=AT)


def test_without_the_question_the_part_would_carry_the_whole(world, boss, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(rules, "covers_whole", lambda _actor, _export: True)
    export = asked(world, 900, by=also_of_makou(world))
    assert decide_export(export_id=export.pk, approve=True, by=boss, at=AT).state == "approved"


@pytest.mark.parametrize(("who", "why"), [("clerk", "没有批准导出的权限"), ("neighbour", "不在您的辖区")])
def test_who_may_not_decide(world, who, why):
    neighbour = worker("makou-lingdao", "马分管", world.elsewhere, Role.TOWNSHIP_LEADER)
    export = asked(world, 900)
    with pytest.raises(Refused, match=why):
        decide_export(export_id=export.pk, approve=True, by=neighbour if who == "neighbour" else world.clerk, at=AT)


def test_a_refusal_needs_words_and_ends_it(world, boss):
    export = asked(world, 900)
    with pytest.raises(Refused, match="写一句理由"):
        decide_export(export_id=export.pk, approve=False, by=boss, at=AT)
    decide_export(export_id=export.pk, approve=False, words="范围太大,请按月导出", by=boss, at=AT)
    with pytest.raises(Refused, match="没有获得批准"):
        take_export(export_id=export.pk, rows=900, by=world.clerk, at=AT)


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ({"purpose": "看看"}, "至少 4 个字"),
        ({"rows": 0}, "没有内容可以导出"),
        ({"who": "handler"}, "没有导出权限"),
    ],
)
def test_asking_is_refused(world, what, why):
    by = getattr(world, what.pop("who", "clerk"))
    with pytest.raises(Refused, match=why):
        ask_export(**{"kind": "needs", "purpose": "月底核对台账", "query": {}, "rows": 3, "columns": [], **what}, by=by, at=AT)
    assert not Export.objects.exists()


@pytest.mark.parametrize("text", [number(datetime.date(2016, 5, 20), 24), f" {number(datetime.date(2016, 5, 20), 24).lower()}", "13887000001", "138-8700 0001"])
def test_a_number_that_somebody_was_searched_by_is_kept_in_no_request(world, text):
    with pytest.raises(Refused, match="号码会留在申请和日志里"):
        ask_export(kind="needs", purpose="月底核对台账", query={"q": text}, rows=1, columns=[], by=world.clerk, at=AT)
    assert not Export.objects.exists()
    assert not Entry.objects.filter(act="export.ask").exists()


def test_without_the_fence_the_number_lies_in_the_journal(world, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(rules, "can_keep", lambda *_asked: ALLOWED)
    ask_export(kind="needs", purpose="月底核对台账", query={"q": "13887000001"}, rows=1, columns=[], by=world.clerk, at=AT)
    assert "13887000001" in str(Entry.objects.get(act="export.ask").detail)


@pytest.mark.parametrize("text", ["王建国", "530625-202611-0001", "530625202201001", "0870"])
def test_a_name_or_a_number_of_ours_may_be_asked_for(world, text):
    assert ask_export(kind="needs", purpose="月底核对台账", query={"q": text}, rows=1, columns=[], by=world.clerk, at=AT).query == {"q": text}


def test_a_few_rows_agreed_to_stay_a_few(world, boss):
    """One row with a phone was agreed to, and up to five hundred could be taken."""
    export = asked(world, 1, SENSITIVE)
    decide_export(export_id=export.pk, approve=True, by=boss, at=AT)
    with pytest.raises(Refused, match="多了不少"):
        take_export(export_id=export.pk, rows=2 + rules.FEW, by=world.clerk, at=AT)
    assert take_export(export_id=export.pk, rows=1 + rules.FEW, by=world.clerk, at=AT).state == "taken"


def test_an_export_lives_a_day_and_does_not_grow(world, boss):
    export = asked(world, 600)
    decide_export(export_id=export.pk, approve=True, by=boss, at=AT)
    with pytest.raises(Refused, match="多了不少"):
        take_export(export_id=export.pk, rows=700, by=world.clerk, at=AT)
    with pytest.raises(Refused, match="超过 24 小时"):
        take_export(export_id=export.pk, rows=600, by=world.clerk, at=AT + rules.LIVES)


def test_a_line_says_what_the_rows_say_and_the_phone_only_when_asked(world):
    bring(world, S.CLOSED, requester_phone="13812345678", summary="=cmd|' /C calc'!A0")
    named = dict(zip(HEADER, next(lines(Need.objects.all())), strict=True))
    assert (named["编号"], named["诉求人"], named["联系电话"]) == ("530625-202611-0001", "王大叔", "")
    assert (named["是否合理"], named["是否解决"], named["备注"]) == ("合理", "已经解决", "已销号")
    assert named["牵头单位"] == "永善县民政局"
    assert named["回访情况"] == "孙回访/2026-11-07/电话"
    assert "签收:责任人:陈民政" in named["办理过程"]
    assert dict(zip(HEADER, next(lines(Need.objects.all(), sensitive=SENSITIVE)), strict=True))["联系电话"] == "13812345678"


def test_one_line_and_many_ask_the_same_number_of_queries(world, django_assert_num_queries):
    bring(world, S.VERIFIED)
    with django_assert_num_queries(5):
        list(lines(Need.objects.all()))
    bring(world, S.CLOSED)
    bring(world, S.ASSIGNED)
    with django_assert_num_queries(5):
        list(lines(Need.objects.all()))


def test_the_file_bears_a_watermark_and_no_formula(world, client_of):
    bring(world, S.ASSIGNED, summary="=1+1")
    answer = client_of(world.clerk, "/exports/ask/", {"purpose": "月底核对台账", "key": str(uuid.uuid4())})
    export = Export.objects.get()
    assert (answer.status_code, export.state, export.rows) == (302, "approved", 1)
    answer = client_of(world.clerk, f"/exports/{export.pk}/take/", {})
    body = b"".join(answer.streaming_content)
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(body)).active.iter_rows()]
    assert "王台账(细沙乡人民政府)" in rows[0][0]
    assert "用途:月底核对台账" in rows[0][0]
    assert "数据:实时" in rows[0][0]
    assert (rows[1], len(rows)) == (HEADER, 3)
    assert rows[2][HEADER.index("诉求内容")] == "=1+1"
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(body)).read("xl/worksheets/sheet1.xml")
    assert client_of(world.clerk, f"/exports/{export.pk}/take/", {}).status_code == 403


def test_what_is_exported_is_what_is_filtered_and_seen(world, client_of):
    need = bring(world, S.ASSIGNED)
    world.need()
    world.need(village=world.xinmin, household=None, by=world.stranger)
    page = client_of(world.clerk, "/exports/?tab=accept").content.decode()
    assert "导出 1 件" in page
    assert "全部 2 件" in client_of(world.clerk, "/exports/").content.decode()
    client_of(world.clerk, "/exports/ask/", {"purpose": "核对待签收", "tab": "accept"})
    export = Export.objects.get()
    rows = sheet_of(client_of(world.clerk, f"/exports/{export.pk}/take/", {}))
    assert [row[1] for row in rows[2:]] == [need.number]
    figure = f"/exports/?figure=needs.open&area={world.xisha.code}"
    assert "导出 2 件" in client_of(world.clerk, figure).content.decode()
    assert client_of(world.clerk, f"/exports/?figure=needs.open&area={world.makou.code}").status_code == 404


def test_pages_of_asking_and_approving(world, boss, client_of):
    world.need()
    client_of(world.clerk, "/exports/ask/", {"purpose": "联系困难群众", "with_phone": "on"})
    export = Export.objects.get()
    assert (export.state, export.columns) == ("waiting", ["联系电话"])
    assert "批准" in client_of(boss, "/exports/").content.decode()
    answer = client_of(boss, f"/exports/{export.pk}/decide/", {"approve": "0"})
    assert (answer.status_code, "写一句理由" in answer.content.decode()) == (403, True)
    assert client_of(boss, f"/exports/{export.pk}/decide/", {"approve": "1"}).status_code == 302
    stranger = worker("makou-lingdao", "马分管", world.elsewhere, Role.TOWNSHIP_LEADER)
    assert client_of(stranger, f"/exports/{export.pk}/decide/", {"approve": "1"}).status_code == 404
    assert client_of(world.stranger, f"/exports/{export.pk}/take/", {}).status_code == 404


def test_a_waiting_export_stands_on_the_approvers_desk_and_on_nobody_elses(world, boss, client_of, client):
    """Whoever asked waited for a day while the approver's desk said that there was nothing to do."""
    world.need()
    client_of(world.clerk, "/exports/ask/", {"purpose": "联系困难群众", "with_phone": "on"})
    for who, told in ((boss, True), (world.clerk, False)):
        client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
        assert ("1 份导出等您批准" in client.get("/").content.decode()) is told, who.name
    decide_export(export_id=Export.objects.get().pk, approve=True, by=boss, at=timezone.now())
    client.force_login(boss, backend="django.contrib.auth.backends.ModelBackend")
    assert "份导出等您批准" not in client.get("/").content.decode()


@pytest.mark.parametrize("approve", [True, False])
def test_whoever_asked_for_an_export_is_told_on_the_desk_what_became_of_it(world, boss, client_of, client, approve):
    world.need()
    client_of(world.clerk, "/exports/ask/", {"purpose": "联系困难群众", "with_phone": "on"})
    export = Export.objects.get()

    def told(who):
        client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
        return "您申请的 1 份导出有了答复" in client.get("/").content.decode()

    assert not told(world.clerk)
    decide_export(export_id=export.pk, approve=approve, words="" if approve else "请写明给谁看", by=boss, at=timezone.now())
    assert told(world.clerk) and not told(boss)
    if approve:
        client_of(world.clerk, f"/exports/{export.pk}/take/", {})
        assert not told(world.clerk)
    else:
        Export.objects.filter(pk=export.pk).update(decided_at=timezone.now() - datetime.timedelta(days=4))
        assert not told(world.clerk)


def test_who_approves_reads_of_which_unit_and_place_an_export_is(world):
    export = SimpleNamespace(pk=1, kind="needs", query={"holder": str(world.township.pk), "area": world.datong.pk})
    assert [answer for _words, answer in queries.phrased([export])[export.pk]] == [world.township.name, world.datong.name]
    assert LEDGER.phrased([SimpleNamespace(pk=1, query={"holder": "no key"})]) == {1: []}


def test_only_the_post_that_approves_reaches_what_it_approves(world):
    """A leader of another township who also sees this one for another reason does not approve here."""
    both = worker("makou-lingdao", "马分管", world.elsewhere, Role.TOWNSHIP_LEADER)
    Post.objects.create(user=both, organisation=world.office, role=Role.LEDGER_OFFICE, from_on=both.posts.get().from_on)
    export = asked(world, 900)
    with pytest.raises(Refused, match="不在您的辖区"):
        decide_export(export_id=export.pk, approve=True, by=type(both).objects.get(pk=both.pk), at=AT)


def test_who_approves_reads_what_whose_how_many_and_why(world, boss, client_of):
    query = {"tab": "late", "area": str(world.xisha.code), "q": "530625199001011234", "urgency": "critical"}
    export = ask_export(kind="needs", purpose="月底核对台账", query=query | {"q": ""}, rows=731, columns=SENSITIVE, by=world.clerk, at=AT)
    type(export).objects.filter(pk=export.pk).update(query=query)  # asked for before numbers were refused

    page = client_of(boss, "/exports/").content.decode()

    for words in ("批准导出 731 行", world.clerk.name, world.township.name, "月底核对台账", "联系电话", world.xisha.name, "超期", "特急", "按号码"):
        assert words in page, words
    assert "530625199001011234" not in page  # by whom one was searched is not the approver's business
    assert "批准导出" not in client_of(world.clerk, "/exports/").content.decode()


def test_the_sensitive_columns_speak_the_readers_language(world, boss, client_of, client):
    asked(world, columns=SENSITIVE)
    client.cookies["django_language"] = "en"

    page = client_of(world.clerk, "/exports/").content.decode()

    assert "Telephone" in page and "<td>联系电话</td>" not in page


def test_the_longest_late_is_one_that_still_runs():
    """What was reported a day late, three years ago, and waits for a callback is not three years late: the unit waits for others."""
    done, runs = Standing("u", "530625202201", 1, 1, 0, None), Standing("u", "530625202202", 1, 2, 0, datetime.date(2026, 11, 2))
    assert _summed([("u", done), ("u", runs)]) == [{"key": "u", "n": 3, "since": datetime.date(2026, 11, 2)}]
    assert [one["since"] for one in _summed([("done", done), ("runs", runs)])] == [datetime.date(2026, 11, 2), None]
