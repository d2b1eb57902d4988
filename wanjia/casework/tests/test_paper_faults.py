"""What papers got wrong in use: the printer's unit under another's calls, broken dates, empty boxes for rare characters."""

import io
import re

import pytest
from pypdf import PdfReader

from wanjia.casework.models import Need
from wanjia.casework.states import NeedState as S
from wanjia.casework.states import PaperKind as K
from wanjia.casework.tests.factories import later
from wanjia.casework.tests.walk import bring
from wanjia.orgs.models import User
from wanjia.policy import glyphs
from wanjia.reporting.documents.drawing import pdf
from wanjia.reporting.notices.commands import print_monthly
from wanjia.reporting.notices.queries import notice, places_hard_to_print
from wanjia.reporting.papers.commands import print_document
from wanjia.reporting.papers.sheets import sheet_of

from ..papers.kinds import PAPERS
from .test_documents import text_of

LATER = later(days=30)


def test_the_callback_record_bears_the_unit_that_called_on_its_day(world):
    need = bring(world, S.VERIFIED)
    call = need.callbacks.exclude(by_org=None).last()
    paper = print_document(subject_id=need.pk, kind=K.CALLBACK, by=world.clerk, at=LATER)
    ((_words, unit, day),) = sheet_of(PAPERS, paper, world.clerk, LATER).seals
    assert world.clerk.org_name != call.by_org.name, "somebody else prints it"
    assert unit == call.by_org.name
    assert f"{call.at.day}日" in day
    assert f"{LATER.day}日" not in day


def test_a_monthly_notice_breaks_no_date_and_no_number(world):
    """Every date and number of the list stands on one line, however long the names beside it are."""
    world.civil.name = "永善县民政局社会救助和社会事务与养老服务综合管理股"
    world.civil.save(update_fields=["name"])
    needs = [bring(world, S.IN_PROGRESS, summary=f"第{n}件") for n in range(12)]
    paper = print_monthly(area=world.county, month="202611", by=world.ledger, at=later(days=20))
    lines = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf("casework/papers/monthly.html", notice(paper), name="x"))).pages)
    for need in needs:
        assert need.number in lines
    assert lines.count(needs[0].due_on.isoformat()) >= len({need.pk for need in needs if need.due_on == needs[0].due_on})


@pytest.mark.parametrize("name", ["陶\U00024cf5", "ꆈꌠꉙ", "龚\U0002ebf0", "陶\U0002c58b花"])
def test_what_no_font_bears_leaves_room_for_the_pen(world, monkeypatch, name):
    bears = glyphs.borne() - set(map(ord, name)) | {ord("陶"), ord("龚"), ord("花")}
    monkeypatch.setattr(glyphs, "borne", lambda: bears)
    need = bring(world, S.DONE_REPORTED, requester_name=name)
    paper = print_document(subject_id=need.pk, kind=K.REPLY, by=world.handler, at=later(days=9))
    sheet = sheet_of(PAPERS, paper, world.handler, later(days=9))
    text = text_of(pdf("reporting/papers/paper.html", {"sheet": sheet, "name": "x", "author": "", "made": paper.printed_at}, name="x"))
    lacking = [char for char in name if ord(char) not in bears]
    assert f"U+{ord(lacking[0]):04X}" in text
    assert "请用笔补写" in text
    assert not any(char in text for char in lacking)


RARE = "\U00024cf5"  # borne by no font of the office below


@pytest.fixture
def few_fonts(monkeypatch):
    monkeypatch.setattr(glyphs, "borne", lambda: frozenset(range(0x20, 0xA000)) | frozenset(range(0xF900, 0x10000)))


def _renamed(row):
    type(row).objects.filter(pk=row.pk).update(name=f"大{RARE}村")


@pytest.mark.parametrize(("field", "spoil"), [
    ("村(社区)", lambda world, need: _renamed(need.village)),
    ("主办单位", lambda world, need: _renamed(need.holder)),
    ("责任人", lambda world, need: User.objects.filter(pk=need.handler_id).update(name=f"陈{RARE}")),
    ("诉求内容", lambda world, need: Need.objects.filter(pk=need.pk).update(summary=f"{RARE}家屋漏")),
])  # fmt: skip
def test_the_page_names_the_field_that_cannot_be_printed(world, client, few_fonts, field, spoil):
    need = bring(world, S.IN_PROGRESS)
    client.force_login(world.handler)
    assert "有字打印不出来" not in client.get(f"/documents/{need.pk}/").content.decode()
    spoil(world, need)
    page = client.get(f"/documents/{need.pk}/").content.decode()
    warning = page[page.index("有字打印不出来") :][:1500]
    assert field.replace("(", "\uff08").replace(")", "\uff09") in warning or field in warning
    assert f"U+{ord(RARE):04X}" in warning


@pytest.mark.parametrize("spoil", [lambda world: _renamed(world.xinmin), lambda world: _renamed(world.civil)], ids=["place", "unit"])
def test_the_notice_names_the_places_and_units_that_cannot_be_printed(world, few_fonts, spoil):
    assert places_hard_to_print(world.county) == []
    spoil(world)
    assert places_hard_to_print(world.county) == [(f"大{RARE}村", [RARE])]
    assert places_hard_to_print(world.xisha) == []  # a neighbour's names stand not on one's own notice


@pytest.mark.parametrize("month", ["", "202913"])
def test_the_notices_page_says_so_also_where_the_month_is_wrong(world, client, few_fonts, month):
    """Whoever mends the month prints next: the sentence stands before that, too."""
    client.force_login(world.ledger)
    _renamed(world.xinmin)
    asked = client.get("/documents/")
    again = client.post("/documents/monthly/", {"area": world.county.code, "month": month})
    for answer, status in ((asked, 200), (again, 422)):
        assert (answer.status_code, f"U+{ord(RARE):04X}" in answer.content.decode()) == (status, True)


def test_with_the_fonts_there_is_nothing_to_add(world, monkeypatch):
    """The control: a name that the fonts bear is printed and no note stands at the foot."""
    need = bring(world, S.DONE_REPORTED)
    paper = print_document(subject_id=need.pk, kind=K.REPLY, by=world.handler, at=later(days=9))
    sheet = sheet_of(PAPERS, paper, world.handler, later(days=9))
    text = text_of(pdf("reporting/papers/paper.html", {"sheet": sheet, "name": "x", "author": "", "made": paper.printed_at}, name="x"))
    assert "王大叔" in text
    assert "补写" not in text


def test_a_need_with_its_unit_that_waits_to_be_signed_for_is_no_fault_in_red(world, client):
    for _ in range(3):
        bring(world, S.ASSIGNED)
    client.force_login(world.ledger)
    page = client.get("/dashboard/").content.decode()
    assert "还没落实到人" in page
    assert "没有责任人" not in page
    assert "needs.unowned" in page
    assert not re.search(r'class="figure bad" href="[^"]*needs\.unowned', page)
