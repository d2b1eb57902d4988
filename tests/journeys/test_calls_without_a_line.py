"""A village worker's calls with the network cut: one list, an answer each, all of them arrive once when the line is back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from wanjia.kernel.calendar import today
from wanjia.labour.models import Contact, Spell, Worker
from wanjia.labour.tests.factories import wrote
from wanjia.labour.workers.commands import enrol_worker, record_spell
from wanjia.registry.models import Absence

pytestmark = [pytest.mark.journey, pytest.mark.slow]


@pytest.fixture
def roll(house):
    """The Wang couple on the roll, both not verified for long; he works in Zhejiang."""
    now, register = timezone.now(), house.register
    register.join("王工友", "其他", today(now).replace(year=1990, day=1), 41)
    for person in (register.head, register.wife, register.home.memberships.get(person__name="王工友").person):
        enrol_worker(person_id=person.pk, by=house.visitor, at=now)
    for person in (register.head, register.wife):
        record_spell(worker_id=person.pk, place="outside", area="330000", from_on=today(now) - timedelta(200), employer_name="宁波某电子厂", by=house.visitor, at=now)
    wrote(Worker.objects.all(), verified_on=today(now) - timedelta(120))
    return house


def answers(phone, name):
    return phone.page.locator("article.call", has_text=name)


def test_three_calls_without_a_line_arrive_once(roll, phone):
    phone.ready(pages=6)
    phone.cut()
    phone.at.go("/labour/calls/")
    phone.sees("没有信号。这是留在本机的一页").sees("王建国").sees("宁波某电子厂")
    answers(phone, "王建国").get_by_role("button", name="还在那里").click()
    phone.sees("记下了。没有信号,排在待发送里")
    assert phone.page.url.endswith("/labour/calls/"), "the next one is asked at once"
    answers(phone, "张桂芳").get_by_role("button", name="回来了").click()
    phone.page.wait_for_function("() => document.querySelectorAll('[data-word=queued]').length === 2")
    third = answers(phone, "王工友")
    third.locator("summary", has_text="没打通").click()
    third.get_by_role("button", name="没人接").click()
    phone.page.wait_for_function("() => document.querySelectorAll('[data-word=queued]').length === 3")
    assert not Contact.objects.exists()
    assert not [words for words in ("王建国", "张桂芳", "电子厂") if words in str(phone.lies())], "a stolen phone tells who was called"
    phone.at.go("/outbox")
    phone.sees("动态监测电话 王建国")

    phone.cut(False)
    phone.page.wait_for_function("() => document.querySelectorAll('[data-word=item-sent]').length === 3")
    phone.page.reload()
    phone.page.wait_for_timeout(1000)
    assert dict(Contact.objects.values_list("worker__person__name", "result")) == {"王建国": "there", "张桂芳": "back", "王工友": "no_answer"}
    assert Contact.objects.count() == 3
    she = Worker.objects.get(person=roll.register.wife)
    assert (she.place, Spell.objects.get(worker=she).ended_because, Absence.objects.filter(person=roll.register.wife, to_on=None).count()) == ("none", "back", 0)
    phone.at.go("/labour/calls/")
    phone.sees("没有要打的电话")


def test_what_was_ended_meanwhile_is_shown_to_her(roll, phone):
    from wanjia.labour.workers.commands import end_spell

    phone.ready(pages=6)
    phone.cut()
    phone.at.go("/labour/calls/")
    answers(phone, "王建国").get_by_role("button", name="回来了").click()
    phone.sees("记下了。没有信号,排在待发送里")
    end_spell(worker_id=roll.register.head.pk, on=today(timezone.now()), because="over", by=roll.visitor, at=timezone.now())
    phone.at.go("/outbox")
    phone.cut(False)
    phone.sees("没有办成,要您看").sees("登记里他没有在外务工")
    assert not Contact.objects.exists()
