"""Care as it is lived, on a telephone and at a desk: an afternoon's class with a stranger at the gate, an elder who missed his meal, a helper's farewell,
a card on paper. Taps are counted: who stands at a gate has one hand free.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from wanjia.care.models import (
    Canteen,
    CareClass,
    Collector,
    Diner,
    Enrolment,
    Helper,
    LineContact,
    Meal,
    MissedCall,
    Pair,
    Presence,
    Serving,
    Session,
)
from wanjia.care.tests.factories import checked, helper
from wanjia.kernel.calendar import CHINA, today
from wanjia.kernel.models import Entry
from wanjia.orgs.models import Sponsorship

from .conftest import Person
from .hand import WIDTHS, Hand

pytestmark = [pytest.mark.journey, pytest.mark.slow]
CODE, STRANGE = "K7M2PQ", "ABC234"


@pytest.fixture
def afternoon(house):
    """A class that is on now, two children on its roll, an uncle who may fetch one of them, another who is listed and not confirmed."""
    now = timezone.now()
    day, clock = today(now), now.astimezone(CHINA)
    lead = helper(house, user=house.helper, from_on=day - timedelta(300))
    checked(lead, on=day - timedelta(100), at=now)
    starts, ends = (clock - timedelta(hours=3)).time() if clock.hour >= 3 else clock.replace(hour=0, minute=0).time(), (clock + timedelta(minutes=1)).time()
    one = CareClass.objects.create(
        name="大同小学四点半课堂", kind="afternoon", unit=house.office, area=house.datong, place="大同小学二楼", leader=lead, weekdays="1234567", starts=min(starts, ends),
        ends=max(starts, ends), seats=30, from_on=day - timedelta(60), until_on=day + timedelta(60),
    )  # fmt: skip
    brother = house.register.join("王小宝", "儿子", day.replace(year=day.year - 9, day=1), 31, schooling="primary")
    house.children = [house.register.child, brother]
    for child in house.children:
        Enrolment.objects.create(care_class=one, child=child, state="in_class", on=day, asked_by="王建国", recorded_at=now)
    facts = {"child": house.register.child, "relation": "叔叔", "phone": "13887000009", "from_on": day, "listed_at": now, "listed_by": house.clerk}
    Collector.objects.create(name="王建军", code=CODE, confirmed_at=now, confirmed_by=house.visitor, **facts)
    Collector.objects.create(name="张未核", code="NN77MM", **facts)
    session = Session.objects.create(care_class=one, day=day, opened_at=now, opened_by=house.helper)
    for child in house.children:
        Presence.objects.create(session=session, child=child)
    house.session = session
    return house


@WIDTHS
def test_an_afternoon_with_a_stranger_at_the_gate(afternoon, chromium, width):
    hand = Hand(chromium, afternoon, "bangfu", width)
    child, session = afternoon.register.child, afternoon.session
    roll = f"/care/sessions/{session.pk}/"
    mine = f"#p{Presence.objects.get(child=child).pk}"
    hand.go(roll).sees("过了点还没有到").keep("roll-late")
    hand.taps = 0
    hand.tap(f"{mine} button:has-text('到了')").keep("roll-there")
    assert hand.taps == 1, "a child is called by one tap"

    hand.taps = 0
    hand.tap(f"{mine} a:has-text('接走')").keep("gate")
    hand.page.fill("input[name=code]", STRANGE)
    hand.tap("main form button.btn-primary").sees("不要把孩子交给他").keep("stranger")
    assert Presence.objects.get(child=child).state == "present"
    assert Session.objects.get().wrong_codes == 1 and Entry.objects.filter(act="session.stranger").count() == 1, "a wrong code is counted and written down"
    hand.page.fill("input[name=code]", "NN77MM")
    hand.tap("main form button.btn-primary").sees("还没有向监护人核实")
    assert Presence.objects.get(child=child).state == "present"

    hand.taps = 0
    hand.page.fill("input[name=code]", CODE.lower())
    hand.tap("main form button.btn-primary").sees("已接走").keep("fetched")
    assert hand.taps == 1, "the listed adult goes with the child after one tap and his code"
    assert Presence.objects.get(child=child).fetched_by.name == "王建军"

    other = f"#p{Presence.objects.exclude(child=child).get().pk}"
    hand.tap(f"{other} button:has-text('没到')").sees("没到")
    Person(chromium, afternoon, "bangfu", width=width)
    hand.go("/care/classes/").keep("classes")
    hand.go("/")
    hand.sees("课堂有 2 处要马上处理").keep("desk-alarm")
    assert hand.at.faults == []


@WIDTHS
def test_a_child_whom_nobody_fetches_is_an_alarm(afternoon, chromium, width):
    """Negative control beside it: as long as the class lasts nobody is told anything."""
    now = timezone.now()
    Presence.objects.update(state="present", arrived_at=now, marked_at=now)
    hand = Hand(chromium, afternoon, "bangfu", width)
    roll = f"/care/sessions/{afternoon.session.pk}/"
    hand.go(roll)
    assert not hand.at.sees("还没有人接")
    first = now.astimezone(CHINA).replace(hour=0, minute=0)
    CareClass.objects.update(starts=first.time(), ends=first.replace(minute=1).time())
    hand.go(roll).sees("下课了还没有人接,给监护人打电话").keep("not-fetched")


@pytest.fixture
def noon(house):
    """A canteen whose meal began hours ago; two elders eat there today, one of whom did not come."""
    now = timezone.now()
    day = today(now)
    canteen = Canteen.objects.create(name="大同村爱心食堂", unit=house.office, area=house.datong, place="村委会旁", meal="lunch", served_at=now.astimezone(CHINA).replace(hour=0, minute=1).time(),
                                     price=850, share=200, from_on=day - timedelta(90))  # fmt: skip
    meal = Meal.objects.create(canteen=canteen, day=day, price=850, share=200, opened_at=now, opened_by=house.visitor)
    for n, name in enumerate(("王老五", "赵奶奶")):
        elder = house.register.register(name, day.replace(year=1950, day=1), 77 + n).memberships.get().person
        diner = Diner.objects.create(canteen=canteen, person=elder, weekdays="1234567", diet="low_salt", contact="王建国", phone="13887000009", from_on=day, recorded_at=now)
        Serving.objects.create(meal=meal, diner=diner)
    house.meal = meal
    return house


@WIDTHS
def test_a_missed_meal_is_called_the_same_day(noon, chromium, width):
    hand = Hand(chromium, noon, "datong", width)
    came, missed = Serving.objects.get(diner__person__name="赵奶奶"), Serving.objects.get(diner__person__name="王老五")
    hand.go(f"/care/meals/{noon.meal.pk}/").keep("table")
    hand.taps = 0
    hand.tap(f"#s{came.pk} button:has-text('吃了')").tap(f"#s{missed.pk} button:has-text('没来')").keep("table-missed")
    assert hand.taps == 2, "one tap an elder"
    hand.go("/").sees("食堂有 1 处要马上处理").keep("desk-missed")
    hand.go("/care/missed/").sees("王老五")
    hand.keep("missed")
    hand.taps = 0
    hand.tap("button:has-text('没人接')").sees("没人接")
    assert Serving.objects.get(pk=missed.pk).state == "meal_missed", "a call that nobody answered leaves the name"
    hand.tap("button:has-text('人好好的')").sees("没有要打的电话").keep("reached")
    assert hand.taps == 2, "one tap a call"
    assert list(MissedCall.objects.order_by("at").values_list("result", flat=True)) == ["no_answer", "well"]
    one = Serving.objects.get(pk=missed.pk)
    assert (one.state, one.called_the_day) == ("meal_reached", True)
    hand.go(f"/care/canteens/{noon.meal.canteen_id}/sheet/").keep("diners-sheet")
    assert hand.paper("diners-sheet") == 1


@pytest.fixture
def leaving(house):
    """A helper with two children who is about to go, and one of the same unit who may take them."""
    now = timezone.now()
    day = today(now)
    Sponsorship.objects.get_or_create(organisation=house.office, area=house.datong, from_on=day - timedelta(300))
    brother = house.register.join("王小宝", "儿子", day.replace(year=day.year - 9, day=1), 31, schooling="primary")
    house.children = [house.register.child, brother]
    house.goes, house.stays = (helper(house, name=name, from_on=day - timedelta(300)) for name in ("岳帮扶", "岑帮扶"))
    Helper.objects.filter(pk=house.goes.pk).update(user=house.helper)
    for one in (house.goes, house.stays):
        checked(one, on=day - timedelta(100), at=now)
    for child in house.children:
        Pair.objects.create(child=child, helper=house.goes, from_on=day - timedelta(200))
    return house


@WIDTHS
def test_a_helper_says_farewell_after_the_children_are_handed_over(leaving, chromium, width):
    hand = Hand(chromium, leaving, "guanai", width)
    goes = f"/care/helpers/{leaving.goes.pk}/"
    hand.go(goes).keep("helper-leaving")
    assert "还有 2 个结对的孩子没有交接" in hand.page.content(), "why she may not go yet, and what to do, stands on her page"
    assert not hand.page.locator("main a[href$='/leave/']").locator("visible=true").count()
    for n, pair in enumerate(Pair.objects.filter(to_on=None).order_by("pk")):
        hand.go(f"/care/pairs/{pair.pk}/hand-over/")
        hand.taps = 0
        hand.page.select_option("select[name=helper]", str(leaving.stays.pk))
        hand.at.fill(why="left")
        hand.keep(f"hand-over-{n}")
        hand.tap("main form button.btn-primary").sees("已交接")
    assert set(Pair.objects.filter(to_on=None).values_list("helper__name", flat=True)) == {"岑帮扶"}
    assert Pair.objects.filter(handed_to__isnull=False, end_reason="left").count() == 2
    hand.go(f"{goes}leave/")
    hand.at.fill(reason="调到县里工作")
    hand.keep("leave")
    hand.tap("main form button[type=submit], main form button.btn-danger, main form button.btn-primary").sees("已记下离任")
    assert Helper.objects.get(pk=leaving.goes.pk).to_on == today(timezone.now())
    hers = Hand(chromium, leaving, "bangfu", width).go("/care/mine/")
    hers.sees("您现在没有结对的孩子").keep("after-farewell")


@WIDTHS
def test_a_card_on_paper_comes_back_and_is_typed_in_one_pass(leaving, chromium, width):
    hand = Hand(chromium, leaving, "datong", width)
    child, brother = leaving.children
    hand.go("/care/cards/").keep("cards")
    assert child.name not in hand.page.content()
    hand.tap("a:has-text('印空白卡')").sees(child.name).keep("month-card")
    assert hand.paper("month-card") == 1
    hand.go(f"/care/month-card/enter/?helper={leaving.goes.pk}")
    hand.keep("month-enter")
    day = str(today(timezone.now()).day)
    for one, line, way in ((child, "parent", "phone"), (child, "teacher", "message"), (brother, "student", "school")):
        hand.page.fill(f"[name='{one.pk}-{line}-0-day']", day)
        hand.page.select_option(f"[name='{one.pk}-{line}-0-way']", way)
    hand.page.fill(f"[name='{brother.pk}-parent-1-day']", "45")
    hand.taps = 0
    hand.tap("button:has-text('整张存下')").sees("标红的改好再存").keep("month-enter-wrong")
    assert not LineContact.objects.exists(), "nothing of the card is written"
    hand.page.fill(f"[name='{brother.pk}-parent-1-day']", "")
    hand.tap("button:has-text('整张存下')").sees("已照卡记下 3 条").keep("visit-record")
    assert LineContact.objects.count() == 3
    assert hand.paper("visit-record") == 1
    assert Entry.objects.filter(act="child.named_in_care", by_name=leaving.visitor.name).count() >= 6
    hand.go("/care/pairs/roster/").keep("roster")
    assert hand.paper("roster") == 1
