"""From the desk to the slip in hand, at 375 px: taps and pages are counted, and the code on the screen is the family's way in."""

import re
import time

import pytest
from django.utils import timezone

from wanjia.casework.models import Need, Slip
from wanjia.kernel.calendar import today
from wanjia.registry.visits.commands import plan_visit

pytestmark = [pytest.mark.journey, pytest.mark.slow]
MOST_TAPS, MOST_LOADS, MOST_SECONDS = 8, 4, 60


class Counted:
    """A person's phone with a finger that counts its taps, and a browser that counts its pages, the desk among them."""

    def __init__(self, person):
        self.person, self.page, self.taps, self.loads = person, person.page, 0, 1
        self.page.on("framenavigated", lambda frame: self._loaded(frame))

    def _loaded(self, frame):
        self.loads += frame == self.page.main_frame

    def tap(self, what):
        """Tap one thing in the page, which must be in sight or come into sight by scrolling."""
        self.taps += 1
        self.page.locator(what).first.click()
        self.person.sent()

    def choose(self, what, value):
        """Tap a list and one of its words: two taps."""
        self.taps += 2
        self.page.select_option(what, value)


def test_from_the_desk_to_the_slip_in_hand(house, sits):
    now = timezone.now()
    visit = plan_visit(household_id=house.register.home.pk, planned_on=today(now), by=house.visitor, at=now,
                       visitor_ids=[house.visitor.pk, house.register.yang.pk])  # fmt: skip
    phone = Counted(sits("datong", width=375))
    began, form = time.monotonic(), f"main a[href*='/visits/{visit.pk}/record/']"
    if not phone.page.locator(form).count():  # a desk that names no visit says how many there are
        phone.tap("main a[href='/visits/']")
    phone.tap(form)
    assert phone.page.locator("h1").inner_text() == "王建国", "the form does not say at whose door one stands"
    phone.tap("[name='f0-words']")
    phone.page.keyboard.type("房顶漏雨,雨季没法住")
    phone.choose("[name='f0-category']", "housing")
    phone.tap("main button:has-text('走访完成')")
    need = Need.objects.get()
    assert phone.person.sees(need.number)
    assert re.search(r"\d+ 月 \d+ 日.星期..前给您答复", phone.page.locator("main").inner_text()), "the promise is not said in plain words"
    picture = phone.page.locator(".slip-paper img").bounding_box()
    assert picture["width"] >= 200, "no family scans that across a table"
    code = phone.page.locator(".slip-code").inner_text()
    phone.page.evaluate("window.print = () => { window.printed = true }")
    phone.tap("main button:has-text('打印小条')")
    seconds = time.monotonic() - began
    assert phone.page.evaluate("window.printed"), "the slip is not in hand"
    assert phone.taps <= MOST_TAPS, f"{phone.taps} taps"
    assert phone.loads <= MOST_LOADS, f"{phone.loads} pages"
    assert seconds <= MOST_SECONDS, f"{seconds:.0f} s"
    print(f"desk to slip in hand: {phone.taps} taps, {phone.loads} pages, {seconds:.1f} s")

    phone.page.emulate_media(media="print")
    shown = phone.page.locator("main").inner_text()
    assert code in shown
    assert "房顶漏雨" not in shown, "the paper says what the need is"
    assert "王建国" not in shown, "the paper bears a name"

    family = sits(width=375)
    family.go(f"/s/{code}")
    assert family.sees("前给您答复")


def test_what_was_written_wrong_is_put_right_and_the_code_stays_on_the_screen(house, sits):
    now = timezone.now()
    visit = plan_visit(household_id=house.register.home.pk, planned_on=today(now), by=house.visitor, at=now,
                       visitor_ids=[house.visitor.pk, house.register.yang.pk])  # fmt: skip
    phone = sits("datong", width=375)
    phone.go(f"/visits/{visit.pk}/record/").fill(f0__words="房顶漏鱼", f0__category="housing").press("走访完成")
    code = phone.page.locator(".slip-code").inner_text()
    phone.page.locator("summary:has-text('写错了')").click()
    phone.fill(summary="房顶漏雨").page.locator("main button:has-text('更正')").click()
    phone.page.locator(".sentence:has-text('房顶漏雨')").wait_for()
    assert phone.page.locator(".slip-code").inner_text() == code
    assert Slip.objects.filter(ended_at=None).count() == 1

    phone.page.locator("summary:has-text('再说一件')").click()
    phone.page.locator(".door-acts [name=words]").fill("井水发浑")
    phone.page.locator(".door-acts [name=category]").select_option("water_power")
    phone.press("登记这一件")
    assert phone.sees("已登记 2 件")
    assert Need.objects.count() == 2
