"""Thirty needs handed out from the desk: two taps each, counted in a browser at 1440 px; a slip of the finger is taken back until it is signed for."""

import pytest
from django.utils import timezone

from wanjia.casework.models import Need
from wanjia.casework.screening.commands import admit_need
from wanjia.casework.states import NeedState as S
from wanjia.casework.triage.commands import triage_need

pytestmark = [pytest.mark.journey, pytest.mark.slow]
MANY = 30
WATCH = "window.addEventListener('click', event => event.isTrusted && window.tapped(), true)"


@pytest.fixture
def graded(house):
    """Thirty graded needs of the Wang home on the township's desk."""
    at = timezone.now()
    needs = [house.need(at=at, summary=f"家里老人想申请低保 {n}") for n in range(MANY)]
    for need in needs:
        admit_need(need_id=need.pk, by=house.clerk, at=at)
        triage_need(need_id=need.pk, urgency="ordinary", difficulty="medium", by=house.clerk, at=at)
    return needs


def test_thirty_assignments_from_the_desk_two_taps_each(house, sits, graded):
    clerk = sits("xisha", width=1440)
    page, taps = clerk.page, []
    page.expose_function("tapped", lambda: taps.append(1))
    page.add_init_script(WATCH)
    clerk.go("/")
    for n in range(MANY):
        before = len(taps)
        page.locator("#mine a.btn:has-text('交办')").first.click()
        page.wait_for_url("**/assign/**")
        page.locator(f"button.offer:has-text('交办给{house.civil.name}')").click()
        page.wait_for_url(f"{house.url}/")
        assert len(taps) - before <= 2, f"need {n} took {len(taps) - before} taps"
    assert len(taps) == 2 * MANY
    assert Need.objects.filter(state=S.ASSIGNED, holder=house.civil).count() == MANY
    assert page.locator("#mine a.btn:has-text('交办')").count() == 0

    # A slip of the finger: taken back from the desk, then handed to another unit, found by typing.
    page.locator("#handed a:has-text('收回交办')").first.click()
    clerk.fill(reason="点错了单位").press("收回交办")
    page.wait_for_url("**/assign/")
    assert clerk.sees("点错了单位")
    page.locator("#unit-q").press_sequentially("jiaoyu" if house.education.pinyin else "教育")
    shown = page.locator("#others li:visible")
    assert shown.count() == 1 and house.education.name in shown.first.inner_text()
    shown.first.locator("button").click()
    clerk.sent()
    assert Need.objects.get(state=S.ASSIGNED, holder=house.education).returns == 0


def test_several_ticked_are_handed_out_at_once_without_a_script(house, chromium, graded):
    """The same list in a browser that runs no script: boxes, a button, one unit, each row its own verdict."""
    from .conftest import PASSWORD

    window = chromium.new_context(java_script_enabled=False, viewport={"width": 1440, "height": 900}, locale="zh-CN")
    page = window.new_page()
    page.goto(house.url + "/accounts/login/")
    page.fill("input[name=login]", "xisha")
    page.fill("input[name=password]", PASSWORD)
    page.locator("main button.btn-primary").first.click()
    page.goto(house.url + "/needs/?tab=assign")
    boxes = page.locator("input[name=rows]")
    for at in range(10):
        boxes.nth(at).check()
    page.click("button[name=act][value=assign]")
    page.select_option("select[name=holder]", str(house.civil.pk))
    page.click("form button.btn-primary")
    assert page.locator("td .text-success").count() == 10
    assert Need.objects.filter(state=S.ASSIGNED).count() == 10
