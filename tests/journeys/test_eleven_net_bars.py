"""An inspection of eleven net bars by seven units: planned with three teams, looked at with a telephone that loses its line, one left out with a reason, nothing closes before; an exit that was locked is ordered, printed, rechecked; what is overdue climbs by the ledger."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone

from wanjia.casework.models import Need
from wanjia.kernel.calendar import today
from wanjia.orgs.models import Line, Tier, User
from wanjia.orgs.roles import Role
from wanjia.policy import inspecting as policy
from wanjia.registry.tests.factories import unit, worker
from wanjia.schools.inspecting import commands as inspecting
from wanjia.schools.inspection_states import HazardState, RoundState
from wanjia.schools.models import Hazard, Inspection, InspectionRound, RoundVenue, Venue
from wanjia.schools.tests.inspection_factories import said

from .conftest import PASSWORD
from .phone import Phone

pytestmark = [pytest.mark.journey, pytest.mark.slow]
LOOKS = os.environ.get("WANJIA_LOOKS", "")
BARS = ("飞鱼", "蓝月", "极点", "星河", "乐途", "云上", "新浪潮", "三江", "金沙岸", "小石桥", "北岸")


def keep(at, name):
    """Keep a picture where somebody wants to look."""
    if LOOKS:
        at.page.screenshot(path=f"{LOOKS}/{name}.png", full_page=True)


@pytest.fixture
def seven(house):
    """Seven units with somebody of the fire brigade at hand, eleven net bars."""
    day = today(timezone.now())
    others = [("公安局", Line.POLICE), ("消防救援大队", Line.EMERGENCY), ("应急管理局", Line.EMERGENCY), ("卫生健康局", Line.HEALTH)]
    units = [house.civil] + [unit(f"永善县{name}", Tier.COUNTY, house.county, line) for name, line in others]
    units += [unit(f"{name}街道办事处", Tier.TOWNSHIP, house.xisha) for name in ("永兴", "溪洛渡")]
    for name, words, of in (("xiaofang", "涂消防", units[2]), ("xiaofang2", "莘消防", units[2])):
        user = worker(name, words, of, Role.BUREAU_WORKER)
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
    for n, name in enumerate(BARS):
        Venue.objects.create(area=house.datong, kind="netbar", name=f"{name}网吧", address=f"大同街{n + 1}号", from_on=day - timedelta(days=90))
    return units


def sat(sits, name=None, width=1280):
    """Somebody at a browser; a server's first page takes long on a busy machine."""
    if name is None:
        stranger = sits()
        stranger.page.request.get(f"{stranger.url}/accounts/login/", timeout=120_000)
        return stranger
    at = sits(name, width)
    at.page.set_default_timeout(120_000)
    return at


def answer_all(phone, **wrong):
    """Tap an answer for each item, and that the place signed; the bar under the thumb lies over what is not scrolled to."""
    for name, answer in {**said("netbar", **wrong), "signed": "signed"}.items():
        phone.page.locator(f"[name='{name}'][value='{answer}']").evaluate("one => one.click()")


def anew(user):
    return User.objects.get(pk=user.pk)


def test_eleven_net_bars_and_seven_units(house, sits, seven):
    day = today(timezone.now())
    sat(sits)
    lead = sat(sits, house.handler.username)
    lead.go("/schools/rounds/new/")
    lead.fill(area=house.county.pk, name="中考前联合检查", kind="joint", calls="exam", lead=str(house.civil.pk), from_on=f"{day:%Y-%m-%d}", until_on=f"{day + timedelta(days=2):%Y-%m-%d}")
    lead.page.locator("[name=kinds][value=netbar]").check(force=True)
    lead.press("组织检查")
    one = InspectionRound.objects.get()
    page = f"/schools/rounds/{one.pk}/"
    for team in (seven[:3], seven[3:5] + seven[1:2], seven[5:] + seven[2:3]):
        lead.go(f"{page}teams/new/")
        for n, sent in enumerate(team, 1):
            lead.fill(**{f"unit{n}": str(sent.pk), f"people{n}": "2", f"licensed{n}": "1"})
        lead.press("编检查组")
    lead.go(page)
    keep(lead, "round-draft")
    lead.press("开始检查")
    lead.press("开始检查")
    one.refresh_from_db()
    assert one.state == RoundState.RUNNING and one.stops.count() == 11 and {team.stops.count() for team in one.teams.all()} <= {3, 4}
    assert len({sent.unit_id for team in one.teams.all() for sent in team.units.all()}) == 7

    # Two places without a line
    fire = Phone(sat(sits, "xiaofang", width=375))
    mine = list(RoundVenue.objects.filter(round=one, team__units__unit=seven[2]).select_related("venue").order_by("planned_on", "venue__name"))
    fire.ready(pages=len(mine) + 1)
    fire.cut()
    fire.at.go("/schools/stops/")
    fire.sees("没有信号。这是留在本机的一页").sees(mine[0].venue.name)
    keep(fire.at, "stops-no-line-375")
    for n, stop in enumerate(mine[:2]):
        fire.at.go(f"/schools/stops/{stop.pk}/record/")
        wrong = {"exits": "bad"} if n == 0 else {}
        answer_all(fire, **wrong)
        if n == 0:
            keep(fire.at, "record-no-line-375")
        fire.page.locator("main form button", has_text="记检查").evaluate("one => one.click()")
        fire.page.wait_for_url("**/outbox")
    assert not Inspection.objects.exists(), "nothing left the telephone yet"
    assert not [words for words in (mine[0].venue.name, "安全出口") if words in str(fire.lies()["outbox"])]
    fire.at.go("/outbox")
    fire.cut(False)
    fire.until(lambda: Inspection.objects.count() == 2)

    # Somebody else was quicker at the third: one visit serves all units
    third = mine[2]
    others = list(one.stops.exclude(pk__in=[stop.pk for stop in mine[:3]]).select_related("venue", "round"))
    fire.cut()
    fire.at.go(f"/schools/stops/{third.pk}/record/")
    answer_all(fire)
    fire.page.locator("main form button", has_text="记检查").evaluate("one => one.click()")
    fire.page.wait_for_url("**/outbox")
    facts = {"day": day, "people": 4, "licensed": 2, "signed": "signed"}
    inspecting.record_inspection(round_venue_id=third.pk, came=[seven[1]], **facts, **said("netbar"), by=anew(house.handler), at=timezone.now())
    fire.at.go("/outbox")
    fire.cut(False)
    fire.sees("没有办成,要您看").sees("这一处这一轮已经查过")

    # The rest, one of them left out
    lead.go(page)
    assert lead.sees("还剩 8 处") and lead.page.locator("a.btn:has-text('完成这一轮')").count() == 0
    for stop in others[:-1]:
        inspecting.record_inspection(round_venue_id=stop.pk, came=seven[:3], **facts, **said("netbar"), by=anew(house.handler), at=timezone.now())
    lead.go(f"/schools/stops/{others[-1].pk}/leave-out/").fill(reason="停业装修,门锁着").press("写明没查的原因")
    lead.go(page)
    keep(lead, "round-1440")
    lead.press("完成这一轮")
    lead.fill(words="十处查完,一处停业写明原因").press("完成这一轮")
    one.refresh_from_db()
    assert one.state == RoundState.CLOSED

    # The locked exit
    found = Hazard.objects.get()
    assert found.owner in (seven[2], seven[3]) and found.due_on == day + timedelta(days=policy.in_force(day).mend_days["major"])
    Hazard.objects.filter(pk=found.pk).update(owner=seven[2])
    brigade = sat(sits, "xiaofang")
    brigade.go(f"/schools/hazards/{found.pk}/settle/").fill(answers="店长", funds="自筹 500 元", fallback="营业时专人守门").press("落实整改五项")
    brigade.go(f"/schools/inspections/{found.inspection_id}/order/")
    keep(brigade, "order-ask")
    brigade.press("开责令限期改正通知书")
    found.refresh_from_db()
    assert found.state == HazardState.ORDERED
    paper = brigade.page.request.get(f"{house.url}/schools/inspections/{found.inspection_id}/orders/{found.order_id}/")
    assert paper.headers["content-type"] == "application/pdf"
    if LOOKS:
        with open(f"{LOOKS}/order.pdf", "wb") as file:
            file.write(paper.body())
    brigade.go(f"/schools/hazards/{found.pk}/mend/").fill(words="锁已拆除").press("登记整改情况")
    brigade.go(f"/schools/hazards/{found.pk}/")
    assert brigade.page.locator("main a.btn:has-text('复查')").count() == 0, "not by the same hand"
    other = sat(sits, "xiaofang2")
    other.go(f"/schools/hazards/{found.pk}/recheck/").fill(passed="no", words="又锁上了", due_on=f"{day + timedelta(days=3):%Y-%m-%d}").press("复查")
    found.refresh_from_db()
    assert (found.state, found.due_on) == (HazardState.ORDERED, day + timedelta(days=3))
    keep(other, "hazard")

    # Nobody mends it: it climbs by the ledger's own ladder
    inspecting.watch(timezone.now() + timedelta(days=4))
    found.refresh_from_db()
    assert Need.objects.get(number=found.need).recorded_org == seven[2]
