"""The nine papers and the monthly notice: legal when they make sense, prefilled, numbered, journalled, and silent about children."""

import io
import unicodedata
from datetime import date, timedelta

import pytest
from django.utils import timezone
from pypdf import PdfReader

from wanjia.casework.states import NeedState as S
from wanjia.casework.states import PaperKind as K
from wanjia.casework.tests.factories import MONDAY, later
from wanjia.casework.tests.walk import bring
from wanjia.kernel.models import Entry
from wanjia.registry.models import Membership, Person
from wanjia.reporting.documents.drawing import pdf
from wanjia.reporting.kinds import bulletins
from wanjia.reporting.models import Paper
from wanjia.reporting.notices.commands import print_monthly
from wanjia.reporting.notices.queries import notice
from wanjia.reporting.notices.rules import can_print_monthly
from wanjia.reporting.papers.commands import print_document
from wanjia.reporting.papers.rules import can_print, papers_of
from wanjia.reporting.papers.sheets import sheet_of
from wanjia.verdict import Refused

from ..papers.kinds import PAPERS

NOW = later(days=7)


def text_of(body):
    """The words of a PDF without blanks; its full-width punctuation as keyboards give it."""
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    return unicodedata.normalize("NFKC", text.replace("\n", "").replace(" ", ""))


def printed(need, kind, by, at=NOW):
    paper = print_document(subject_id=need.pk, kind=kind, by=by, at=at)
    sheet = sheet_of(PAPERS, paper, by, at)
    context = {"sheet": sheet, "name": sheet.title, "author": by.org_name, "made": paper.printed_at}
    return paper, pdf("reporting/papers/paper.html", context, name=str(paper.pk))


WHERE = {
    K.ASSIGNMENT: (S.ASSIGNED, "clerk", ["困难诉求交办单", "永善县民政局:", "父亲残疾,想申请低保", "细沙乡人民政府", "13812345678"]),
    K.RETURN: (S.RETURNED, "clerk", ["困难诉求退回单", "按职责分工应由教育体育局办理", "第1次"]),
    K.CONFERENCE: (S.ASSIGNED, "ledger", ["困难诉求单件会商记录单", "主持人", "手填"]),
    K.REPLY: (S.DONE_REPORTED, "handler", ["困难诉求办理情况答复", "王大叔同志:", "已办理低保,下月起发放", "没有解决"]),
    K.CALLBACK: (S.VERIFIED, "caller", ["困难诉求回访记录", "已经解决", "孙回访(永善县诉求台账办公室)"]),
    K.CLOSING: (S.VERIFIED, "clerk", ["困难诉求销号审批表", "销号条件", "诉求人没有说“没有解决”", "符合"]),
}


@pytest.mark.parametrize("kind", WHERE)
def test_each_paper_says_what_the_rows_say(world, kind):
    state, who, words = WHERE[kind]
    need = bring(world, state, requester_phone="13812345678")
    paper, body = printed(need, kind, getattr(world, who))
    text = text_of(body)
    for word in [*words, need.number, paper.number]:
        assert word in text, word
    if kind != K.ASSIGNMENT:
        assert "13812345678" not in text
    assert b"/Lang (zh-CN)" in body or "zh-CN" in str(PdfReader(io.BytesIO(body)).trailer["/Root"].get("/Lang"))


@pytest.mark.parametrize(("kind", "words"), [(K.REMINDER, ["困难诉求催办通知", "已超期1个工作日"]), (K.SUPERVISION, ["关于督促办理", "已超期6个工作日"])])
def test_late_needs_get_a_reminder_then_a_letter(world, kind, words):
    need = bring(world, S.IN_PROGRESS)
    at = MONDAY.replace(hour=4) + (need.due_on - MONDAY.date()) + timedelta(days=1 if kind == K.REMINDER else 8)
    assert not can_print(world.ledger, PAPERS, need, kind, later(days=3))
    _paper, body = printed(need, kind, world.ledger, at)
    for word in words:
        assert word in text_of(body)


def test_a_unit_is_not_urged_for_what_others_must_do(world):
    need = bring(world, S.DONE_REPORTED)
    assert not can_print(world.ledger, PAPERS, need, K.REMINDER, later(days=40))


def test_a_declined_need_gets_its_refusal_in_writing(world):
    text = text_of(printed(bring(world, S.DECLINED), K.REPLY, world.clerk)[1])
    assert "不予受理" in text
    assert "已享受同类补助,不重复发放" in text
    assert "申请复核" in text


def test_no_paper_names_a_child(world):
    child = Person.objects.create(village=world.datong, name="王小花", birth_on=date(2016, 5, 1), registered_at=MONDAY)
    brother = Person.objects.create(village=world.datong, name="王小军", birth_on=date(2012, 5, 1), registered_at=MONDAY)
    Membership.objects.create(person=brother, household=world.home, relation="子")
    need = bring(world, S.VERIFIED, child=child, summary="王小花和王小军上学路远,想寄宿", requester_name="王小军")
    for kind in (K.ASSIGNMENT, K.REPLY, K.CLOSING):
        text = text_of(printed(need, kind, world.clerk)[1])
        assert "王小花" not in text
        assert "王小军" not in text
        assert "某某和某某上学路远" in text


def test_the_same_occasion_keeps_its_number_and_each_printing_is_journalled(world):
    need = bring(world, S.ASSIGNED)
    first = print_document(subject_id=need.pk, kind=K.ASSIGNMENT, by=world.clerk, at=later(days=1))
    again = print_document(subject_id=need.pk, kind=K.ASSIGNMENT, by=world.clerk, at=later(days=2))
    other = print_document(subject_id=bring(world, S.ASSIGNED).pk, kind=K.ASSIGNMENT, by=world.clerk, at=later(days=2))
    assert first == again
    assert (first.number, other.number) == ("永善诉交〔2026〕1号", "永善诉交〔2026〕2号")
    printings = Entry.objects.filter(act="paper.print", subject_id=str(first.pk))
    assert [(line.kind, line.detail["paper"]) for line in printings] == [("act", "assignment")] * 2


def test_the_same_sheet_gives_the_same_bytes(world):
    need = bring(world, S.ASSIGNED)
    assert printed(need, K.ASSIGNMENT, world.clerk)[1] == printed(need, K.ASSIGNMENT, world.clerk)[1]


@pytest.mark.parametrize(
    ("state", "kind", "who", "why"),
    [
        (S.REGISTERED, K.ASSIGNMENT, "clerk", "交办以后才有交办单"),
        (S.ASSIGNED, K.RETURN, "clerk", "没有退回过"),
        (S.CLOSED, K.EXTENSION, "handler", "申请延期以后"),
        (S.CLOSED, K.CONFERENCE, "ledger", "受理以后"),
        (S.ASSIGNED, K.REMINDER, "ledger", "没有超期"),
        (S.ASSIGNED, K.SUPERVISION, "ledger", "满 5 个工作日"),
        (S.IN_PROGRESS, K.REPLY, "handler", "报办结"),
        (S.ASSIGNED, K.CALLBACK, "caller", "还没有回访过"),
        (S.DONE_REPORTED, K.CLOSING, "clerk", "回访以后"),
        (S.ASSIGNED, K.ASSIGNMENT, "stranger", "不在您的辖区"),
        (S.ASSIGNED, K.ASSIGNMENT, "inspector", "岗位不出具"),
    ],
)
def test_a_paper_that_makes_no_sense_is_refused_and_nothing_is_numbered(world, state, kind, who, why):
    need = bring(world, state)
    with pytest.raises(Refused, match=why):
        print_document(subject_id=need.pk, kind=kind, by=getattr(world, who), at=later(days=3))
    assert not Paper.objects.exists()


def test_papers_of_lists_ten(world):
    assert len(papers_of(world.clerk, PAPERS, bring(world, S.ASSIGNED), NOW)) == 10


def test_the_monthly_notice_counts_to_its_day_and_anchors_the_journal(world):
    bring(world, S.VERIFIED)
    bring(world, S.DECLINED)
    bring(world, S.IN_PROGRESS)
    paper = print_monthly(area=world.county, month="202611", by=world.ledger, at=later(days=20))
    text = text_of(pdf("casework/papers/monthly.html", notice(paper), name="x"))
    for word in ("收到诉求3件", "不予受理1件", "合理诉求2件", "还没有解决1件", "细沙乡", "码口镇", "不排名", "永善县民政局"):
        assert word in text, word
    assert "王大叔" not in text
    line = Entry.objects.get(act="paper.print", subject_id=str(paper.pk))
    assert line.digest in text
    # what happens later changes nothing on a notice of an earlier day
    before = notice(paper)["figures"]
    world.need(at=later(days=21))
    assert notice(paper)["figures"] == before


@pytest.mark.parametrize(("month", "who", "why"), [("202612", "ledger", "本月或以前"), ("202611", "stranger", "本辖区"), ("202611", "handler", "本辖区")])
def test_a_notice_of_a_month_to_come_or_of_elsewhere_is_refused(world, month, who, why):
    with pytest.raises(Refused, match=why):
        print_monthly(area=world.county, month=month, by=getattr(world, who), at=NOW)
    assert can_print_monthly(world.ledger, bulletins()["monthly"], world.county, month, NOW.date())


@pytest.fixture
def client_of(client):
    def go(user, path, data=None):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client.get(path) if data is None else client.post(path, data)

    return go


def test_out_of_scope_is_not_found(world, client_of):
    need = bring(world, S.ASSIGNED)
    for path in (f"/documents/{need.pk}/", f"/documents/{need.pk}/assignment/", f"/documents/{need.pk}/slip/"):
        answer = client_of(world.stranger, path, {} if path.count("/") > 3 else None)
        assert answer.status_code == 404, path
    assert client_of(world.clerk, f"/documents/{need.pk}/nonsense/", {}).status_code == 404
    assert client_of(world.clerk, f"/documents/{need.pk}/monthly/", {}).status_code == 404


def test_a_paper_comes_as_pdf_and_a_refusal_as_a_sentence(world, client_of):
    need = bring(world, S.ASSIGNED)
    answer = client_of(world.clerk, f"/documents/{need.pk}/assignment/", {})
    assert (answer.status_code, answer["Content-Type"], answer.content[:4]) == (200, "application/pdf", b"%PDF")
    answer = client_of(world.clerk, f"/documents/{need.pk}/return/", {})
    assert (answer.status_code, "没有退回过" in answer.content.decode()) == (403, True)
    shown = client_of(world.clerk, f"/documents/{need.pk}/").content.decode()
    assert "交办单" in shown
    assert "没有退回过,不出退回单" in shown


def test_the_slip_bears_a_code_and_no_name(world, client_of):
    need = world.need(at=timezone.now())
    answer = client_of(world.visitor, f"/documents/{need.pk}/slip/", {"key": "0190e0e0-0000-7000-8000-000000000001"})
    text = text_of(answer.content)
    slip = need.slips.get(ended_at=None)
    assert slip.code in text
    assert need.number in text
    assert "王大叔" not in text
    again = client_of(world.visitor, f"/documents/{need.pk}/slip/", {"key": "0190e0e0-0000-7000-8000-000000000001"})
    assert again.status_code == 403
    assert "只在生成的那一刻显示一次" in again.content.decode()
    assert slip.code not in again.content.decode()
    assert need.slips.count() == 1


def test_a_notice_is_printed_from_its_form(world, client_of):
    month = timezone.now().strftime("%Y-%m")
    answer = client_of(world.ledger, "/documents/monthly/", {"area": world.county.code, "month": month})
    assert (answer.status_code, answer.content[:4]) == (200, b"%PDF")
    assert client_of(world.ledger, "/documents/monthly/", {"area": world.county.code, "month": "2026-13"}).status_code == 422
