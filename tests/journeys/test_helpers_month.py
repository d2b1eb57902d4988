"""A helper's month on a telephone: three dots a child, two taps a contact, with a line or without one; a leader's sheet of the programme."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone

from wanjia.care.models import Concern, Helper, LineContact, Pair
from wanjia.care.tests.factories import checked, helper
from wanjia.kernel.calendar import today
from wanjia.kernel.models import Entry

from .conftest import Person
from .phone import Phone

pytestmark = [pytest.mark.journey, pytest.mark.slow]
LOOKS = os.environ.get("WANJIA_LOOKS", "")  # a folder: then each page is kept as a picture, to be looked at


@pytest.fixture
def company(house):
    """Two children with one helper, vetted, since half a year."""
    now = timezone.now()
    one = helper(house, user=house.helper, from_on=today(now) - timedelta(300))
    checked(one, on=today(now) - timedelta(100), at=now)
    brother = house.register.join("王小宝", "儿子", today(now).replace(year=2014, day=1), 31, schooling="primary")
    for child in (house.register.child, brother):
        Pair.objects.create(child=child, helper=one, from_on=today(now) - timedelta(180))
    LineContact.objects.create(child=brother, helper=one, line="teacher", way="school", reached=True, on=today(now), recorded_at=now)
    return house


def keep(at, name):
    """Keep a picture where somebody wants to look."""
    if LOOKS:
        at.page.screenshot(path=f"{LOOKS}/{name}.png", full_page=True)


def test_a_month_on_a_telephone(company, chromium):
    Person(chromium, company).page.request.get(f"{company.url}/accounts/login/", timeout=120_000)  # a server's first page takes long on a busy machine
    at = Person(chromium, company, "bangfu", width=375)
    phone, child = Phone(at), company.register.child
    at.go("/care/mine/")
    keep(at, "mine-375")
    assert child.name not in at.page.content()
    assert at.page.evaluate("document.documentElement.scrollWidth") <= 375
    first = at.page.locator("article.call").first
    first.locator("summary", has_text="家长").click()
    keep(at, "mine-open-375")
    first.get_by_role("button", name="电话").first.click()
    at.page.get_by_text("已记下。").first.wait_for()
    assert (LineContact.objects.filter(line="parent").count(), Helper.objects.get().name) == (1, "岳帮扶")

    phone.ready(pages=1)
    phone.cut()
    at.go("/care/mine/")
    phone.sees("没有信号")
    assert child.name not in str(phone.lies())
    first = at.page.locator("article.call").first
    first.locator("summary", has_text="老师").click()
    first.get_by_role("button", name="消息").locator("visible=true").click()
    phone.sees("记下了。没有信号,排在待发送里")  # the page's own first line begins like it
    at.go("/outbox")
    phone.cut(False)
    phone.page.wait_for_function("() => document.querySelectorAll('[data-word=item-sent]').length === 1")
    assert LineContact.objects.filter(line="teacher", way="message").count() == 1

    at.go(f"/care/children/{child.pk}/concern/")
    keep(at, "concern-375")
    at.go(f"/care/children/{child.pk}/")
    keep(at, "child-375")
    at.go("/care/month-card/")
    keep(at, "card-375")
    at.page.get_by_text(child.name).first.wait_for()
    assert Entry.objects.filter(act="child.named_in_care").count() == 2
    assert not Concern.objects.exists()
    assert at.faults == []


def test_a_leader_holds_one_sheet(company, chromium):
    at = Person(chromium, company, "xian-lingdao", width=1440)
    at.go("/care/programme/")
    keep(at, "programme-1440")
    row = at.page.locator("tr", has_text="上一期就有一方没联系上")
    assert row.locator("td").first.inner_text().strip() == "2"
    row.locator("a").first.click()
    at.page.wait_for_url("**/care/lines/**")
    assert at.page.locator("tbody tr").count() == 2
    keep(at, "lines-1440")
    at.go("/care/programme/")
    at.page.emulate_media(media="print")
    cut = at.page.evaluate("(() => { const f = document.querySelector('.frame'); return f.scrollHeight - f.clientHeight })()")
    assert cut <= 1, "what does not fit the sheet is cut off it: a township would be lost without a word"
    pdf = at.page.pdf(format="A4")
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") + pdf.count(b"/Type /Page/") <= 1
    small = Person(chromium, company, "datong", width=375)
    for name, path in (("programme-375", "/care/programme/"), ("lines-375", "/care/lines/"), ("concerns-375", "/care/concerns/"), ("desk-375", "/")):
        small.go(path)
        keep(small, name)
        assert small.page.evaluate("document.documentElement.scrollWidth") <= 375, path
