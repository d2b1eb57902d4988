"""A morning of twenty callbacks on a phone: one page, five taps and one load for each; then by keyboard; then without JavaScript."""

from datetime import timedelta

import pytest
from django.utils import timezone

from wanjia.casework.models import Callback, Need
from wanjia.casework.tests.factories import MONDAY
from wanjia.casework.tests.walk import bring
from wanjia.kernel.models import Entry

from .conftest import PASSWORD

pytestmark = [pytest.mark.journey, pytest.mark.slow]
SITTING = "/callbacks/sitting/"


@pytest.fixture
def waiting(house):
    """Twenty households wait, in the order in which they are called."""
    return [
        bring(house, "done_reported", requester_phone=f"138000010{n:02d}", summary=f"第{n}户的屋顶", at=MONDAY + timedelta(seconds=n)) for n in range(20)
    ]


class Counted:
    """Somebody whose taps and page loads are counted."""

    def __init__(self, person):
        self.page, self.taps, self.loads = person.page, 0, 0
        self.page.on("request", lambda request: self._load(request))

    def _load(self, request):
        self.loads += request.is_navigation_request() and request.redirected_from is None and request.method == "POST"

    def tap(self, selector):
        """Tap what the thumb finds there."""
        self.taps += 1
        self.page.locator(selector).first.click()


def test_twenty_calls_on_one_page(house, sits, waiting):
    caller = Counted(sits("huifang", width=375))
    page = caller.page
    page.goto(house.url + "/callbacks/")
    page.locator("a:has-text('一户接一户地打')").click()
    for n in range(20):
        page.get_by_text(f"第{n}户的屋顶").first.wait_for()
        assert f"今天已打 {n} / 20" in page.inner_text("main")
        assert "13800001" not in page.content(), "a number stands there before it was asked for"
        caller.tap("button:has-text('看电话')")
        page.locator(f"a[href='tel:138000010{n:02d}']").wait_for()
        # The number gets the focus a moment after it is there.
        page.wait_for_function("href => document.activeElement.getAttribute('href') === href", arg=f"tel:138000010{n:02d}")
        if n % 7 == 6:
            caller.tap("label:has-text('没有联系上')")
        else:
            caller.tap("label:has-text('已经解决')")
            caller.tap("label:has-text('基本满意')")
        caller.tap("button:has-text('保存,下一户')")
        page.get_by_text(f"已记下:{waiting[n].number}").wait_for()
        assert page.url == house.url + SITTING, "she has left the page"
    assert "现在没有要打的电话" in page.inner_text("main")
    assert (caller.taps / 20, caller.loads / 20) == (3.9, 1.0), "taps and page loads of one call"
    assert Callback.objects.count() == Entry.objects.filter(act="need.phone").count() == 20
    assert Need.objects.filter(state="verified", confirmed="solved", satisfaction="fairly").count() == 18
    assert sorted(Entry.objects.filter(act="need.phone").values_list("reason", flat=True)) == sorted(f"回访 {need.number}" for need in waiting)


def test_the_same_by_keyboard_alone_and_words_are_kept(house, sits, waiting):
    page = sits("huifang", width=1440).page
    page.goto(house.url + SITTING)
    for n in range(3):
        page.get_by_text(f"第{n}户的屋顶").first.wait_for()
        page.keyboard.press("t")
        page.keyboard.type(f"第{n}户说好了")
        page.keyboard.press("Tab")
        page.keyboard.press("p")
        page.locator(f"a[href='tel:138000010{n:02d}']").wait_for()
        assert page.input_value("[name=words]") == f"第{n}户说好了", "the number came and the words went"
        page.locator("h1").evaluate("one => document.activeElement.blur()")
        for key in "1q":
            page.keyboard.press(key)
        page.keyboard.press("Enter")
        page.get_by_text(f"已记下:{waiting[n].number}").wait_for()
    assert [one.words for one in Callback.objects.order_by("at")] == ["第0户说好了", "第1户说好了", "第2户说好了"]


def test_whoever_is_signed_out_meanwhile_loses_no_word(house, sits, waiting):
    person = sits("huifang", width=375)
    page = person.page
    page.goto(house.url + SITTING)
    page.fill("[name=words]", "他说屋顶还漏")
    person.window.clear_cookies(name="wanjia")
    page.locator("button:has-text('看电话')").click()
    page.get_by_text("没有拿到电话").wait_for()
    assert page.input_value("[name=words]") == "他说屋顶还漏"
    assert page.locator("button:has-text('看电话')").is_visible(), "the sign-in page took the place of the number"
    assert not Entry.objects.filter(act="need.phone").exists()


def test_the_same_without_javascript(chromium, house, waiting):
    window = chromium.new_context(viewport={"width": 375, "height": 812}, locale="zh-CN", java_script_enabled=False)
    page = window.new_page()
    page.goto(house.url + "/accounts/login/?next=" + SITTING)
    page.fill("input[name=login]", "huifang")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.fill("[name=words]", "只修了一半")
    page.locator("label:has-text('解决了一部分')").click()
    page.locator("button:has-text('看电话')").click()
    page.locator("a[href='tel:13800001000']").wait_for()
    assert page.input_value("[name=words]") == "只修了一半"
    page.locator("button:has-text('保存,下一户')").click()
    page.get_by_text("第1户的屋顶").first.wait_for()
    one = Callback.objects.get()
    assert (one.word, one.words, one.at <= timezone.now()) == ("partly", "只修了一半", True)
