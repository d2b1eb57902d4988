"""An evening of a patrol: planned on a desk for two forces, walked with a telephone that loses its line at the river; what was not heeded lies on the notice's receipt, the evening nobody walked is told until somebody writes why."""

import os
from datetime import time, timedelta

import pytest
from django.utils import timezone

from wanjia.kernel.calendar import today
from wanjia.schools.models import NoticeReceipt, Patrol, PatrolFinding, RoadOperation
from wanjia.schools.road_states import PatrolState
from wanjia.schools.tests.inspection_factories import officer, police
from wanjia.schools.tests.notice_factories import ktv, notice, receipt

from .conftest import PASSWORD
from .phone import Phone

pytestmark = [pytest.mark.journey, pytest.mark.slow]
LOOKS = os.environ.get("WANJIA_LOOKS", "")


def keep(at, name):
    """Keep a picture where somebody wants to look."""
    if LOOKS:
        at.page.screenshot(path=f"{LOOKS}/{name}.png", full_page=True)


def send(phone, words):
    """Send a form that lies on the telephone: it waits there."""
    phone.page.locator("main form button", has_text=words).evaluate("one => one.click()")
    phone.page.wait_for_url("**/outbox")


@pytest.fixture
def served(house):
    """The notice over KTVs holds these days, one is served."""
    day = today(timezone.now())
    notice(house, from_on=day, until_on=day + timedelta(days=4))
    place = receipt(house, served=True)
    NoticeReceipt.objects.filter(pk=place.pk).update(served_on=day)
    user = officer(house)
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    return place


def test_a_patrol_evening(house, sits, served):
    day = today(timezone.now())
    stranger = sits()
    stranger.page.request.get(f"{stranger.url}/accounts/login/", timeout=120_000)  # a server's first page takes long on a busy machine
    desk = sits("minzheng")
    desk.go("/schools/patrol-plans/new/")
    desk.fill(area=house.county.pk, unit=str(house.civil.pk), name="考试晚间巡查", route="校门口—江边广场", from_on=f"{day}", until_on=f"{day + timedelta(days=2)}", starts="19:30", ends="21:00", people="2",
              notice=str(served.notice_id), other=str(police(house).pk), other_people="2")  # fmt: skip
    keep(desk, "patrol-plan-new-1440")
    desk.press("安排巡查")
    tonight, other = Patrol.objects.order_by("day")[:2]
    assert Patrol.objects.count() == 3 and tonight.forces.count() == 2
    Patrol.objects.filter(pk=tonight.pk).update(from_at=time(0), to_at=time(0, 30))  # whenever this runs, it has set out
    desk.go(f"/schools/patrol-plans/{tonight.plan_id}/")
    keep(desk, "patrol-plan-1440")

    phone = Phone(sits("gongan", width=375))
    phone.page.set_default_timeout(60_000)
    taken = [one["path"] for one in phone.page.request.get(f"{phone.at.url}/device/satchel").json()["pages"]]
    walk, step = f"/schools/patrols/{tonight.pk}/walk/", f"/schools/patrols/{tonight.pk}/step/"
    assert {"/schools/patrols/mine/", walk, step} <= set(taken), "the evening is taken along"
    phone.ready(pages=len(taken))
    phone.at.go("/schools/patrols/mine/")
    keep(phone.at, "my-patrols-375")
    phone.at.go(f"/schools/patrols/{tonight.pk}/")
    phone.sees(ktv(house).name)
    keep(phone.at, "patrol-375")

    phone.cut()
    phone.at.go("/schools/patrols/mine/")
    phone.sees("没有信号。这是留在本机的一页").sees("校门口—江边广场")
    keep(phone.at, "my-patrols-no-line-375")
    phone.at.go(step)
    phone.at.fill(receipt=str(served.pk), step="advise", words="晚上还在放音响,当场关掉", licensed="2", reply="说以为只管白天")
    keep(phone.at, "patrol-step-no-line-375")
    send(phone, "登记没遵守通告、倡议的")
    phone.at.go(walk)
    phone.at.fill(people="4", places="5")
    send(phone, "登记已巡查")
    assert not PatrolFinding.objects.exists() and Patrol.objects.get(pk=tonight.pk).state == PatrolState.PLANNED, "nothing left the telephone yet"
    assert "音响" not in str(phone.lies()["outbox"])
    phone.at.go("/outbox")
    phone.cut(False)
    phone.until(lambda: Patrol.objects.get(pk=tonight.pk).state == PatrolState.WALKED)
    assert [(one.step.receipt_id, one.step.step, one.step.reply) for one in PatrolFinding.objects.all()] == [(served.pk, "advise", "说以为只管白天")]

    desk.go(walk)
    assert desk.sees("这次巡查已经登记过了"), "who walked along is one patrol: the second to say so is told"
    desk.go(f"/schools/notices/{served.notice_id}/")
    assert desk.sees("晚上还在放音响")

    Patrol.objects.filter(pk=other.pk).update(day=day - timedelta(days=1), route="昨晚")
    desk.go("/")
    assert desk.sees("有 1 次巡查过了日子,没有登记巡查,也没有写明原因")
    keep(desk, "patrol-alarm-1440")
    desk.go(f"/schools/patrols/{other.pk}/miss/").fill(reason="大雨,江边步道封闭").press("没巡查,写明原因")
    desk.go("/")
    assert not desk.sees("次巡查过了日子")
    desk.go("/schools/patrols/")
    keep(desk, "patrols-1440")


def test_a_night_on_the_road_is_counted(house, sits):
    """The police tell a night by counts, put one right, and what they would write of a driver is refused."""
    day = today(timezone.now())
    at = sits("huxue")
    at.go("/schools/roads/new/")
    facts = {"area": house.datong.pk, "unit": str(house.office.pk), "sort": "night_check", "day": f"{day}", "starts": "22:00", "ends": "01:00", "traffic": "4"}
    at.fill(place="拦下云C12345的路口", **facts)
    at.press("登记道路行动")
    assert at.sees("不写车牌") and not RoadOperation.objects.exists()
    at.fill(place="大同街口").press("登记道路行动")
    one = RoadOperation.objects.get()
    at.go(f"/schools/roads/{one.pk}/report/").fill(stopped="40", drink="1", overload="2", educated="2", punished="1")
    keep(at, "road-report-1440")
    at.press("填数")
    at.go(f"/schools/roads/{one.pk}/correct/").fill(reason="漏记一起酒驾", drink="2", punished="2").press("更正")
    at.go(f"/schools/roads/{one.pk}/")
    keep(at, "road-operation-1440")
    assert at.sees("漏记一起酒驾") and [report.number for report in one.reports.all()] == [1, 2]
    phone = sits("huxue", width=375)
    phone.go("/schools/roads/")
    keep(phone, "roads-375")
    assert phone.sees("不记车牌")
