"""All by keyboard once: sign in, the first row of the desk, its act, and back; the drawer and menus left by Escape. Every stop is seen."""

import pytest

from wanjia.casework.states import NeedState as S
from wanjia.casework.tests.walk import bring

from .conftest import PASSWORD

pytestmark = [pytest.mark.journey, pytest.mark.slow]
MOST_STOPS = 120
# Whether where one stands is seen: a ring around it, or around the words beside a hidden box.
RING = """() => { const one = document.activeElement;
  const ringed = seen => seen && getComputedStyle(seen).outlineStyle !== "none" && parseFloat(getComputedStyle(seen).outlineWidth) >= 2;
  return ringed(one) || (one.matches(".choice input") && ringed(one.nextElementSibling)); }"""
WHERE = "() => `${document.activeElement.tagName} ${document.activeElement.className} ${document.activeElement.textContent.trim().slice(0, 30)}`"


class Keys:
    """A person without a mouse."""

    def __init__(self, page):
        self.page, self.unseen = page, []

    def tab_to(self, what):
        """Press Tab until the focus stands on `what`; note every stop that shows no ring. Returns the number of presses."""
        for n in range(1, MOST_STOPS):
            self.page.keyboard.press("Tab")
            if not self.page.evaluate(RING):
                self.unseen.append(self.page.evaluate(WHERE))
            if self.page.evaluate("what => document.activeElement.matches(what)", what):
                return n
        raise AssertionError(f"{what} is not reached by the Tab key from {self.page.url}")

    def press(self, key):
        """Press a key and wait for what comes of it."""
        self.page.keyboard.press(key)
        self.page.wait_for_timeout(50)
        self.page.wait_for_load_state()


def test_all_by_keyboard_once(house, sits):
    need = bring(house, S.ASSIGNED)
    keys = Keys(sits(width=1440).go("/accounts/login/").page)
    page = keys.page
    page.keyboard.type("minzheng")
    keys.tab_to("[name=password]")
    page.keyboard.type(PASSWORD)
    keys.press("Enter")
    page.wait_for_url(f"{house.url}/")

    assert keys.tab_to(".skip") == 1, "the way past the menu is not the first stop"
    assert page.locator(".skip").bounding_box()["y"] >= 0, "the way past the menu is not seen"
    keys.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    keys.tab_to("#mine tbody tr:first-child .act a")
    keys.press("Enter")
    page.wait_for_url(f"**/needs/{need.pk}/accept/**")
    keys.tab_to("main form button.btn-primary")
    keys.press("Enter")
    page.wait_for_url(f"{house.url}/")
    need.refresh_from_db()
    assert need.state == S.ACCEPTED
    assert page.locator("main [role=status], main .notice").first.is_visible(), "what came of it is not said"

    page.goto(house.url + "/needs/")
    keys.tab_to("[hx-target='#drawer']")
    keys.press("Enter")
    page.locator("#drawer header").wait_for()
    page.wait_for_function("() => document.activeElement.closest('#drawer')")
    keys.press("Escape")
    assert page.locator("#drawer > *").count() == 0
    assert page.evaluate("document.activeElement.matches(\"[hx-target='#drawer']\")"), "the focus is lost when the drawer is left"
    page.goto(house.url + "/needs/")
    keys.tab_to(".topbar > details.menu > summary")
    keys.press("Enter")
    keys.tab_to(".topbar > details.menu[open] a")
    keys.press("Escape")
    assert page.locator("details.menu[open]").count() == 0
    assert page.evaluate("document.activeElement.matches('.topbar > details.menu > summary')")
    assert keys.unseen == [], "stops that are not seen"


def test_choices_tabs_and_folds_show_the_focus(house, sits):
    graded, waiting = bring(house, S.TRIAGED), bring(house, S.ADMITTED)
    keys = Keys(sits("xisha", width=1440).page)
    for path, what in ((f"/needs/{waiting.pk}/triage/", ".choice input"), ("/needs/", ".tabs a"), (f"/needs/{graded.pk}/assign/", "main summary")):
        keys.page.goto(house.url + path)
        keys.tab_to(what)
    assert keys.unseen == [], "stops that are not seen"
    keys.page.evaluate("document.querySelector('main summary').style.outline = '0'")
    assert not keys.page.evaluate(RING), "the control: without its ring the stop is noted"
