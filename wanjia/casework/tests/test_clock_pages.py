"""What people read of the two clocks: the need's page, the lists, the household's slip, the paper of an extension."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from wanjia.reporting.papers.commands import print_document
from wanjia.reporting.papers.sheets import sheet_of

from ..clock import commands as clock
from ..papers.kinds import PAPERS
from ..slip.commands import issue_slip
from ..states import PaperKind
from . import clock_acts as acts
from .factories import later
from .walk import bring


@pytest.fixture
def open_(monkeypatch):
    """Return (address, user) → what its page says on Friday the 6th of November."""
    monkeypatch.setattr(timezone, "now", lambda: later(4, hours=2))

    def look(address, user=None):
        client = Client()
        if user:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        answer = client.get(address)
        assert answer.status_code == 200
        return answer.content.decode()

    return look


def test_a_stopped_clock_is_shown_as_stopped_wherever_the_need_is(world, open_):
    need = bring(world, "accepted")
    code = issue_slip(need_id=need.pk, by=world.visitor, at=later(1, hours=1)).code
    acts.stopped(world, {"need_id": need.pk})
    since = "2026 年 11 月 4 日起挂起,因为等待诉求人材料(残疾证原件、户口本复印件);已停 2 个工作日"
    assert since in open_(reverse("casework:need", args=[need.pk]), world.handler)
    waits = "从 2026 年 11 月 4 日起先等一等:等待诉求人材料(残疾证原件、户口本复印件)。等的日子不算在期限里"
    assert waits in open_(reverse("casework:slip_page", args=[code]))
    for address in (reverse("casework:ledger"), reverse("desk")):
        assert '<span class="tag tone-blue">挂起中</span>' in open_(address, world.handler)


def test_the_slip_says_what_was_promised_first_and_why_it_is_later(world, open_):
    need = bring(world, "accepted")
    code = issue_slip(need_id=need.pk, by=world.visitor, at=later(1, hours=1)).code
    acts.granted(world, {"need_id": need.pk})
    said = open_(reverse("casework:slip_page", args=[code]))
    assert "11 月 23 日(星期一)前办好并给您回话" in said
    assert "原定 2026 年 11 月 16 日(星期一),因等上级补助资金到位" in said
    acts.told(world, {"need_id": need.pk})
    clock.stop_clock(
        need_id=need.pk, **acts.PAPERS, by=acts.fresh(world.handler), at=later(4),
    )  # fmt: skip
    assert "原定 2026 年 11 月 16 日(星期一),因等上级补助资金到位" in open_(reverse("casework:slip_page", args=[code])), "a stop hides no extension"


def test_whoever_decides_finds_it_on_the_desk_and_reads_what_is_asked(world, open_):
    need = bring(world, "accepted")
    acts.asked(world, {"need_id": need.pk})
    door = reverse("casework:decide_clock", args=[need.pk])
    assert door in open_(reverse("desk"), world.ledger)
    assert door not in open_(reverse("desk"), world.clerk)
    page = open_(door, world.ledger)
    assert "等上级补助资金到位" in page
    assert "2026-11-23" in page


def test_a_plan_is_on_its_list_its_page_and_the_slip_with_its_steps(world, open_):
    what = acts.with_step(world)
    said = open_(reverse("casework:planned"), world.handler)
    assert acts.STEP["words"] in said
    assert "2026-12-31" in said
    assert acts.STEP["words"] in open_(reverse("casework:need", args=[what["need_id"]]), world.handler)


@pytest.mark.parametrize(("done", "words"), [
    (acts.asked, ["等上级补助资金到位", "2026年11月23日", "陈民政"]), (acts.granted, ["同意延期", "吴台账"]), (acts.refused, ["不同意延期:人手够,按期办"]),
    (lambda w, what: (acts.granted(w, what), acts.told(w, what)), ["同意延期", "2026年11月4日 当面"]),
])  # fmt: skip
def test_the_paper_of_an_extension_is_written_from_what_was_asked_and_decided(world, done, words):
    need = bring(world, "accepted")
    done(world, {"need_id": need.pk})
    with translation.override("zh-hans"):
        paper = print_document(subject_id=need.pk, kind=PaperKind.EXTENSION, by=world.handler, at=later(5))
        sheet = sheet_of(PAPERS, paper, world.handler, later(5))
    said = str(sheet.rows) + str(sheet.seals)
    for one in (*words, "2026年11月16日"):
        assert one in said, (one, said)
