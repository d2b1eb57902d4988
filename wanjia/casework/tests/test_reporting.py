"""A result is reported with its evidence in one act: both are kept, or neither, and once."""

from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from wanjia.doors.asking import body_of
from wanjia.kernel import journal
from wanjia.kernel.command import acts_done
from wanjia.verdict import Conflict, Refused

from ..handling import commands
from ..handling.commands import report_done
from ..models import Evidence
from ..states import NeedState as S
from .factories import later
from .walk import DONE, bring

WITHOUT = DONE | {"no_evidence_reason": ""}
KEY = UUID(int=7)


def paper(body=b"%PDF-1.4 proof"):
    return SimpleUploadedFile("验收单.pdf", body)


@pytest.fixture
def need(world):
    return bring(world, S.IN_PROGRESS)


def acts(need):
    return list(need.steps.order_by("n").values_list("act", flat=True))[-2:]


def test_file_and_report_are_one_act(world, need):
    before = acts_done()
    report_done(need_id=need.pk, **WITHOUT, file=paper(), paper="村民签字的验收单", by=world.handler, at=later(4))
    need.refresh_from_db()
    assert (need.state, acts(need), acts_done() - before) == (S.DONE_REPORTED, ["evidence", "report_done"], 1)
    one = need.evidence.get()
    assert (one.name, one.words, one.added_by) == ("验收单.pdf", "村民签字的验收单", world.handler)
    assert journal.verify()[1] is None


def test_words_alone_are_evidence_too(world, need):
    report_done(need_id=need.pk, **WITHOUT, paper="发放签字表在民政办柜子里", by=world.handler, at=later(4))
    assert need.evidence.get().words == "发放签字表在民政办柜子里"


@pytest.mark.parametrize("spoilt", [{"outcome_text": "好"}, {"outcome": "planned"}, {"answered_on": None}])
def test_a_report_that_is_refused_leaves_no_file(world, need, spoilt):
    with pytest.raises(Refused):
        report_done(need_id=need.pk, **WITHOUT | spoilt, file=paper(), by=world.handler, at=later(4))
    assert not Evidence.objects.exists()
    assert acts(need)[-1] == "start"


def test_the_same_again_is_kept_once_and_another_file_is_a_conflict(world, need):
    for _tap in range(2):
        report_done(need_id=need.pk, **WITHOUT, file=paper(), by=world.handler, at=later(4), key=KEY)
    assert need.evidence.count() == 1
    with pytest.raises(Conflict):
        report_done(need_id=need.pk, **WITHOUT, file=paper(b"%PDF-1.4 another"), by=world.handler, at=later(4), key=KEY)


def test_without_the_transaction_the_file_would_stay(world, need, monkeypatch):
    """Negative control: the row is written before the report is judged."""
    monkeypatch.setattr(commands, "_check_result", lambda *facts: None)
    report_done(need_id=need.pk, **WITHOUT | {"outcome_text": "好"}, file=paper(), by=world.handler, at=later(4))
    assert Evidence.objects.count() == 1


def test_the_page_takes_both_and_keeps_what_was_typed(as_user, world, need):
    client, where = as_user(world.handler), reverse("casework:report_done", args=[need.pk])
    said = {"outcome": "solved", "outcome_text": "好", "answered_on": "2026-11-06", "answered_way": "face", "paper": "签字的单子", "no_evidence_reason": ""}
    html = client.post(where, {**said, "file": paper(), "key": str(KEY)}).content.decode()
    assert "请写清楚办成了什么" in html
    assert "刚才选的文件要再选一次" in html
    assert "签字的单子" in html
    assert client.post(where, {**said, "outcome_text": "已修好屋顶", "file": paper(), "key": str(UUID(int=8))}).status_code == 302
    assert need.evidence.get().words == "签字的单子"


def test_no_picture_is_forced(as_user, world, need):
    html = as_user(world.handler).get(reverse("casework:report_done", args=[need.pk])).content.decode()
    field = html[html.index('name="file"') - 80 :][:200]
    assert "required" not in field
    assert "capture" not in field


def test_a_call_reports_in_json_and_sends_its_papers_by_their_own_act():
    assert not {"file", "paper"} & set(body_of(report_done.act).model_fields)
    assert "no_evidence_reason" in body_of(report_done.act).model_fields
