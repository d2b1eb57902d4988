"""A visit with the network cut, the session run out and the device revoked in the middle: nothing lost, nothing twice, nobody else's."""

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from wanjia.casework.models import Need
from wanjia.kernel.calendar import today
from wanjia.orgs.models import User
from wanjia.registry.models import Visit, VisitFinding
from wanjia.registry.visits.commands import record_visit

pytestmark = [pytest.mark.journey, pytest.mark.slow]
ROOF, TAP, ROAD = "房顶漏雨,雨季没法住", "水管冻裂,盼着修好", "路断了,孩子上学绕远"


def test_a_visit_and_two_needs_without_a_line_arrive_once_in_order(phone, planned, house):
    phone.cut()
    phone.at.go(reverse("registry:household", args=[house.register.home.pk]))
    phone.sees("没有信号。这是留在本机的一页").sees("王建国")
    phone.at.go("/search?q=王")
    phone.sees("不等于没有这户人家").sees("没有信号也能打开的")

    phone.at.go(reverse("registry:visit_record", args=[planned.pk]))
    phone.page.evaluate("document.querySelectorAll('main details').forEach(fold => { fold.open = true })")
    phone.at.fill(f0__words=ROOF, f0__category="housing")
    phone.page.locator("main button:has-text('完成')").first.click()
    phone.sees("待发送").sees("记录走访:").sees("等信号")
    for words, category in ((TAP, "water_power"), (ROAD, "aid")):
        phone.at.go("/record/?new=1")
        phone.need(words, category)
        phone.page.locator("main button:has-text('登记')").first.click()
        phone.sees("登记诉求:不在户册里的人家").sees(words)
    assert (VisitFinding.objects.count(), Need.objects.count()) == (0, 0)
    assert not [words for words in (ROOF, TAP, ROAD, "王建国") if words in str(phone.lies())], "a stolen phone tells what was written"

    phone.cut(False)
    phone.sees("已发出")
    phone.page.wait_for_function("() => document.querySelectorAll('[data-word=item-sent]').length === 3")
    phone.page.reload()
    assert VisitFinding.objects.get().words == ROOF and Visit.objects.get(pk=planned.pk).state == "done"
    assert [need.summary for need in Need.objects.exclude(summary=ROOF).order_by("touched_at")] == [TAP, ROAD]


def test_the_session_runs_out_while_she_types_and_her_words_wait_for_her_alone(phone):
    phone.at.go("/record/?new=1")
    phone.need(TAP)
    phone.typed(TAP)
    phone.at.window.clear_cookies(name="wanjia")
    phone.page.locator("main button:has-text('登记')").first.click()
    phone.sees("登录已过期,内容留在本机")
    assert phone.page.input_value("[name=summary]") == TAP

    phone.page.locator("[data-back]").click()
    phone.sign_in("xisha")  # a colleague takes the phone first
    phone.page.wait_for_timeout(1500)
    assert phone.page.input_value("[name=summary]") == "", "somebody sees what another typed"

    phone.at.window.clear_cookies(name="wanjia")
    phone.at.go("/record/?new=1")
    phone.sign_in()
    phone.sees("上次没有提交的内容已经填回来了")
    assert phone.page.input_value("[name=summary]") == TAP
    phone.page.locator("main button:has-text('登记')").first.click()
    phone.sees("已登记")
    assert Need.objects.get(summary=TAP).recorded_by.username == "datong"
    phone.at.go("/record/?new=1")
    phone.page.wait_for_timeout(1500)
    assert phone.page.input_value("[name=summary]") == "", "what is done is offered again"


def test_a_password_that_is_shown_is_kept_no_more_than_a_hidden_one(phone):
    phone.at.go("/accounts/password/")
    for eye in phone.page.locator("main [data-shows]").all():
        eye.click()
    field = phone.page.locator("main [name=new]")
    assert field.get_attribute("type") == "text"
    field.fill("liang-ge-bi-yi-ge-hao")
    phone.page.wait_for_timeout(900)  # more than twice the time after which a draft is kept
    assert phone.lies()["drafts"] == []

    phone.page.evaluate("document.querySelectorAll('main [data-secret]').forEach(one => one.removeAttribute('data-secret'))")
    field.fill("liang-ge-bi-yi-ge-hao!")
    phone.typed("liang-ge-bi-yi-ge-hao!")  # the control: unmarked, it would have been


def test_the_session_runs_out_without_a_line(phone):
    phone.cut()
    phone.at.go("/record/?new=1")
    phone.need(TAP)
    phone.page.locator("main button:has-text('登记')").first.click()
    phone.sees("等信号")
    phone.at.window.clear_cookies(name="wanjia")
    phone.cut(False)
    phone.page.wait_for_timeout(1500)
    assert not Need.objects.exists()

    phone.at.go("/needs/")
    phone.sign_in()
    phone.at.go("/outbox")
    phone.sees("已发出")
    assert Need.objects.get().summary == TAP


def test_what_the_server_refuses_is_shown_to_her_with_her_words(phone, planned):
    phone.cut()
    phone.at.go(reverse("registry:visit_record", args=[planned.pk]))
    phone.page.evaluate("document.querySelectorAll('main details').forEach(fold => { fold.open = true })")
    phone.at.fill(f0__words=ROOF, f0__category="housing")
    phone.page.locator("main button:has-text('完成')").first.click()
    phone.sees("等信号")
    record_visit(visit_id=planned.pk, done_on=today(timezone.now()), method="home", visitor_ids=[planned.planned_by_id], by=planned.planned_by,
                 at=timezone.now())  # fmt: skip  # her colleague was quicker

    phone.cut(False)
    phone.sees("没有办成,要您看").sees(ROOF).sees("这次走访已经记录或取消了")
    phone.at.go("/needs/")
    phone.sees("1 件待发送").sees("要您看")
    phone.at.go("/outbox")
    phone.page.locator("[data-drop]").click()
    phone.sees("没有等着发送的")
    assert not VisitFinding.objects.exists()


def test_a_need_that_may_stand_already_is_asked_about_and_not_decided(phone):
    phone.cut()
    for words in (TAP, ROAD):
        phone.at.go("/record/?new=1")
        phone.need(words)
        phone.page.locator("main button:has-text('登记')").first.click()
        phone.sees(words)
    phone.cut(False)
    phone.sees("已有同类诉求")
    assert [need.summary for need in Need.objects.all()] == [TAP]
    phone.page.locator("[data-change]").click()
    phone.sees("这是没有办成的那一件")
    assert phone.page.input_value("[name=summary]") == ROAD


def test_a_revoked_device_forgets_at_its_next_word(phone):
    phone.cut()
    phone.at.go("/record/?new=1")
    phone.need(TAP)
    phone.page.locator("main button:has-text('登记')").first.click()
    phone.sees("等信号")
    phone.at.go("/record/?new=1")
    phone.at.fill(summary=ROAD)
    phone.typed(ROAD)
    User.objects.filter(username="datong").update(session_epoch=F("session_epoch") + 1)  # 结束其他登录, at her desk

    phone.cut(False)
    phone.sees("留在本机没有提交的内容已清除")
    lies = phone.lies()
    assert (lies["drafts"], lies["outbox"], lies["pages"]) == ([], [], [])
    assert phone.page.input_value("[name=summary]") == "" and not Need.objects.exists()


def test_a_device_that_was_revoked_beside_an_open_page_takes_nothing_more(phone):
    phone.at.go("/record/?new=1")
    phone.need(TAP)
    phone.typed(TAP)
    User.objects.filter(username="datong").update(session_epoch=F("session_epoch") + 1)
    phone.page.locator("main button:has-text('登记')").first.click()
    phone.sees("留在本机没有提交的内容已清除")
    assert phone.page.input_value("[name=summary]") == "" and phone.lies()["drafts"] == [] and not Need.objects.exists()


def test_signing_out_asks_about_what_waits_and_leaves_nothing(phone):
    phone.cut()
    phone.at.go("/record/?new=1")
    phone.need(TAP)
    phone.page.locator("main button:has-text('登记')").first.click()
    phone.sees("等信号")
    phone.at.go("/accounts/logout/")  # without a line nobody signs out
    phone.sees("没有信号")
    Need.objects.all().delete()
    phone.page.route("**/record/?new=1", lambda route: route.abort())  # a line that does not carry
    phone.cut(False)
    phone.at.go("/accounts/logout/")
    phone.sees("还有没发出去的内容")
    phone.page.locator("main button:has-text('退出登录')").click()
    phone.page.wait_for_url("**/accounts/login/**")
    phone.page.wait_for_timeout(800)
    lies = phone.lies()
    assert (lies["drafts"], lies["outbox"], lies["pages"]) == ([], [], [])


def test_after_the_browser_was_closed_nothing_opens_without_the_server(phone, planned):
    """The key is in no file: where the worker has no memory and the page is gone, sealed records are left."""
    phone.at.go("/record/?new=1")
    phone.at.fill(summary=TAP)
    phone.typed(TAP)
    key = phone.page.evaluate("async () => (await (await fetch('/device/word')).json()).key")
    assert key not in str(phone.lies())
    phone.page.wait_for_timeout(1000)
    phone.page.evaluate("navigator.serviceWorker.controller.postMessage({ forget: true })")
    phone.page.goto("about:blank")
    phone.cut()
    phone.at.go(reverse("registry:visit_record", args=[planned.pk]))
    phone.sees("留在本机的内容锁着")
