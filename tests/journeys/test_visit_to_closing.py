"""One need from the visit to a confirmed closing, through five people's hands and the household's own; each refusal is a sentence."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from wanjia.casework.closing import rules as closing
from wanjia.casework.models import Need
from wanjia.kernel import journal
from wanjia.kernel.calendar import today
from wanjia.registry.models import VisitFinding
from wanjia.registry.visits.commands import plan_visit

pytestmark = [pytest.mark.journey, pytest.mark.slow]


@pytest.fixture
def planned(house):
    """A visit planned for today by the village worker and the child officer."""
    return plan_visit(household_id=house.register.home.pk, planned_on=today(timezone.now()), by=house.visitor, at=timezone.now(),
                      visitor_ids=[house.visitor.pk, house.register.yang.pk])  # fmt: skip


def test_from_the_visit_to_the_households_own_word(house, sits, planned, monkeypatch):
    monkeypatch.setattr(closing, "is_drawn", lambda need: False)
    day = today(timezone.now()).isoformat()

    visitor = sits("datong", width=375)
    visitor.go(reverse("registry:visit_record", args=[planned.pk]))
    visitor.fill(f0__words="房顶漏雨,雨季没法住", f0__category="housing").press("走访完成")
    assert VisitFinding.objects.get().words == "房顶漏雨,雨季没法住"
    need = Need.objects.get()
    assert (need.holder, need.requester_name, need.channel) == (house.township, "王建国", "visit")

    clerk = sits("xisha")
    clerk.go(f"/needs/{need.pk}/")
    assert clerk.sees("房顶漏雨")
    clerk.go(f"/needs/{need.pk}/assign/")
    assert clerk.sees("只有已研判的诉求才能交办"), "a step was skipped without a word"
    clerk.go(f"/needs/{need.pk}/screen/").press("受理")
    clerk.go(f"/needs/{need.pk}/triage/").fill(urgency="urgent", difficulty="medium").press("保存")
    clerk.go(f"/needs/{need.pk}/assign/").press(house.civil.name)
    need.refresh_from_db()
    assert (need.state, need.holder) == ("assigned", house.civil)

    stranger = sits("makou")
    stranger.go(f"/needs/{need.pk}/")
    assert not stranger.sees("房顶漏雨")

    handler = sits("minzheng")
    assert handler.sees("房顶漏雨"), "the need is not on the handler's desk"
    handler.go(f"/needs/{need.pk}/accept/").press("签收")
    handler.go(f"/needs/{need.pk}/note/").fill(words="已到户看过,屋面破损约二十平方米").press("办理")
    handler.go(f"/needs/{need.pk}/done/").fill(
        outcome="solved", outcome_text="已更换屋面瓦二十平方米", answered_on=day, answered_way="face"
    )
    handler.press("报办结")
    assert handler.sees("请添加佐证,或写明为什么没有佐证"), "done was reported without evidence"
    handler.fill(no_evidence_reason="验收单由村里保存").press("报办结")
    need.refresh_from_db()
    assert need.state == "done_reported"
    handler.go(f"/needs/{need.pk}/callback/")
    assert handler.sees("没有这项权限")

    caller = sits("huifang")
    caller.go(f"/needs/{need.pk}/callback/").fill(said="missed", satisfaction="satisfied", words="邻居接的").press("回访")
    assert caller.sees("不能替诉求人回答"), "somebody answered for the household"
    assert caller.page.locator("[name=words]").input_value() == "邻居接的", "what was typed is lost"
    caller.fill(said="solved", satisfaction="satisfied").press("回访")
    need.refresh_from_db()
    assert (need.state, need.confirmed, need.satisfaction) == ("verified", "solved", "satisfied")

    handler.go(f"/needs/{need.pk}/close/")
    assert handler.sees("没有这项权限")
    clerk.go(f"/needs/{need.pk}/close/").press("销号")
    need.refresh_from_db()
    assert (need.state, need.closed_at is not None) == ("closed", True)
    assert [step.act for step in need.steps.all()] == [
        "record", "slip", "admit", "triage", "assign", "accept", "start", "report_done", "verify", "close",
    ]  # fmt: skip
    assert len({step.by_id for step in need.steps.all()}) == 4
    assert journal.verify()[1] is None


def test_a_villager_without_account_follows_the_slip_and_says_it_is_not_solved(house, sits):
    from wanjia.casework.tests.walk import reported_with_slip

    need, code = reported_with_slip(house)
    villager = sits(width=375)
    villager.go("/s/").fill(code=code.lower())
    villager.page.locator("main button, form button").first.click()
    villager.page.wait_for_load_state()
    assert villager.sees("永善县民政局")
    assert not villager.sees("王大叔"), "the slip shows a name"
    villager.page.locator("button:has-text('没有解决')").first.click()
    villager.page.wait_for_load_state()
    need.refresh_from_db()
    assert (need.state, need.holder, need.confirmed) == ("reopened", house.civil, "unsolved")
    assert need.due_on == date(2026, 11, 16), "the first clock was lost"

