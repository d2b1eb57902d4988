"""A hundred waiting needs (twenty in `make test`) decided in one session by one person, by keyboard alone: seconds and keys per item are printed."""

import os
import time

import pytest
from django.utils import timezone

from wanjia.casework.models import Need, SessionItem
from wanjia.casework.screening.commands import admit_need
from wanjia.casework.sessions.commands import call_session
from wanjia.casework.states import NeedState as S
from wanjia.kernel.calendar import today
from wanjia.orgs.checking.queries import differences

pytestmark = [pytest.mark.journey, pytest.mark.slow]
MANY = 100 if os.environ.get("WANJIA_WHOLE_PROOF") else 20
MOST_SECONDS = 6 * MANY  # ten minutes for a hundred: the figure of the house's own plan
MEASURE = "核对收入后纳入低保"
FOCUSED = "() => document.activeElement.name || document.activeElement.tagName"


class Keyboard:
    """A person without a mouse, whose keys are counted; a word typed through an input method counts its signs."""

    def __init__(self, page):
        self.page, self.keys = page, 0

    def press(self, *keys):
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1

    def type(self, words):
        """Write words into the field that has the focus."""
        self.page.keyboard.insert_text(words)
        self.keys += len(words)


@pytest.fixture
def waiting(house):
    """Admitted needs of 大同村."""
    at = timezone.now()
    for n in range(MANY):
        admit_need(need_id=house.need(at=at, summary=f"家里老人想申请低保 {n}").pk, by=house.clerk, at=at)
    return call_session(
        on=today(at), place="三楼会议室", chair="高领导", kinds=["returned", "ungraded", "hard"], units=[house.civil, house.education], by=house.clerk, at=at,
    )  # fmt: skip


def test_a_hundred_items_by_one_person_by_keyboard(house, sits, waiting):
    clerk = sits("xisha", width=1440)
    page, board = clerk.page, Keyboard(clerk.page)
    clerk.go(f"/sessions/{waiting.pk}/")
    began = time.monotonic()
    board.press("Enter")
    page.wait_for_url("**/decide/")
    for _item in range(MANY):
        here = page.url
        board.press("3", "w", "a")
        assert page.locator("input[name=holder]:checked").count() == 1, "no unit has the key"
        board.press("m")
        assert page.evaluate(FOCUSED) == "measure"
        board.type(MEASURE)
        board.press("Enter")
        page.wait_for_url(lambda url, here=here: url != here)
        page.wait_for_load_state("domcontentloaded")
    took = time.monotonic() - began
    print(f"\n{MANY} items in one sitting: {took:.0f} s, {took / MANY:.1f} s and {board.keys / MANY:.1f} keys an item ({len(MEASURE)} of them the measure's words)")
    assert took < MOST_SECONDS
    assert page.url.endswith(f"/sessions/{waiting.pk}/")
    assert Need.objects.filter(state=S.ASSIGNED, holder__isnull=False, due_on__isnull=False, steps__act="decide").count() == MANY
    assert not SessionItem.objects.filter(state="open").exists()
    assert [fault for fault in differences() if fault.kind in ("need", "session")] == []


def test_a_dissent_an_item_put_off_and_who_came(house, sits, waiting):
    """The rest of a session: a dissent on the item in front, by keyboard too, one put off, who came."""
    clerk = sits("xisha", width=1440)
    page, board = clerk.page, Keyboard(clerk.page)
    clerk.go(f"/sessions/{waiting.pk}/sit/")
    first = page.url
    board.press("3", "w", "a", "d")
    board.type("没有这笔经费")
    board.press("Tab", "ArrowDown")
    page.evaluate("document.activeElement.blur()")
    board.press("m")
    board.type(MEASURE)
    board.press("Enter")
    page.wait_for_url(lambda url: url != first)
    first = waiting.items.get(n=1)
    assert first.state == "decided", page.locator("main").inner_text()[:400]
    assert first.dissents.get().words == "没有这笔经费"
    here = page.url
    board.press("p")
    page.wait_for_url("**/put-off/")
    clerk.fill(reason="要等住建局鉴定").press("改到下次")
    page.wait_for_url(lambda url: "decide" in url and url != here)
    assert waiting.items.get(n=2).state == "put_off"
    clerk.go(f"/sessions/{waiting.pk}/attend/")
    assert clerk.sees("来了的写上人名")
    clerk.page.fill(f"input[name=seat-{house.civil.pk}]", "陈民政")
    clerk.press("登记参会")
    assert clerk.sees("没有来")
    assert clerk.sees("陈民政")
