"""A real headless Chromium, a live server, the small world with passwords."""

import os

import pytest

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's driver keeps an event loop in this thread
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
PASSWORD = "cong-zheli-jinqu"


@pytest.fixture(scope="session")
def driver():
    """What drives browsers: one process for all journeys."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driving:
        yield driving


@pytest.fixture
def house(races, live_server):
    """The small world on a live server; everybody has a password."""
    from tests.house.acts import World
    from wanjia.orgs.models import User

    world = World()
    for user in User.objects.all():
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
    world.url = live_server.url
    return world


@pytest.fixture
def chromium(driver, house):
    """A browser for one journey, gone before its house is. A single window may wait for ever for a page that is on its way; a whole browser is killed after 30 s."""
    browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield browser
    browser.close()


class Person:
    """Somebody at their own browser."""

    def __init__(self, chromium, world, username=None, width=1280):
        self.window = chromium.new_context(viewport={"width": width, "height": 860}, locale="zh-CN")
        self.page, self.url = self.window.new_page(), world.url
        self.page.set_default_timeout(60_000)  # a page asks its server anew every eight seconds: on a machine that does other work too the second time counts
        self.faults = []
        self.page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        self.page.on("console", lambda line: self.faults.append(line.text) if "Content Security Policy" in line.text else None)
        if username:
            self.go("/accounts/login/")
            self.page.fill("input[name=login]", username)
            self.page.fill("input[name=password]", PASSWORD)
            self.page.press("input[name=password]", "Enter")
            self.page.wait_for_url(f"{self.url}/")

    def go(self, path):
        """Open an address of the product."""
        self.page.goto(self.url + path)
        return self

    def fill(self, **answers):
        """Answer the fields of the form by name: text, date, choice, radio or tick."""
        for name, value in answers.items():
            self._answer(name.replace("__", "-"), value)
        return self

    def _answer(self, name, value):
        field = self.page.locator(f"[name='{name}']:visible, [name='{name}'][type=radio], [name='{name}'][type=checkbox]").first
        kind, tag = field.get_attribute("type"), field.evaluate("one => one.tagName")
        if tag == "SELECT":
            self.page.select_option(f"select[name='{name}']", value)
        elif kind in ("radio", "checkbox"):
            self.page.locator(f"[name='{name}'][value='{value}']").check(force=True)
        else:
            field.fill(value)

    def press(self, words):
        """Press the button or link that says `words`."""
        self.page.locator(f"main button:has-text('{words}'), main a.btn:has-text('{words}')").first.click()
        return self.sent()

    def sent(self):
        """Wait until a form that asked first whether anybody takes it has gone, and the page that follows stands."""
        self.page.wait_for_function("() => !document.querySelector('form[data-asking], form[data-go]')")
        self.page.wait_for_load_state()
        return self

    def sees(self, words):
        """Tell whether the page shows `words`."""
        return words in self.page.locator("body").inner_text()


@pytest.fixture
def sits(chromium, house):
    """`sits("xisha")`: that person signed in at their own browser; without a name, a villager without an account."""
    people = []

    def sit(username=None, width=1280):
        people.append(Person(chromium, house, username, width))
        return people[-1]

    yield sit
    faults = [fault for person in people for fault in person.faults]
    assert faults == [], "a page's own script failed or was stopped by the content policy"


@pytest.fixture
def planned(house):
    """Today's visit of the village worker and the child officer."""
    from django.utils import timezone

    from wanjia.kernel.calendar import today
    from wanjia.registry.visits.commands import plan_visit

    return plan_visit(household_id=house.register.home.pk, planned_on=today(timezone.now()), by=house.visitor, at=timezone.now(),
                      visitor_ids=[house.visitor.pk, house.register.yang.pk])  # fmt: skip


@pytest.fixture
def phone(sits, planned):
    """Her phone, signed in at the office, with everything for today."""
    from .phone import Phone

    held = Phone(sits("datong", width=375))
    held.ready()
    return held
