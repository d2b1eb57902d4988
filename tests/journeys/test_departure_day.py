"""The morning of a departure on the cadre's telephone: the line goes between two stops, and nobody is counted twice or forgotten."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from wanjia.kernel.calendar import today
from wanjia.labour.campaigns.commands import open_campaign
from wanjia.labour.departures.commands import list_departure, plan_charters
from wanjia.labour.models import FollowUp, Seat, Spell, Trip
from wanjia.labour.riding.commands import leave_trip
from wanjia.labour.tests.trips import DRIVER, PAPERS
from wanjia.labour.trips.commands import release_trip, set_driver, set_papers
from wanjia.labour.workers.commands import enrol_worker
from wanjia.orgs.models import User
from wanjia.solving.runs import commands as runs
from wanjia.solving.runs import process
from wanjia.solving.standing.commands import activate_plan
from wanjia.verdict import Refused

from .phone import Phone

pytestmark = [pytest.mark.journey, pytest.mark.slow]


def who(user):
    return {"by": User.objects.get(pk=user.pk), "at": timezone.now()}


@pytest.fixture
def coach(house, monkeypatch):
    """Two people of two townships leave tomorrow; the village worker goes along."""
    monkeypatch.setattr(runs, "start_process", lambda *_words: None)
    day = today(timezone.now())
    drive = open_campaign(name="百日行动", area=house.county, from_on=day, until_on=day + timedelta(100), **who(house.labour))
    far = house.register.register("赵远行", date(1990, 4, 5), 61, village=house.register.xinmin, by=house.register.stranger)
    for person, by in ((house.register.head, house.visitor), (far.memberships.get().person, house.register.stranger)):
        enrol_worker(person_id=person.pk, **who(by))
        list_departure(
            worker_id=person.pk, campaign=drive, place="330200", employer_name="宁波某电子厂", earliest_on=day + timedelta(1), latest_on=day + timedelta(1), **who(by)
        )  # fmt: skip
    plan = process.run(plan_charters(campaign_id=drive.pk, seats=40, train_seats=0, few=0, **who(house.labour)))
    assert plan.state == "ready", plan.fault
    activate_plan(plan_id=plan.pk, **who(house.labour))
    trip = Trip.objects.get()
    set_papers(trip_id=trip.pk, **PAPERS, cadre=house.visitor, **who(house.labour))
    for turn in (1, 2):
        set_driver(trip_id=trip.pk, turn=turn, name=f"驾驶员{turn}", **DRIVER, **who(house.labour))
    release_trip(trip_id=trip.pk, **who(house.labour))
    return trip


def states():
    return dict(Seat.objects.values_list("departure__worker__person__name", "state"))


def test_the_line_goes_between_two_stops(coach, house, sits):
    phone = Phone(sits("datong", width=375))
    taken = phone.page.request.get(f"{house.url}/device/satchel").json()["pages"]
    assert reverse("labour:roll", args=[coach.pk]) in [one["path"] for one in taken], "the roll is what he takes along"
    phone.ready(pages=len(taken))
    roll = reverse("labour:roll", args=[coach.pk])
    phone.at.go(roll)
    phone.sees("已上车 0/2").sees("还有 2 人没有点到")
    phone.page.locator("article:has-text('王建国') button:has-text('已上车')").click()
    phone.sees("已上车 1/2")

    phone.cut()
    phone.at.go(roll)
    phone.sees("没有信号。这是留在本机的一页").sees("赵远行")
    phone.page.locator("article:has-text('赵远行') button:has-text('已上车')").click()
    phone.sees("记下了。没有信号,排在待发送里").sees("赵远行")
    assert phone.page.url.endswith(roll), "the next one is called at once"
    assert states()["赵远行"] == "booked"
    with pytest.raises(Refused, match="还有 1 人没有点到"):
        leave_trip(trip_id=coach.pk, **who(house.visitor))

    phone.at.go("/outbox")
    phone.sees("赵远行")
    phone.cut(False)
    phone.sees("已发出")
    phone.until(lambda: states() == {"王建国": "aboard", "赵远行": "aboard"})
    phone.at.go(roll)
    phone.page.locator("main a:has-text('发车')").first.click()
    phone.page.locator("main button:has-text('发车')").first.click()
    phone.sees("已发车")
    phone.at.go(reverse("labour:trip_hand_over", args=[coach.pk]))
    stop = coach.stops.get(drop=True)
    phone.at.fill(stop=str(stop.pk), signer="王经理", signed_n="2")
    phone.page.locator("main button:has-text('登记交接')").first.click()
    phone.sees("已交接")
    assert Spell.objects.filter(carried=True, evidence="manifest").count() == 2 and FollowUp.objects.count() == 6
    assert phone.at.faults == []
