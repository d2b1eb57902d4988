"""The two who have least time and least help: a leader with thirty seconds, and a villager with a slip and a borrowed phone."""

import re
from datetime import timedelta

import pytest
import segno
from django.utils import timezone

from wanjia.casework.assignment.commands import accept_need, assign_need
from wanjia.casework.handling.commands import report_done
from wanjia.casework.screening.commands import admit_need
from wanjia.casework.states import NeedState as S
from wanjia.casework.tests.factories import MONDAY
from wanjia.casework.tests.walk import DONE, bring
from wanjia.casework.triage.commands import triage_need
from wanjia.kernel.calendar import today

pytestmark = [pytest.mark.journey, pytest.mark.slow]
MOST_TAPS = 2


class Thumb:
    """A person's phone, and a thumb that counts its taps."""

    def __init__(self, person):
        self.person, self.page, self.taps = person, person.page, 0

    def tap(self, what):
        """Tap what can be seen."""
        self.taps += 1
        self.page.locator(what).locator("visible=true").first.click()
        self.page.wait_for_load_state()

    def read(self, what):
        """Return the words that stand there, and only what can be seen without unfolding anything."""
        return self.page.locator(what).locator("visible=true").first.inner_text()


@pytest.mark.parametrize("width", [375, 1440])
def test_a_leaders_thirty_seconds(house, sits, width):
    for state in (S.IN_PROGRESS, S.DECLINED, S.DONE_REPORTED, S.VERIFIED, S.VERIFIED, S.REOPENED):
        bring(house, state, household=house.register.home)
    house.need(summary="进村的桥断了", at=MONDAY - timedelta(days=20))
    leader = Thumb(sits("xian-lingdao", width=width))
    if not leader.page.locator("main a[href^='/dashboard/']").locator("visible=true").count() and width == 375:
        leader.tap(".bottombar summary, .bottombar a[href^='/dashboard/']")
    leader.tap("a[href^='/dashboard/']")
    assert leader.taps <= MOST_TAPS, f"{leader.taps} taps from the desk"

    said = leader.read(".promise .said")
    promised = int(re.search(r"答应办的 (\d+) 件", said)[1])
    words = {row.split("\n")[0]: row for row in leader.page.locator(".promise .two > div").all_inner_texts()}
    unit, home = (int(re.search(r"\n(\d+)", words[says])[1]) for says in ("承办单位说解决了", "诉求人自己说解决了"))
    assert (promised, unit, home) == (5, 3, 2), f"promised, the unit's word, the household's: {said} {words}"
    first = leader.read(".unsolved tbody tr")
    assert "进村的桥断了" in first, "what is late longest does not stand first"
    assert house.township.name in first, "who holds it is not said"

    leader.tap(".promise .two > div:has(dt:text-is('诉求人自己说解决了')) a.n")
    assert leader.page.locator("main tbody tr").count() == home, "behind the number stand as many rows"
    print(f"leader at {width} px: {leader.taps} taps, the last of them to the rows")


def test_a_villager_from_the_code_to_reopened(house, sits):
    now = timezone.now()
    need = house.need(at=now, household=house.register.home)
    worker = sits("datong", width=375)
    worker.go(f"/needs/{need.pk}/slip/").press("打印小条")
    address = worker.page.locator(".slip-paper p").last.inner_text()
    assert worker.page.locator(".slip-paper img").get_attribute("src") == segno.make(address, error="m").svg_data_uri(scale=5, border=2), "the code is another"

    villager = sits(width=375)
    villager.page.goto(address)  # as the camera opens it
    assert villager.sees("前给您答复"), "the promise is not there"
    assert not villager.page.locator("button:has-text('没有解决')").count(), "nothing is said to be done yet"
    _work_on(house, need, now)

    villager.page.reload()
    assert villager.sees(f"{house.civil.name}说已经办好了。您说呢?")
    assert villager.page.locator("button:has-text('没有解决')").bounding_box()["height"] >= 44, "too small for a thumb"
    villager.fill(words="瓦换了一半").page.locator("button:has-text('没有解决')").click()
    villager.page.get_by_text("已退回承办单位重新办理").wait_for()
    assert villager.sees(f"现在由{house.civil.name}办理")
    assert not villager.sees("王大叔"), "the page bears a name"
    need.refresh_from_db()
    assert (need.state, need.confirmed, need.holder) == (S.REOPENED, "unsolved", house.civil)

    handler = sits("minzheng", width=375)
    assert handler.sees(need.summary), "who has to do it again does not see it on the desk"


def _work_on(house, need, now):
    """The unit takes it up, works and says that it is done, all today."""
    key = {"need_id": need.pk, "at": now}
    admit_need(**key, by=house.clerk)
    triage_need(**key, urgency="ordinary", difficulty="medium", by=house.clerk)
    assign_need(**key, holder=house.civil, by=house.clerk)
    accept_need(**key, by=house.handler)
    report_done(**key, **DONE | {"answered_on": today(now)}, by=house.handler)
