"""Phones that are full, slow, held in two pages or left in the middle of a word: what lies there is said, and what is said is true."""

import threading

import pytest
from django.urls import reverse
from django.utils import timezone

from wanjia.casework.models import Need
from wanjia.orgs.devices.middleware import DeviceMiddleware
from wanjia.registry.households.commands import update_household
from wanjia.registry.models import Household

from .test_without_a_line import ROAD, ROOF, TAP

pytestmark = [pytest.mark.journey, pytest.mark.slow]
SLOW_WORD = """{ const soon = window.fetch; window.fetch = async (address, more) => {
  if (String(address).startsWith("/device/word")) await new Promise((resolve) => setTimeout(resolve, 1500));
  return soon(address, more); }; }"""
FULL = "() => { IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
DROPPED = """() => { HTMLFormElement.prototype.requestSubmit = async function () {
  await fetch(this.action || location.href, { method: "POST", body: new FormData(this), redirect: "manual" });
  location.assign("/no-signal"); }; }"""  # done, and the answer never came
HELD = """() => { const send = HTMLFormElement.prototype.requestSubmit;
  HTMLFormElement.prototype.requestSubmit = function (by) { window.release = () => send.call(this, by); }; }"""  # kept, and on its way for as long as it takes
SETTLED = 2000  # ms: the word was heard and what lay here was filled in


def _write(phone, words):
    phone.at.go("/record/?new=1")
    phone.page.wait_for_timeout(SETTLED)
    phone.need(words)


def _press(phone, words="登记"):
    phone.page.locator(f"main button:has-text('{words}')").first.click()


def test_a_child_in_danger_is_not_lost_without_a_line_nor_said_to_lie_here(phone):
    phone.at.go("/protection/report/")
    phone.page.wait_for_timeout(SETTLED)
    place = phone.page.locator("main datalist option").first.get_attribute("value")
    phone.page.select_option("[name=situation]", index=4)
    phone.at.fill(area=place, child_words="王小明 9岁", facts=ROOF, discovered_at="2026-11-01T10:00")
    phone.cut()
    _press(phone, "提交报告")
    phone.sees("没有留在本机")
    assert phone.page.input_value("[name=facts]") == ROOF, "the form is gone, and with it what was seen"


def test_a_full_phone_says_so_and_keeps_the_page(phone):
    _write(phone, "")
    phone.page.evaluate(FULL)
    phone.need(TAP)
    phone.sees("这台设备存不下了")
    phone.cut()
    _press(phone)
    phone.sees("没有留在本机")
    assert phone.page.input_value("[name=summary]") == TAP
    phone.cut(False)
    _press(phone)  # with a line a full phone stops nobody
    phone.sees("已登记")


def test_who_types_before_the_older_words_are_back_loses_neither(phone):
    _write(phone, TAP)
    phone.page.wait_for_timeout(900)
    phone.at.window.clear_cookies(name="wanjia")
    phone.page.evaluate("navigator.serviceWorker.controller.postMessage({ forget: true })")  # the phone was switched off
    phone.page.goto("about:blank")
    phone.at.window.add_init_script(SLOW_WORD)
    phone.at.go("/accounts/login/?next=/record/%3Fnew%3D1")
    phone.sign_in()
    phone.at.fill(requester_name="李大嫂")
    phone.sees("上次没有提交的内容已经填回来了")
    assert (phone.page.input_value("[name=requester_name]"), phone.page.input_value("[name=summary]")) == ("李大嫂", TAP)
    phone.page.wait_for_timeout(900)
    phone.at.go("/record/?new=1")
    phone.sees("上次没有提交的内容已经填回来了")
    assert (phone.page.input_value("[name=requester_name]"), phone.page.input_value("[name=summary]")) == ("李大嫂", TAP)


def test_the_last_strokes_before_a_page_is_left_are_kept(phone):
    _write(phone, TAP)
    phone.page.wait_for_timeout(900)
    phone.page.locator("[name=summary]").press_sequentially(",急")
    phone.page.evaluate("location.assign('/needs/')")
    phone.page.wait_for_url("**/needs/")
    phone.at.go("/record/?new=1")
    phone.sees("上次没有提交的内容已经填回来了")
    assert phone.page.input_value("[name=summary]") == f"{TAP},急"


def test_one_form_in_two_pages_is_two_acts_and_neither_is_lost(phone):
    _write(phone, TAP)
    phone.page.wait_for_timeout(900)
    beside = phone.at.window.new_page()
    beside.goto(phone.at.url + "/record/?new=1")
    beside.locator("body").filter(has_text="上次没有提交的内容已经填回来了").first.wait_for()
    beside.fill("[name=summary]", ROAD)
    beside.fill("[name=requester_name]", "李大嫂")
    beside.locator("main button:has-text('登记')").first.click()
    beside.locator("body").filter(has_text="已登记").first.wait_for()
    _press(phone)
    phone.sees("之前那一份已经提交成功")
    assert phone.page.input_value("[name=summary]") == TAP
    phone.page.wait_for_timeout(900)
    phone.at.go("/record/?new=1")
    phone.sees("上次没有提交的内容已经填回来了")
    assert phone.page.input_value("[name=summary]") == TAP, "what was refused under a key that is used up is gone"
    _press(phone)
    phone.sees("已登记")
    assert sorted(Need.objects.values_list("summary", flat=True)) == sorted([TAP, ROAD])


def test_the_quicker_page_does_not_clear_what_the_other_waits_for(phone):
    """Both bear one key, which is used up; whoever asks the server whether it is done must not take the other's words for those."""
    _write(phone, TAP)
    phone.page.wait_for_timeout(900)
    beside = phone.at.window.new_page()
    beside.goto(phone.at.url + "/record/?new=1")
    beside.locator("body").filter(has_text="上次没有提交的内容已经填回来了").first.wait_for()
    beside.fill("[name=summary]", ROAD)
    beside.locator("main button:has-text('登记')").first.click()
    beside.locator("body").filter(has_text="已登记").first.wait_for()
    phone.page.evaluate(HELD)
    _press(phone)
    phone.until(lambda: phone.page.evaluate("Boolean(window.release)"))
    with beside.expect_response("**/device/word*"):
        beside.reload()
    beside.wait_for_timeout(SETTLED)
    phone.page.evaluate("window.release()")
    phone.sees("之前那一份已经提交成功")
    assert phone.page.input_value("[name=summary]") == TAP


def test_what_was_done_without_an_answer_is_said_to_be_done(phone):
    _write(phone, TAP)
    phone.page.evaluate(DROPPED)
    _press(phone)
    phone.sees("已经办成,不用再做一遍")
    assert Need.objects.get().summary == TAP
    phone.at.go("/record/?new=1")
    phone.page.wait_for_timeout(SETTLED)
    assert phone.page.input_value("[name=summary]") == ""


def test_what_waits_can_be_put_right_or_taken_back_before_it_is_sent(phone):
    phone.cut()
    for words in (TAP, ROOF):
        _offline(phone, words)
    row = phone.page.locator("article").filter(has_text=TAP)
    row.locator("[data-change]").click()
    phone.sees("您写的都在")
    assert phone.page.input_value("[name=summary]") == TAP
    phone.at.fill(summary=ROAD)
    _press(phone)
    phone.sees(ROAD)
    phone.page.locator("article").filter(has_text=ROOF).locator("[data-drop]").click()
    phone.page.locator("article").filter(has_text=ROOF).wait_for(state="detached")
    phone.cut(False)
    phone.sees("已发出")
    assert [need.summary for need in Need.objects.all()] == [ROAD]


def _offline(phone, words):
    phone.at.go("/record/?new=1")
    phone.need(words)
    _press(phone)
    phone.sees(words)


def test_a_line_that_carries_nothing_is_no_line(phone, planned, monkeypatch):
    page, answered, at_once = reverse("registry:visit_record", args=[planned.pk]), threading.Event(), DeviceMiddleware.__call__
    monkeypatch.setattr(DeviceMiddleware, "__call__", lambda self, asked: (answered.wait(40) and None) or at_once(self, asked))
    try:
        phone.page.goto(phone.at.url + page, timeout=20_000)
        phone.sees("没有信号。这是留在本机的一页")
    finally:
        answered.set()


def test_files_that_did_not_come_are_asked_for_again(phone):
    phone.page.wait_for_timeout(SETTLED)
    phone.page.evaluate("async () => (await caches.open('wanjia-shell')).delete('/no-signal')")  # the line broke when they were fetched
    assert not phone.page.evaluate("async () => Boolean(await caches.match('/no-signal'))")
    phone.at.go(reverse("casework:ledger"))
    phone.until(lambda: phone.page.evaluate("async () => Boolean(await caches.match('/no-signal', { cacheName: 'wanjia-shell' }))"))


def test_pages_of_an_older_release_open_with_their_own_files(phone):
    """A new release came, and the line went before the pages of today were fetched anew: the old ones ask for the old files."""
    old = phone.page.evaluate("async () => { const cache = await caches.open('wanjia-shell');"
                              " await cache.put('/static/built/phone.000000000000.js', new Response('old'));"
                              " localStorage.setItem('wanjia-shell', 'an older release'); return (await cache.keys()).length; }")  # fmt: skip
    phone.page.evaluate("sessionStorage.removeItem('wanjia-satchel')")
    phone.page.route("**/device/satchel", lambda route: route.abort())
    phone.at.go("/")
    phone.page.wait_for_function("() => localStorage['wanjia-shell'] !== 'an older release'")
    phone.page.wait_for_timeout(SETTLED)
    lies = "async () => (await (await caches.open('wanjia-shell')).keys()).length"
    assert phone.page.evaluate(lies) == old, "the pages that lie here have lost their script"
    phone.page.unroute("**/device/satchel")
    phone.at.go("/")
    phone.until(lambda: phone.page.evaluate(lies) == old - 1)


def test_her_words_come_back_into_a_row_that_a_colleague_changed_meanwhile(phone):
    home = Household.objects.filter(village__name="大同村").first()
    phone.at.go(f"/households/{home.pk}/edit/")
    phone.page.wait_for_timeout(SETTLED)
    phone.at.fill(group_name="五组", note=TAP)
    phone.page.wait_for_timeout(900)
    phone.at.go("/accounts/logout/")
    phone.sees("还有写了一半、没有提交的")
    update_household(household_id=home.pk, version=home.version, grid_worker="刘网格", by=home.verified_by, at=timezone.now())
    phone.at.go(f"/households/{home.pk}/edit/")
    phone.sees("这一条在您写的时候被别人改过")
    filled = [phone.page.input_value(f"[name={name}]") for name in ("group_name", "note", "grid_worker")]
    assert filled == ["五组", TAP, "刘网格"], "hers are back, and the colleague's is not written over"
